package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.testkit.FakeFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verbs monitor, record and decode with a scripted kernel. */
@Timeout(60)
class MonitorTest {

  private static final int GET = 1;
  private static final int NAME = 2;

  @TempDir Path folder;
  private Scripted jgenl;
  private FakeFamily sensors;

  @BeforeEach
  void script() throws IOException {
    jgenl = new Scripted(folder);
    sensors = jgenl.family().group("changes").group("alarms");
  }

  /** Notifies until the command ends. */
  private int hear(String... words) throws Exception {
    CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> jgenl.run(words));
    while (!status.isDone()) {
      sensors.notify("changes", a -> a.message(GET, w -> w.putString(NAME, "attic\u001b[2J")));
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return status.get();
  }

  @Test
  void notificationsAreLinesOfJson() throws Exception {
    assertThat(hear("monitor", "sensors", "--count", "2")).isZero();

    String line =
        "{\"family\":\"sensors\",\"group\":\"changes\",\"name\":\"get\","
            + "\"msg\":{\"name\":\"attic\\u001B[2J\"}}";
    assertThat(jgenl.out().lines()).containsExactly(line, line);
    assertThat(jgenl.kernel().openSockets()).isZero();
  }

  @Test
  void timestampsAreAskedFor() throws Exception {
    assertThat(hear("monitor", "sensors:changes", "--count", "1", "--timestamp")).isZero();

    assertThat(jgenl.out()).startsWith("{\"time\":\"20");
  }

  @Test
  void aTerminalShowsALineEachAndObeysNone() throws Exception {
    jgenl.terminal(80);

    assertThat(hear("monitor", "sensors", "--count", "1")).isZero();

    assertThat(jgenl.out()).isEqualTo("sensors get (changes) {\"name\":\"attic\\u001B[2J\"}\n");
  }

  @Test
  void groupsThatAreNotNamedAreNotHeard() throws Exception {
    assertThat(hear("monitor", "sensors:alarms", "--duration", "0.2")).isZero();

    assertThat(jgenl.out()).isEmpty();
  }

  @Test
  void anUnknownGroupIsNotHeard() {
    assertThat(jgenl.run("monitor", "sensors:alarm")).isEqualTo(ExitStatus.USAGE);

    assertThat(jgenl.err()).contains("is it alarms");
    assertThat(jgenl.kernel().openSockets()).isZero();
  }

  @Test
  void anUnknownFamilyIsNamed() {
    assertThat(jgenl.run("monitor", "senors")).isEqualTo(ExitStatus.NO_FAMILY);

    assertThat(jgenl.err()).contains("is it sensors");
  }

  @Test
  void limitsAreNumbers() {
    for (String option : new String[] {"--count", "--duration", "--buffer"}) {
      assertThat(jgenl.run("monitor", "sensors", option, "0")).isEqualTo(ExitStatus.USAGE);
      assertThat(jgenl.run("monitor", "sensors", option, "x")).isEqualTo(ExitStatus.USAGE);
    }
  }

  @Test
  void whatIsLostIsSaid() throws Exception {
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> jgenl.run("monitor", "sensors", "--count", "5"));
    while (!status.isDone()) {
      sensors.notify("changes", a -> a.overrun().message(GET, w -> w.putString(NAME, "lost")));
      TimeUnit.MILLISECONDS.sleep(1);
      sensors.notify("changes", a -> a.message(GET, w -> w.putString(NAME, "heard")));
    }

    assertThat(status.get()).isZero();
    assertThat(jgenl.err()).contains("jgenl: gap: OVERRUN");
    assertThat(jgenl.out()).contains("heard");
  }

  @Test
  void whatIsRecordedIsDecoded() throws Exception {
    String file = folder.resolve("sensors.pcap").toString();

    assertThat(hear("record", file, "sensors", "--count", "1")).isZero();
    assertThat(jgenl.run("decode", file, "-o", "jsonl")).isZero();

    assertThat(jgenl.out())
        .contains("\"family\":\"nlctrl\"")
        .contains("\"family\":\"sensors\",\"name\":\"get\"")
        .contains("\"msg\":{\"name\":\"attic\\u001B[2J\"}");
  }

  @Test
  void aRecordingGoesToTheStandardOutputUnlessThatIsATerminal() throws Exception {
    assertThat(hear("record", "-", "sensors", "--count", "1")).isZero();
    assertThat(jgenl.out()).contains("attic");
    assertThat(Path.of("-")).doesNotExist();

    assertThat(jgenl.terminal(80).run("record", "-", "sensors")).isEqualTo(ExitStatus.USAGE);
    assertThat(jgenl.err()).contains("a terminal cannot be shown");
  }

  @Test
  void aFileThatCannotBeWrittenIsToldWhy() {
    assertThat(jgenl.run("record", folder.toString(), "sensors")).isEqualTo(ExitStatus.USAGE);
    assertThat(jgenl.err()).isEqualTo("jgenl: " + folder + ": it is a folder\n");
    String file = folder.resolve("a/b").toString();
    assertThat(jgenl.run("record", file, "sensors")).isEqualTo(ExitStatus.USAGE);
    assertThat(jgenl.err())
        .isEqualTo("jgenl: " + file + ": there is no folder " + folder.resolve("a") + "\n");
    assertThat(jgenl.run("record", "", "sensors")).isEqualTo(ExitStatus.USAGE);
    assertThat(jgenl.err()).contains("is empty");
  }

  @Test
  void whatAFileHeldIsKeptUntilSomethingIsHeard() throws Exception {
    Path file = Files.writeString(folder.resolve("old.pcap"), "old ".repeat(1000));

    assertThat(jgenl.run("record", file.toString(), "senors")).isEqualTo(ExitStatus.NO_FAMILY);
    assertThat(file).hasContent("old ".repeat(1000));

    assertThat(hear("record", file.toString(), "sensors", "--count", "1")).isZero();
    assertThat(jgenl.run("decode", file.toString())).isZero();
    assertThat(Files.size(file)).isLessThan(4000);
  }

  @Test
  void digitsAreDecodedFromTheStandardInput() {
    jgenl.input("14000000 " + "1000" + "0500" + "01000000" + "00000000" + "03020000");

    assertThat(jgenl.run("decode", "-o", "table")).isZero();

    assertThat(jgenl.out()).isEqualTo("-> nlctrl getfamily [request,ack] seq 1 port 0\n");
  }

  @Test
  void aRecordingThatIsCutIsShownAsFarAsItGoes() throws IOException {
    Path file = folder.resolve("cut");
    Files.writeString(file, "14000000 1000 0500 01000000 00000000 03020000\n\n0\n");

    assertThat(jgenl.run("decode", file.toString(), "-j")).isEqualTo(ExitStatus.REFUSED);

    assertThat(jgenl.out()).startsWith("[{").endsWith("}]\n");
    assertThat(jgenl.err()).contains("line 3");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(jgenl.run("decode", folder.resolve("none").toString())).isEqualTo(ExitStatus.USAGE);

    assertThat(jgenl.err()).contains("none").contains("no such file");
  }

  @Test
  void aCommandIsMissingBehindDashes() {
    assertThat(jgenl.run("record", folder.resolve("x").toString(), "--"))
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void whatEndsARecordingIsNotForACommand() {
    String file = folder.resolve("x").toString();

    assertThat(jgenl.run("record", file, "--count", "1", "--", "true")).isEqualTo(ExitStatus.USAGE);

    assertThat(jgenl.err()).contains("--count").contains("not for a command");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
