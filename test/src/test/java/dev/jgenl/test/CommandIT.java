package dev.jgenl.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a person uses it: the launcher as a process, from another folder. */
@Tag("command")
@Timeout(120)
class CommandIT {

  @BeforeAll
  static void require() {
    Jgenl.launcher();
    Prerequisite.requireSpecs();
  }

  private static Command inTerminal(int columns, String... words) throws Exception {
    return Terminal.run(columns, Command.join(List.of(Jgenl.launcher().toString()), words));
  }

  private static Command shell(String script) throws Exception {
    return Command.run("bash", "-c", "jgenl=" + "'" + Jgenl.launcher() + "'\n" + script);
  }

  @Test
  void whatADoPrintsIsWhatTheClientAnswers() throws Exception {
    String ours = Jgenl.run("do", "nlctrl", "getfamily", "family-name=nlctrl").out().strip();

    try (DynamicClient client =
        DynamicClient.open(NetlinkOptions.DEFAULTS, Prerequisite.requireSpecs())) {
      assertThat(ours)
          .isEqualTo(
              client
                  .family("nlctrl")
                  .request("getfamily", Value.parse("{family-name: nlctrl}"))
                  .toJson());
    }
  }

  @Test
  void jsonComesFromAFileAndFromStandardInput(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("in"), "{\"family-name\": \"nlctrl\"}");

    Jgenl fromFile = Jgenl.run("do", "nlctrl", "getfamily", "--input", "@" + file);
    Jgenl fromInput =
        Jgenl.runWith(
            "{family-name: nlctrl}",
            Jgenl.launcher().toString(),
            "do",
            "nlctrl",
            "getfamily",
            "--input",
            "-");

