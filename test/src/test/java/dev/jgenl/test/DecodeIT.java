package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command line makes of what other programs say to the kernel. */
@Tag("command")
@Timeout(180)
class DecodeIT {

  @TempDir private Path folder;

  @BeforeEach
  void require() {
    Jgenl.launcher();
    Prerequisite.requireSpecs();
    Prerequisite.requireProgram("strace", "strace");
    Prerequisite.requireProgram("ip", "iproute2");
  }

  private String traced(String form, String... words) throws Exception {
    String file = folder.resolve("trace").toString();
    Command trial = Command.run("strace", "-o", file, "true");
    Prerequisite.require(trial.status() == 0, "nothing can be traced here: " + trial.output());
    Command.succeed(
        Command.join(
            List.of(
                "strace",
                "-f",
                form,
                "-ttt",
                "-yy",
                "-e",
                "trace=network",
                "-e",
                "read=all",
                "-e",
                "write=all",
                "-o",
                file),
            words));
    return file;
  }

  @Test
  void whatIpAsksIsShownByName() throws Exception {
    String file = traced("-xx", "ip", "link", "show", "lo");

    Jgenl decoded = Jgenl.run("decode", file, "-o", "jsonl");

    assertThat(decoded.err()).isEmpty();
    assertThat(decoded.status()).isZero();
    assertThat(decoded.out())
        .containsPattern(
            "\"direction\":\"sent\",\"protocol\":\"route\",\"family\":\"rt-link\","
                + "\"name\":\"getlink\",\"flags\":\\[\"request\"\\].*\"ifname\":\"lo\"")
        .containsPattern(
            "\"direction\":\"received\",\"protocol\":\"route\",\"family\":\"rt-link\","
                + "\"name\":\"getlink\".*\"ifname\":\"lo\"")
        .doesNotContain("malformed");
  }

  @Test
  void familiesOfGenericNetlinkAreShownByName() throws Exception {
    Prerequisite.requireProgram("genl", "iproute2");
    String file = traced("-x", "genl", "ctrl", "list");

    Jgenl decoded = Jgenl.run("decode", file, "-o", "table");

    assertThat(decoded.out())
        .contains("-> nlctrl getfamily [request,dump]")
        .contains("\"family-name\":\"nlctrl\"")
        .contains("<- nlctrl getfamily done [multi]");
  }

  @Test
  void aProgramIsRecordedWhileItRuns() throws Exception {
    String file = folder.resolve("ip.pcap").toString();

    Jgenl recorded = Jgenl.run("record", file, "--", "ip", "-o", "link", "show", "lo");
    Jgenl decoded = Jgenl.run("decode", file, "-o", "table");

    assertThat(recorded.status()).isZero();
    assertThat(recorded.out()).contains("LOOPBACK");
    assertThat(decoded.out()).contains("-> rt-link getlink", "<- rt-link getlink");
  }

  @Test
  void aProgramThatIsRecordedEndsWithItsStatus() throws Exception {
    String file = folder.resolve("ip.pcap").toString();

    Jgenl recorded = Jgenl.run("record", file, "--", "sh", "-c", "ip link show lo; exit 7");
    Jgenl asDigits = Jgenl.run("decode", file, "--protocol", "16");

    assertThat(recorded.status()).isEqualTo(7);
    assertThat(Jgenl.run("decode", file, "--protocol", "0").out()).contains("getlink");
    assertThat(asDigits.status()).isEqualTo(2);
    assertThat(asDigits.err())
        .isEqualTo("jgenl: --protocol is for digits: this recording itself says protocol 0\n");
  }

  @Test
  void aFileKeepsWhatItHoldsIfTheProgramDoesNotRun() throws Exception {
    Path old = Files.writeString(folder.resolve("old.pcap"), "an older recording");
    Path made = folder.resolve("new.pcap");
    Path script = Files.writeString(folder.resolve("script"), "#!/nowhere/shell\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    for (String program : new String[] {"no-such-program", "/etc/passwd", script.toString()}) {
      Jgenl recorded = Jgenl.run("record", old.toString(), "--", program);

      assertThat(recorded.status()).as(program).isEqualTo(1);
      assertThat(recorded.err()).endsWith("jgenl: nothing is recorded: the command did not run\n");
      assertThat(old).hasContent("an older recording");
    }
    Jgenl.run("record", made.toString(), "--", "no-such-program");
    assertThat(made).doesNotExist();

    assertThat(Jgenl.run("record", old.toString(), "--", "true").status()).isZero();
    assertThat(Jgenl.run("decode", old.toString(), "-j").out()).isEqualTo("[]\n");
  }
}
