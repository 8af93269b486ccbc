package dev.jgenl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.transport.Errno;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests in lines, with a scripted kernel. */
class BatchVerbTest {

  private static final String LINES =
      """
      # sensors
      do sensors get id=1 tag+='a b'

      do sensors get id=13
      dump sensors get
      """;

  @TempDir Path folder;
  private Scripted jgenl;

  @BeforeEach
  void script() throws IOException {
    jgenl = new Scripted(folder);
    jgenl
        .family()
        .onDo(
            1,
            (request, answer) -> {
              long id = request.attributes().get(1).u32();
              if (id == 13) {
                answer.error(Errno.ENODEV);
              } else {
                answer.message(1, a -> a.putU32(1, id));
              }
            })
        .onDump(1, (request, answer) -> answer.message(1, a -> a.putU32(1, 2)));
  }

  @Test
  void eachLineHasAnOutcomeUpToTheOneThatFails() {
    assertThat(jgenl.input(LINES).run("--batch", "-", "-o", "jsonl")).isEqualTo(1);

    assertThat(jgenl.out().lines())
        .containsExactly(
            "{\"line\":2,\"status\":0,\"answers\":[{\"id\":1}]}",
            "{\"line\":4,\"status\":1,\"problem\":\"sensors get: ENODEV (No such device)\","
                + "\"answers\":[]}");
    assertThat(jgenl.err()).isEqualTo("jgenl: -:4: sensors get: ENODEV (No such device)\n");
  }

  @Test
  void byForceItGoesOnAndEndsWithTheFirstFailure() {
    assertThat(jgenl.input(LINES + "do sensors gett\n").run("batch", "-", "--force")).isEqualTo(1);

    assertThat(jgenl.out())
        .startsWith("[{\"line\":2,")
        .contains("{\"line\":5,\"status\":0,\"answers\":[{\"id\":2}]}", "{\"line\":6,\"status\":2,")
        .endsWith("}]\n");
    assertThat(jgenl.err()).contains("jgenl: -:4: ", "jgenl: -:6: ", "is it get");
  }

  @Test
  void peopleAreShownTheAnswers() throws IOException {
    Path file = Files.writeString(folder.resolve("lines"), LINES);

    assertThat(jgenl.terminal(80).run("--batch=" + file, "--force")).isEqualTo(1);

    assertThat(jgenl.out()).isEqualTo("id\n1\nid\n2\n");
    assertThat(jgenl.err()).startsWith("jgenl: " + file + ":4: ");
  }

  @Test
  void aDryRunSendsNothing() {
    assertThat(jgenl.input(LINES).run("--batch", "-", "--dry-run", "-o", "hex")).isZero();

    assertThat(jgenl.out().lines()).hasSize(3);

    assertThat(jgenl.input(LINES).run("--batch", "-", "--dry-run")).isZero();

    assertThat(jgenl.out())
        .startsWith("[{\"line\":2,\"status\":0,\"messages\":[{\"type\":")
        .endsWith("]}]\n");
  }

  @Test
  void optionsOfTheBatchAreNotOfALine() {
    for (String option : new String[] {"-n x", "--netns=x", "-ojson", "-v", "--help"}) {
      assertThat(jgenl.input("do sensors get " + option).run("batch", "-")).as(option).isEqualTo(2);
      assertThat(jgenl.err()).as(option).contains("an option of the batch, not of a line");
    }
  }

  @Test
  void aLineIsARequestAndNoMore() {
    for (String line :
        new String[] {
          "families",
          "do sensors get 'id=1",
          "do sensors get -n x",
          "do sensors get --dry-run",
          "do sensors get --input -",
          "do --raw sensors 1",
        }) {
      assertThat(jgenl.input(line).run("--batch", "-")).as(line).isEqualTo(2);
      assertThat(jgenl.err()).as(line).startsWith("jgenl: -:1: ");
    }
    assertThat(jgenl.input("do sensor get").run("--batch", "-")).isEqualTo(3);
  }

  @Test
  void linesOfPyynlAreLines() {
    assertThat(
            jgenl
                .input("--family sensors --do get --json '{\"id\": 4}'\n")
                .run("--batch", "-", "-o", "jsonl"))
        .isZero();
    assertThat(jgenl.out()).contains("\"id\":4");
  }

