package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.transport.Errno;
import dev.jgenl.wire.NetlinkConstants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a person uses it, with a scripted kernel. */
class JgenlTest {

  @TempDir Path folder;
  private Scripted jgenl;

  @BeforeEach
  void script() throws IOException {
    jgenl = new Scripted(folder);
  }

  private void echoesId() {
    jgenl
        .family()
        .onDo(
            1,
            (request, answer) ->
                answer.message(
                    1,
                    a ->
                        a.putU32(1, request.attributes().get(1).u32())
                            .putString(2, "a\u001b[31m\u202eb")
                            .putU8(3, 1)
                            .putU64(6, -1L)));
  }

  private void lists(int count) {
    jgenl
        .family()
        .onDump(
            1,
            (request, answer) -> {
              for (int i = 1; i <= count; i++) {
                int id = i;
                answer.message(1, a -> a.putU32(1, id).putString(2, "s" + id).putU8(3, id % 3));
              }
            });
  }

  @Test
  void anAnswerIsOneObjectOfJson() {
    echoesId();

    assertThat(jgenl.run("do", "sensors", "get", "id=7")).isZero();
    assertThat(jgenl.out())
        .isEqualTo(
            "{\"id\":7,\"name\":\"a\\u001B[31m\\u202Eb\",\"state\":\"warm\","
                + "\"count\":18446744073709551615}\n");
    assertThat(jgenl.err()).isEmpty();
  }

  @Test
  void aTerminalIsShownATreeInWhichItObeysNothing() {
    echoesId();

    assertThat(jgenl.terminal(80).run("do", "sensors", "get", "id=7")).isZero();
    assertThat(jgenl.out())
        .isEqualTo(
            """
            id: 7
            name: a\\u001b[31m\\u202eb
            state: warm
            count: 18446744073709551615
            """);
  }

  @Test
  void largeNumbersBecomeStringsWhereAskedFor() {
    echoesId();

    jgenl.run("do", "sensors", "get", "id=7", "--json-strings");
    assertThat(jgenl.out()).contains("\"id\":7").contains("\"count\":\"18446744073709551615\"");
  }