    assertThat(fromFile.out()).startsWith("{\"family-id\":16");
    assertThat(fromInput).isEqualTo(fromFile);
  }

  @Test
  void whoReadsNoFurtherEndsItQuietly() throws Exception {
    Command piped =
        shell(
            "\"$jgenl\" dump nlctrl getpolicy family-name=ethtool -o jsonl | head -n 1; "
                + "echo ${PIPESTATUS[0]}");

    List<String> lines = piped.output().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("{").endsWith("}");
    assertThat(lines.get(1)).isIn("0", "141");
  }

  @Test
  void manyRequestsComeFromAPipeAndEachHasItsOutcomeAtOnce() throws Exception {
    Command piped =
        shell(
            """
            coproc "$jgenl" --batch - -o jsonl
            pid=$COPROC_PID
            for name in nlctrl nothing; do
              echo "do nlctrl getfamily family-name=$name" >&${COPROC[1]}
              read -r -t 30 outcome <&${COPROC[0]} && echo "${outcome:0:21}"
            done
            wait "$pid"; echo "status $?"
            """);

    assertThat(piped.output().lines())
        .contains("{\"line\":1,\"status\":0,", "{\"line\":2,\"status\":1,", "status 1");
  }

  @Test
  @DisplayName("Ctrl-\\ and Ctrl-C in the midst of a batch leave whole JSON, and 130")
  void interruptedJsonIsWhole() throws Exception {
    Command piped =
        shell(
            """
            coproc exec env --default-signal=INT "$jgenl" --batch - -o json 2>/dev/null
            pid=$COPROC_PID
            exec {out}<&${COPROC[0]}
            echo "do nlctrl getfamily family-name=nlctrl" >&${COPROC[1]}
            read -r -N 2 -t 60 begin <&$out
            kill -QUIT "$pid"; sleep 1
            kill -INT "$pid"
            printf '%s%s\\n' "$begin" "$(cat <&$out)"
            wait "$pid"; echo "status $?"
            """);

    assertThat(piped.output())
        .startsWith("[{\"line\":1,\"status\":0,")
        .endsWith("}]}]\nstatus 130\n");
  }

  @Test
  void besideTheLauncherThereAreItsLibrariesAlone() throws Exception {
    Path folder = Jgenl.launcher().resolveSibling("lib");
    Set<String> jars = new TreeSet<>(Set.of("jgenl-cli.jar"));
    try (JarFile jar = new JarFile(folder.resolve("jgenl-cli.jar").toFile())) {
      String path = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      jars.addAll(List.of(path.split(" ")));
    }

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .filteredOn(name -> name.endsWith(".jar"))
          .isSubsetOf(jars);
    }
  }

  @Test
  void aRecordingGoesThroughAPipe() throws Exception {
    Command piped =
        shell(
            "\"$jgenl\" record - nlctrl --duration 0.5 | \"$jgenl\" decode -o jsonl |"
                + " grep -c nlctrl; ls -- - 2>/dev/null");

    assertThat(Integer.parseInt(piped.output().strip())).isPositive();
  }

  @Test
  void aProgramThatIsRecordedToAPipeWritesWhereErrorsGo() throws Exception {
    Prerequisite.requireProgram("strace", "strace");
    Command piped =
        shell(
            """
            log=$(mktemp)
            "$jgenl" record - -- sh -c 'echo first; echo second >&2; echo third' 2>"$log" |
              "$jgenl" decode -o jsonl - | wc -l
            cat "$log"; rm "$log"
            """);

    assertThat(piped.output()).endsWith("first\nsecond\nthird\n");
  }

  @Test
  void whatCannotBeWrittenIsSaid() throws Exception {
    Command full = shell("\"$jgenl\" families >/dev/full; echo $?");

    assertThat(full.output()).isEqualTo("jgenl: cannot write: No space left on device\n1\n");
  }

  @Test
  void aWordThatIsNotTextIsNotSent() throws Exception {
    String ask = " \"$jgenl\" do nlctrl getfamily $'family-name=\\303\\274' 2>&1; echo $?";

    assertThat(shell("LC_ALL=C" + ask).output())
        .contains("is not text in this locale")
        .endsWith("\n2\n");
    assertThat(shell("LC_ALL=C.UTF-8" + ask).output()).contains("ENOENT").endsWith("\n1\n");
  }

  @Test
  void aStandardOutputThatIsClosedIsSaid() throws Exception {
    String said = "jgenl: cannot write: Bad file descriptor\n1\n";

    assertThat(shell("\"$jgenl\" families >&-; echo $?").output()).isEqualTo(said);
    assertThat(shell("\"$jgenl\" record - nlctrl --duration 0.2 >&-; echo $?").output())
        .contains("Bad file descriptor")
        .endsWith("\n1\n");
    assertThat(shell("\"$jgenl\" families >&- 2>&-; echo $?").output()).isEqualTo("1\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 40})
  void noLineIsWiderThanTheTerminal(int columns) throws Exception {
    assertThat(inTerminal(columns, "spec", "--help").output().lines())
        .hasSizeGreaterThan(10)
        .allMatch(line -> line.length() <= columns);

    Command shown = inTerminal(columns, "describe", "ethtool", "features-set");

    assertThat(shown.status()).isZero();
    String text = shown.output().replaceAll("\\e\\[[0-9;]*m", "");
    assertThat(text).contains("name: features-set").isNotEqualTo(shown.output());
    assertThat(text.lines()).allMatch(line -> line.length() <= columns);
  }

  @Test
  void withoutColourThereIsNone() throws Exception {
    Command shown = inTerminal(80, "--color", "never", "describe", "netdev");

    assertThat(shown.output()).startsWith("name: netdev").doesNotContain("\u001b");
  }

  @Test
  void whereNoTerminalIsThereIsJson() throws Exception {
    assertThat(Jgenl.run("describe", "netdev").out()).startsWith("{\"name\":\"netdev\"");
  }

  @Test
  void eachFailureHasAStatusAndALineAndNoStackTrace() throws Exception {
    assertFails(3, "'wiregard'; is it wireguard?", "do", "wiregard", "get-device");
    assertFails(2, "is it getfamily", "do", "nlctrl", "getfamly");
    assertFails(2, "is it family-name", "do", "nlctrl", "getfamily", "familyname=x");
    assertFails(1, "ENOENT", "do", "nlctrl", "getfamily", "family-name=nothing");
    assertFails(2, "is it families", "familis");
    assertFails(2, "no network namespace", "-n", "nothing", "families");
    assertFails(2, "of another kind", "-n", "/etc/passwd", "families");
    assertFails(2, "of another kind", "-n", "/proc/self/ns/mnt", "families");
    assertFails(2, "/nowhere/x: there is no folder /nowhere", "record", "/nowhere/x", "nlctrl");
    assertFails(2, "/nowhere: no such file", "batch", "/nowhere");
    assertFails(2, "--dump cannot stand beside --do", "--family", "x", "--do", "a", "--dump", "b");
  }

  private static void assertFails(int status, String text, String... words) throws Exception {
    Jgenl jgenl = Jgenl.run(words);
    assertThat(jgenl.status()).as(jgenl.err()).isEqualTo(status);
    assertThat(jgenl.out()).isEmpty();
    assertThat(jgenl.err()).startsWith("jgenl: ").contains(text).doesNotContain("\tat ");
  }

  @Test
  @DisplayName("whoever lacks CAP_NET_ADMIN is told so, with the remedy")
  void withoutPrivilege() throws Exception {
    List<String> words = new ArrayList<>(Prerequisite.withoutNetAdmin());
    words.addAll(
        List.of(
            Jgenl.launcher().toString(),
            "do",
            "rt-link",
            "newlink",
            "ifname=x",
            "--create",
            "linkinfo.kind=dummy"));

    Jgenl jgenl = Jgenl.runWith("", words.toArray(new String[0]));

    assertThat(jgenl.status()).isEqualTo(1);
    assertThat(jgenl.err()).contains("EPERM", "CAP_NET_ADMIN", "sudo");
  }

  @Test
  void aNameWithAControlCharacterIsShownEscaped() throws Exception {
    try (NamedNamespace namespace = NamedNamespace.open()) {
      namespace.ip("link", "add", "a\u001b[31mb", "type", "veth");
      String file = namespace.file().toString();

      Jgenl json = Jgenl.run("-n", file, "dump", "ethtool", "linkstate-get");
      Jgenl table = Jgenl.run("-n", file, "dump", "ethtool", "linkstate-get", "-o", "table");

      assertThat(json.out()).contains("a\\u001B[31mb").doesNotContain("\u001b");
      assertThat(table.out()).contains("a\\u001b[31mb").doesNotContain("\u001b");
    }
  }

  @Test
  void anotherNetworkNamespaceIsEntered() throws Exception {
    try (NamedNamespace namespace = NamedNamespace.open()) {
      namespace.ip("link", "add", "inside", "type", "veth");

      assertThat(
              Jgenl.run(
                      "-n",
                      String.valueOf(namespace.file().getFileName()),
                      "do",
                      "rt-link",
                      "getlink",
                      "ifname=inside")
                  .out())
          .contains("\"ifname\":\"inside\"");
    }
  }

  @Test
  void controlCEndsItWith130() throws Exception {
    Process waiting =
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Jgenl.launcher().toString(),
                "do",
                "nlctrl",
                "getfamily",
                "--input",
                "-")
            .redirectErrorStream(true)
            .start();
    try {
      for (int i = 0; i < 100 && waiting.isAlive(); i++) {
        Thread.sleep(100);
        Command.run("kill", "-INT", Long.toString(waiting.pid()));
      }
      assertThat(waiting.waitFor()).isEqualTo(130);
      assertThat(new String(waiting.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    } finally {
      waiting.destroyForcibly();
    }
  }

  @Test
  void linesOfTheKernelsDocumentationArePasted() throws Exception {
    Jgenl pasted =
        Jgenl.run(
            "--spec",
            "Documentation/netlink/specs/nlctrl.yaml",
            "--do",
            "getfamily",
            "--json",
            "{\"family-name\": \"nlctrl\"}",
            "--output-json");

    assertThat(pasted.out())
        .isEqualTo(Jgenl.run("do", "nlctrl", "getfamily", "family-name=nlctrl").out());
    assertThat(pasted.err()).contains("specs/nlctrl.yaml: the spec built in is taken");
  }
}