  @Test
  void aLineThatIsNoTextHasAnOutcomeAndTheOthersAreDone() throws IOException {
    String lines = "do sensors get id=1\r\ndo sensors get tag=\u00ff\ndo sensors get id=3\n";
    Path file = Files.write(folder.resolve("lines"), lines.getBytes(StandardCharsets.ISO_8859_1));
    String first = "{\"line\":1,\"status\":0,\"answers\":[{\"id\":1}]}";
    String second =
        "{\"line\":2,\"status\":2,\"problem\":\"the line is not UTF-8: byte 20 is 0xff\","
            + "\"answers\":[]}";

    assertThat(jgenl.run("batch", file.toString())).isEqualTo(2);
    assertThat(jgenl.out()).isEqualTo("[" + first + ",\n" + second + "]\n");
    assertThat(jgenl.err())
        .isEqualTo("jgenl: " + file + ":2: the line is not UTF-8: byte 20 is 0xff\n");
    assertThat(jgenl.run("batch", file.toString(), "--force", "-o", "jsonl")).isEqualTo(2);
    assertThat(jgenl.out().lines())
        .containsExactly(first, second, "{\"line\":3,\"status\":0,\"answers\":[{\"id\":3}]}");
  }

  @Test
  void aMarkOfTheOrderOfBytesIsPassedOverAtTheStartAlone() throws IOException {
    String mark = "\ufeff";
    Path json = Files.writeString(folder.resolve("json"), mark + "{\"id\": 4}");

    assertThat(jgenl.input(mark + "do sensors get id=1\n").run("batch", "-", "-o", "jsonl"))
        .isZero();
    assertThat(jgenl.out()).isEqualTo("{\"line\":1,\"status\":0,\"answers\":[{\"id\":1}]}\n");
    assertThat(jgenl.run("do", "sensors", "get", "--input", "@" + json)).isZero();
    assertThat(jgenl.out()).isEqualTo("{\"id\":4}\n");
    assertThat(jgenl.input(mark + "{id: 5}").run("do", "sensors", "get", "--input", "-")).isZero();
    assertThat(jgenl.out()).isEqualTo("{\"id\":5}\n");
    assertThat(jgenl.input("#\n" + mark + "do sensors get id=1\n").run("batch", "-")).isEqualTo(2);
    for (String few : new String[] {"", "#", "##"}) {
      assertThat(jgenl.input(few).run("batch", "-")).as("'%s'", few).isZero();
    }
  }

  @Test
  void whatIsToldOfALineIsALine() {
    assertThat(jgenl.input("do sensors get --nope\n").run("batch", "-", "-o", "jsonl"))
        .isEqualTo(2);

    assertThat(jgenl.out())
        .startsWith("{\"line\":1,\"status\":2,\"problem\":\"no such option: '--nope'")
        .contains("; --help says what it takes\",\"answers\":[]}")
        .doesNotContain("\\n");
    assertThat(jgenl.err().lines()).hasSize(1).first().asString().startsWith("jgenl: -:1: no such");
  }

  @Test
  void aLineThatIsTooLongHasAnOutcome() {
    String lines = "do sensors get " + " ".repeat(Input.BYTES_MAX) + "\ndo sensors get id=1\n";

    assertThat(jgenl.input(lines).run("batch", "-", "--force", "-o", "jsonl")).isEqualTo(2);
    assertThat(jgenl.out().lines()).hasSize(2).last().asString().contains("\"id\":1");
    assertThat(jgenl.err()).isEqualTo("jgenl: -:1: the line is longer than 16777216 bytes\n");
  }

  @Test
  void jsonHasItsEndWhereTheInputCannotBeReadAnyFurther() {
    InputStream first = new ByteArrayInputStream("do sensors get id=1\n".getBytes(UTF_8));
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThat(jgenl.input(new SequenceInputStream(first, broken)).run("batch", "-")).isEqualTo(1);
    assertThat(jgenl.out()).startsWith("[{\"line\":1,").endsWith("}]\n");
    assertThat(jgenl.err())
        .isEqualTo("jgenl: the standard input cannot be read: Input/output error\n");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(jgenl.run("--batch", folder.resolve("nothing").toString())).isEqualTo(2);
    assertThat(jgenl.err()).contains("nothing: no such file");
  }
}