  @Test
  void attributesComeFromTextFileAndStandardInput() throws IOException {
    echoesId();
    Path file = Files.writeString(folder.resolve("input.json"), "{\"id\": 9}");

    jgenl.run("do", "sensors", "get", "--input", "{id: 8}");
    assertThat(jgenl.out()).contains("\"id\":8");
    jgenl.run("do", "sensors", "get", "--input", "@" + file);
    assertThat(jgenl.out()).contains("\"id\":9");
    jgenl.input("{\"id\": 10}").run("do", "sensors", "get", "--input", "-");
    assertThat(jgenl.out()).contains("\"id\":10");
    jgenl.run("do", "sensors", "get", "--input", "{id: 8}", "id=11");
    assertThat(jgenl.out()).contains("\"id\":11");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    jgenl.family();

    assertThat(jgenl.run("do", "sensors", "get", "--input", "@/nowhere")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: /nowhere: no such file\n");
    assertThat(jgenl.run("do", "sensors", "get", "--input", "@/nowhere/a/b")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: /nowhere/a/b: there is no folder /nowhere\n");
    assertThat(jgenl.run("do", "sensors", "get", "--input", "@/etc/passwd/a")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: /etc/passwd/a: /etc/passwd is no folder\n");
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirPlace() throws IOException {
    echoesId();
    byte[] bytes = "{id: 8, name: \u00ff}".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("input.json"), bytes);

    assertThat(jgenl.run("do", "sensors", "get", "--input", "@" + file)).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: " + file + " is not UTF-8: byte 15 is 0xff\n");
    jgenl.input(new ByteArrayInputStream(bytes));
    assertThat(jgenl.run("do", "sensors", "get", "--input", "-")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: the standard input is not UTF-8: byte 15 is 0xff\n");
    assertThat(jgenl.out()).isEmpty();
  }

  @Test
  void jsonHasItsEndWhereADumpFailsInItsMidst() {
    jgenl
        .family()
        .onDump(1, (request, answer) -> answer.message(1, a -> a.putU32(1, 1)).error(Errno.EIO));

    assertThat(jgenl.run("dump", "sensors", "get")).isEqualTo(1);
    assertThat(jgenl.out()).isEqualTo("[{\"id\":1}]\n");
    assertThat(jgenl.err()).contains("EIO");
    assertThat(jgenl.terminal(80).run("dump", "sensors", "get")).isEqualTo(1);
    assertThat(jgenl.out()).isEqualTo("id\n1\n");
  }

  @Test
  void aDumpThatIsRefusedIsNotAnEmptyOne() {
    jgenl.family().onDump(1, (request, answer) -> answer.error(Errno.EPERM));

    assertThat(jgenl.run("dump", "sensors", "get")).isEqualTo(1);
    assertThat(jgenl.out()).isEmpty();
  }

  @Test
  void aDumpIsAnArrayOrLines() {
    lists(2);

    jgenl.run("dump", "sensors", "get");
    assertThat(jgenl.out())
        .isEqualTo(
            """
            [{"id":1,"name":"s1","state":"warm"},
            {"id":2,"name":"s2","state":"hot"}]
            """);
    jgenl.run("dump", "sensors", "get", "-o", "jsonl");
    assertThat(jgenl.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{"));
  }

  @Test
  void aTableTakesNoMoreThanTheTerminal() {
    lists(1);

    jgenl.terminal(80).run("dump", "sensors", "get");
    assertThat(jgenl.out()).isEqualTo("id  name  state\n1   s1    warm\n");
    jgenl.terminal(10).run("dump", "sensors", "get");
    assertThat(jgenl.out()).isEqualTo("id: 1\nname: s1\nstate: warm\n");
  }

  @Test
  void whereNoTerminalIsATableIsNotPaddedWithoutEnd() {
    jgenl
        .family()
        .onDump(
            1,
            (request, answer) -> {
              answer.message(1, a -> a.putBytes(1, new byte[200]).putU8(2, 1));
              answer.message(1, a -> a.putBytes(1, new byte[1]).putU8(2, 2));
            });

    jgenl.run("dump", "--raw", "sensors", "1", "-o", "table");
    assertThat(jgenl.out()).endsWith("00\n2: 01\n\n1: 00\n2: 02\n");
  }

  @Test
  void nothingIsAnEmptyArray() {
    lists(0);

    assertThat(jgenl.run("dump", "sensors", "get")).isZero();
    assertThat(jgenl.out()).isEqualTo("[]\n");
  }

  @Test
  void aDumpThatWasInterruptedShowsWhatCameAndEndsWith4() {
    jgenl
        .family()
        .onDump(
            1,
            (request, answer) ->
                answer
                    .flags(NetlinkConstants.NLM_F_MULTI | NetlinkConstants.NLM_F_DUMP_INTR)
                    .message(1, a -> a.putU32(1, 1)));

    assertThat(jgenl.run("dump", "sensors", "get")).isEqualTo(4);
    assertThat(jgenl.out()).isEqualTo("[{\"id\":1}]\n");
    assertThat(jgenl.err()).contains("has changed meanwhile");
  }

  @Test
  void aRefusalNamesTheAttributeAndEndsWith1() {
    jgenl
        .family()
        .onDo(1, (request, answer) -> answer.error(22, ack -> ack.putString(1, "no such room")));

    assertThat(jgenl.run("do", "sensors", "get", "place.room=attic")).isEqualTo(1);
    assertThat(jgenl.err())
        .isEqualTo("jgenl: sensors get: EINVAL (Invalid argument): no such room\n");
    assertThat(jgenl.out()).isEmpty();
  }

  @Test
  void whoLacksAPrivilegeIsToldWhichAndTheRemedy() {
    jgenl.family().onDo(2, (request, answer) -> answer.error(Errno.EPERM));

    assertThat(jgenl.run("do", "sensors", "set", "id=1")).isEqualTo(1);
    assertThat(jgenl.err()).contains("EPERM").contains("CAP_NET_ADMIN").contains("as root");
  }

  @Test
  void namesThatThereAreNotGetTheNearestOnes() {
    jgenl.family();

    assertThat(jgenl.run("do", "sensor", "get")).isEqualTo(3);
    assertThat(jgenl.err()).contains("no such family: 'sensor'; is it sensors");
    assertThat(jgenl.run("do", "sensors", "gett")).isEqualTo(2);
    assertThat(jgenl.err()).contains("no such operation: 'gett'; is it get");
    assertThat(jgenl.run("do", "sensors", "get", "place.rom=x")).isEqualTo(2);
    assertThat(jgenl.err())
        .contains("sensors get: place.rom: no such attribute: 'rom'; is it room");
    assertThat(jgenl.run("do", "sensors", "get", "state=worm")).isEqualTo(2);
    assertThat(jgenl.err()).contains("state: no such value: 'worm'; is it warm");
    assertThat(jgenl.run("dmp")).isEqualTo(2);
    assertThat(jgenl.err()).contains("no such verb: 'dmp'; is it dump");
  }

  @Test
  void aFamilyThatTheKernelLacksEndsWith3() {
    assertThat(jgenl.run("do", "sensors", "get")).isEqualTo(3);
    assertThat(jgenl.err()).contains("'sensors' is not registered");
  }

  @Test
  void aDryRunShowsTheMessageAndSendsNothing() {
    jgenl
        .family()
        .onDo(
            1,
            (request, answer) -> {
              throw new AssertionError("it was sent");
            });

    assertThat(jgenl.run("do", "sensors", "get", "id=7", "--dry-run", "-o", "hex")).isZero();
    assertThat(jgenl.out().strip()).hasSize(2 * 28).endsWith("0800010007000000");
    assertThat(jgenl.run("do", "sensors", "get", "id=7", "--dry-run")).isZero();
    assertThat(jgenl.out()).contains("\"flags\":[\"REQUEST\",\"ACK\"]");
    assertThat(jgenl.terminal(80).run("dump", "sensors", "get", "--dry-run")).isZero();
    assertThat(jgenl.out()).startsWith("sensors get: 20 bytes");
  }

  @Test
  void messagesAreShownOnTheStandardErrorAsWhatATerminalDoesNotObey() {
    echoesId();

    jgenl.run("do", "sensors", "get", "id=7", "-v");
    assertThat(jgenl.err())
        .contains("sent: 28 bytes")
        .contains("61 1b 5b")
        .doesNotContain("\u001b");
    assertThat(jgenl.out()).startsWith("{");
  }

  @Test
  void messagesAreDataInHexadecimalDigits() {
    lists(2);

    jgenl.run("dump", "sensors", "get", "-o", "hex");
    assertThat(jgenl.out().lines()).hasSize(2).allMatch(line -> line.matches("[0-9a-f]+"));
  }

  @Test
  void numbersDoWithoutASpec() {
    jgenl
        .family()
        .onDo(
            1,
            (request, answer) ->
                answer.message(
                    1,
                    a ->
                        a.putU32(1, request.attributes().get(1).u32())
                            .putString(2, request.attributes().get(4).nested().get(1).string())));

    assertThat(jgenl.run("do", "--raw", "sensors", "1", "1=u32:5", "4.1=str:attic")).isZero();
    assertThat(jgenl.out()).isEqualTo("{\"1\":\"05000000\",\"2\":\"617474696300\"}\n");
  }

  @Test
  void linesOfPyynlAreUnderstood() {
    echoesId();

    assertThat(
            jgenl.run(
                "--family", "sensors", "--do", "get", "--json", "{\"id\": 7}", "--output-json"))
        .isZero();
    assertThat(jgenl.out()).contains("\"id\":7");
    assertThat(
            jgenl.run(
                "--spec",
                "Documentation/netlink/specs/sensors.yaml",
                "--multi",
                "get",
                "{\"id\": 1}",
                "--multi",
                "get",
                "{\"id\": 2}",
                "--no-schema"))
        .isZero();
    assertThat(jgenl.out()).contains("\"id\":1").contains("\"id\":2");
  }

  @Test
  void aWrongCommandLineEndsWith2AndNeverWithAStackTrace() {
    assertThat(jgenl.run("do")).isEqualTo(2);
    assertThat(jgenl.run("do", "sensors")).isEqualTo(2);
    assertThat(jgenl.run("do", "sensors", "get", "-o", "yaml")).isEqualTo(2);
    assertThat(jgenl.run("do", "sensors", "get", "--timeout", "-1")).isEqualTo(2);
    assertThat(jgenl.run("do", "sensors", "get", "--no-such")).isEqualTo(2);
    assertThat(jgenl.run("do", "sensors", "get", "-n", "no-such-namespace")).isEqualTo(2);
    assertThat(jgenl.err())
        .isEqualTo(
            "jgenl: no network namespace 'no-such-namespace': /run/netns/no-such-namespace is not"
                + " there\n");
    assertThat(jgenl.run()).isEqualTo(2);
    assertThat(jgenl.err()).contains("a verb is missing").doesNotContain("\tat ");
    assertThat(jgenl.out()).isEmpty();
  }

  @Test
  void helpIsData() {
    assertThat(jgenl.run("--help")).isZero();
    assertThat(jgenl.out()).contains("families").doesNotContain("complete ");
    assertThat(jgenl.run("dump", "--help")).isZero();
    assertThat(jgenl.out()).contains("FAMILY OPERATION");
    assertThat(jgenl.err()).isEmpty();
  }

  @Test
  void whatIsDescribedNeedsNoKernel() {
    assertThat(jgenl.run("describe", "sensors", "get", "-o", "table")).isZero();
    assertThat(jgenl.out()).contains("place    nest place").contains("  room   string");
    assertThat(jgenl.run("describe", "sensors", "state")).isZero();
    assertThat(jgenl.out()).contains("{\"name\":\"warm\",\"value\":1");
    assertThat(jgenl.run("describe", "sensors", "stat")).isEqualTo(2);
    assertThat(jgenl.err()).contains("is it state");
  }

  @Test
  void onlyFlagsCanDoWithoutAValue() {
    jgenl.family();

    assertThat(jgenl.run("do", "sensors", "set", "name")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: sensors set: name needs a value: name=VALUE\n");
    assertThat(jgenl.run("do", "sensors", "get", "id")).isEqualTo(2);
    assertThat(jgenl.run("do", "sensors", "get", "place.room")).isEqualTo(2);
    assertThat(jgenl.err()).contains("place.room needs a value");
    assertThat(jgenl.run("do", "sensors", "get", "place")).isEqualTo(2);
    assertThat(jgenl.err()).contains("place.NAME=VALUE");
    assertThat(jgenl.run("do", "sensors", "get", "on", "--dry-run", "-o", "hex")).isZero();
    assertThat(jgenl.out().strip()).endsWith("04000700");
    assertThat(jgenl.run("do", "sensors", "get", "onn")).isEqualTo(2);
    assertThat(jgenl.err()).contains("is it on");
  }

  @Test
  void whatCannotRepeatIsGivenOnce() {
    jgenl.family();

    assertThat(jgenl.run("do", "sensors", "get", "id=1", "id=2")).isEqualTo(2);
    assertThat(jgenl.err()).contains("'id' is there twice");
    assertThat(jgenl.run("do", "sensors", "get", "tag+=a", "tag+=b", "--dry-run")).isZero();
  }

  @Test
  void exclusiveOptionsOfPyynlAreRefusedTogether() {
    jgenl.family();

    for (String[] words :
        new String[][] {
          {"--family", "sensors", "--do", "get", "--dump", "get"},
          {"--family", "sensors", "--list-ops", "--multi", "get", "{}"},
          {"--family", "sensors", "--spec", "x.yaml", "--do", "get"},
          {"--list-families", "--family", "sensors"},
          {"--family", "sensors", "--do", "get", "--subscribe", "g"},
        }) {
      assertThat(jgenl.run(words)).as(String.join(" ", words)).isEqualTo(2);
      assertThat(jgenl.err()).containsAnyOf("cannot stand beside", "in another");
      assertThat(jgenl.out()).isEmpty();
    }
  }

  @Test
  void aSpecThatIsNotThereIsNotTheOneBuiltIn() {
    assertThat(jgenl.run("--spec", "nowhere/sensors.yaml", "--list-ops")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: nowhere/sensors.yaml: there is no folder nowhere\n");
    assertThat(jgenl.run("describe", "a/Documentation/netlink/specs/netdev.yaml")).isZero();
    assertThat(jgenl.err()).contains("there is no a/Documentation/netlink/specs/netdev.yaml");
  }

  @Test
  void helpIsNoWiderThanTheTerminal() {
    for (String[] words : new String[][] {{"--help"}, {"do", "--help"}, {"spec", "--help"}}) {
      for (int columns : new int[] {20, 40, 60, 80, 200}) {
        jgenl.terminal(columns).run(words);
        assertThat(jgenl.out().lines()).allMatch(line -> line.length() <= Math.min(columns, 80));
      }
    }
  }

  @Test
  void helpShowsEachActionOfAVerbInATable() {
    assertThat(jgenl.terminal(50).run("spec", "--help")).isZero();
    assertThat(jgenl.out())
        .contains(
            """
                validate   says what is wrong in specs, as
                           FILE:LINE:COLUMN: TEXT
                diff       compares two specs, or all of two
                           folders
            """);
  }

  @Test
  void helpEndsInATerminalOfOneColumn() {
    assertThat(jgenl.terminal(1).run("do", "--help")).isZero();
    assertThat(jgenl.out()).contains("OPERATION");
  }

  @Test
  void aLineBreakInANameMakesNoLine() {
    assertThat(jgenl.run("do", "x\njgenl: done", "y")).isEqualTo(3);
    assertThat(jgenl.err()).startsWith("jgenl: no such family: 'x\\njgenl: done'");
    assertThat(jgenl.err().lines()).hasSize(2);
  }

  @Test
  void messagesAreShownWhereThereAreAny() {
    assertThat(jgenl.run("describe", "sensors", "-o", "hex")).isEqualTo(2);
    assertThat(jgenl.err()).contains("-o hex");
    assertThat(jgenl.run("spec", "validate", "sensors", "-o", "hex")).isEqualTo(2);
  }

  @Test
  void aFileThatIsNoNamespaceIsNotEntered() {
    assertThat(jgenl.run("families", "-n", "/etc/passwd")).isEqualTo(2);
    assertThat(jgenl.err())
        .isEqualTo(
            "jgenl: no network namespace '/etc/passwd': /etc/passwd is a file of another kind\n");
    assertThat(jgenl.run("families", "-n", "/proc/self/ns/net")).isZero();
  }

  @Test
  void aFileThatCannotBeReadIsToldWhy() {
    jgenl.family();

    assertThat(jgenl.run("decode", folder.toString())).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: " + folder + ": it is a folder\n");
    assertThat(jgenl.out()).isEmpty();
    assertThat(jgenl.run("decode", "--protocol", "99")).isEqualTo(2);
    assertThat(jgenl.out()).isEmpty();
    assertThat(jgenl.run("--batch=")).isEqualTo(2);
    assertThat(jgenl.err()).contains("is empty");
    assertThat(jgenl.run("do", "sensors", "get", "--input", "@" + folder)).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: " + folder + ": it is a folder\n");
    assertThat(jgenl.run("describe", folder.resolve("sensors.yaml") + "/x.yaml")).isEqualTo(2);
    assertThat(jgenl.err()).endsWith("sensors.yaml is no folder\n");
  }

  @Test
  void aFolderOfSpecsIsAFolder() {
    assertThat(jgenl.run("describe", "sensors", "--spec-dir", "/nowhere")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: --spec-dir takes a folder, not '/nowhere'\n");
    assertThat(jgenl.run("describe", "sensors", "--spec-dir", "/etc/passwd")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: --spec-dir takes a folder, not '/etc/passwd'\n");
    assertThat(jgenl.run("describe", "sensors", "--spec-dir=")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: --spec-dir takes a folder, not ''\n");
  }

  @Test
  void whatStandsWithoutAVerbIsSaid() {
    assertThat(jgenl.run("--spec-di")).isEqualTo(2);
    assertThat(jgenl.err()).contains("no such option: '--spec-di'; is it --spec-dir?");
    assertThat(jgenl.run("-o")).isEqualTo(2);
    assertThat(jgenl.err()).contains("-o lacks its value");
    assertThat(jgenl.run("-j")).isEqualTo(2);
    assertThat(jgenl.err()).contains("a verb is missing");
    assertThat(jgenl.run("--do", "get")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: --do needs --family beside it\n");
    assertThat(jgenl.run("--subscribe", "changes")).isEqualTo(2);
    assertThat(jgenl.err()).isEqualTo("jgenl: --subscribe needs --family beside it\n");
  }

  @Test
  void thePolicyOfAFamilyThatThereIsNotIsOfTheNearest() {
    jgenl.family();

    assertThat(jgenl.run("policy", "senors")).isEqualTo(3);
    assertThat(jgenl.err()).contains("no such family: 'senors'; is it sensors?");
  }

  @Test
  void aNumberThatIsTooLargeIsToldItsBounds() {
    assertThat(jgenl.run("monitor", "--buffer", "4294967296")).isEqualTo(2);
    assertThat(jgenl.err())
        .isEqualTo("jgenl: --buffer takes a number from 1 to 2147483647, not '4294967296'\n");
    assertThat(jgenl.run("families", "--timeout", "0")).isEqualTo(2);
    assertThat(jgenl.err()).contains("--timeout takes seconds, more than 0 and at most 1000000000");
  }

  @Test
  void whatWouldBeSentWithoutItsAttributesIsRefused() {
    echoesId();

    assertRefused(
        "--raw takes attributes by their numbers", "--raw", "sensors", "1", "--input", "x");
    assertRefused("there is no JSON in --input", "sensors", "get", "--input", " ");
    jgenl.input("\n");
    assertRefused("there is no JSON in --input", "sensors", "get", "--input", "-");
    assertRefused(
        "--input is there twice", "sensors", "get", "--input", "{}", "--input", "{id: 1}");
    assertRefused("id: null is no value", "sensors", "get", "--input", "{\"id\": null}");
  }

  @Test
  void aRawValueThatIsTooLargeIsToldItsBounds() {
    echoesId();

    assertRefused("'u8:-1' is not within 0 to 255", "--raw", "sensors", "1", "1=u8:-1");
    assertRefused("'be16:65536' is not within 0 to 65535", "--raw", "sensors", "1", "1=be16:65536");
    assertRefused("'s8:128' is not within -128 to 127", "--raw", "sensors", "1", "1=s8:128");
    assertRefused("'flag:x': a flag has no value", "--raw", "sensors", "1", "1=flag:x");
    assertThat(jgenl.run("do", "--raw", "sensors", "1", "1=u32:0xffffffff", "2=s8:-128")).isZero();
  }

  @Test
  void aNumberOfARawRequestMayBeHexadecimal() {
    echoesId();

    assertThat(jgenl.run("do", "--raw", "sensors", "0x1", "0x1=u32:5")).isZero();
    assertThat(jgenl.out()).contains("\"1\":\"05000000\"");
    assertRefused("'0x1': it is there twice", "--raw", "sensors", "1", "1=u32:5", "0x1=u32:5");
    for (String wrong : new String[] {"0x", "0xg", "0x-1", "0x4000", "1f"}) {
      assertRefused(
          "'" + wrong + "': a number from 0 to 16383 is wanted, such as 31 or 0x1f",
          "--raw",
          "sensors",
          "1",
          wrong + "=u32:5");
    }
  }

  @Test
  void aRefusalGivesNoAdviceInJava() {
    jgenl
        .family()
        .onDo(1, (request, answer) -> answer.sequence(7).message(1, a -> a.putU32(1, 1)))
        .onDump(1, (request, answer) -> answer.sequence(0).message(1, a -> a.putU32(1, 1)));
    for (String[] line :
        new String[][] {
          {"do", "--raw", "sensors", "1", "--timeout", "0.2"},
          {"dump", "--raw", "sensors", "1", "--timeout", "0.2"},
          {"do", "--raw", "sensors", "1", "--replace", "--excl"},
          {"do", "sensors", "get", "--replace", "--excl"},
          {"do", "--raw", "16", "3"},
        }) {
      assertThat(jgenl.run(line)).as(String.join(" ", line)).isNotZero();
      assertThat(jgenl.err())
          .as(String.join(" ", line))
          .doesNotContain("()", "Genl ", "a Genl\n")
          .containsAnyOf(
              "no answer within 200 ms",
              "; -v shows it",
              "leave one out, or use jgenl dump",
              "give the name of a family");
    }
  }

  @Test
  void anOptionThatWouldDoNothingIsRefused() {
    echoesId();
    for (String line :
        new String[] {
          "dump --raw sensors 1 --merge",
          "do sensors get --input {} --json {}",
          "do sensors get -o table -j",
          "do sensors get -o jsonl -p",
          "do sensors get -o hex --output-json",
          "do sensors get -c --color never",
          "describe sensors -v",
          "describe sensors -o hex",
          "completion bash -j",
          "completion bash -v",
          "monitor sensors -v",
          "monitor sensors -t -o hex",
          "record out.pcap -o json",
          "record out.pcap -v -- true",
          "record out.pcap --count 1 -- true",
          "spec validate sensors --package com.example",
          "spec diff sensors sensors --headers /usr/include",
          "spec docs sensors --include linux/fou.h",
          "spec docs sensors -j",
          "spec check sensors --folder .",
          "spec generate sensors --package com.example --headers /usr/include",
        }) {
      assertThat(jgenl.run(line.split(" "))).as(line).isEqualTo(ExitStatus.USAGE);
      assertThat(jgenl.err())
          .as(line)
          .containsPattern(
              "jgenl: -\\S+( hex)? (goes by|is the same as|and -|is for|is not for|does not go) ?");
      assertThat(jgenl.out()).as(line).isEmpty();
    }
  }

  @Test
  void twoOptionsThatSayTheSameAreOne() {
    echoesId();

    jgenl.terminal(80);
    for (String options :
        new String[] {"-j -o json", "--output-json", "-o pretty -j -p", "-o jsonl -j"}) {
      assertThat(jgenl.run(("do sensors get id=1 " + options).split(" "))).as(options).isZero();
      assertThat(jgenl.out()).as(options).startsWith("{").contains("\"id\":");
    }
    assertThat(jgenl.run("describe", "sensors", "--output-json")).isZero();
    assertThat(jgenl.out()).startsWith("{\"name\":");
  }

  @Test
  void aTypeOfJsonThatDoesNotFitIsRefusedByItsPath() {
    echoesId();

    assertRefused(
        "sensors get: place.room: text is wanted, not true",
        "sensors",
        "get",
        "--input",
        "{\"place\": {\"room\": true}}");
    assertThat(jgenl.run("do", "sensors", "get", "id=1", "place={room: true}")).isZero();
    assertThat(jgenl.run("do", "sensors", "get", "--input", "{\"id\": 1, \"on\": true}")).isZero();
    assertThat(
            jgenl.run("do", "sensors", "get", "--input", "{\"id\": 1, \"place\": {\"room\": 5}}"))
        .as("a number is text by its digits, as in pyynl")
        .isZero();
    assertThat(jgenl.run("do", "sensors", "get", "--input", "{\"id\": true}")).isZero();
    assertThat(jgenl.out()).startsWith("{\"id\":1,");
  }

  @Test
  void anOperatorThatThereIsNotIsTold() {
    echoesId();

    assertRefused("'id-=1': there are = and +=, and no -=", "sensors", "get", "id-=1");
    assertRefused("'id:=1': there are = and +=, and no :=", "sensors", "get", "id:=1");
    assertRefused(
        "sensors get: id is no list, to which += adds: id=VALUE", "sensors", "get", "id+=1");
    assertRefused(
        "sensors get: place.room is no list, to which += adds: place.room=VALUE",
        "sensors",
        "get",
        "place.room+=attic");
    assertThat(jgenl.run("do", "sensors", "get", "id=1", "tag+=a", "tag+=b")).isZero();
  }

  private void assertRefused(String text, String... words) {
    String[] line = new String[words.length + 1];
    line[0] = "do";
    System.arraycopy(words, 0, line, 1, words.length);
    assertThat(jgenl.run(line)).isEqualTo(ExitStatus.USAGE);
    assertThat(jgenl.err()).contains(text);
    assertThat(jgenl.out()).isEmpty();
  }
}
