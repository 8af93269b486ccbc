package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command line hears in a network namespace, as a process. */
@Tag("command")
@Timeout(180)
class MonitorIT {

  /** More notifications than the buffer of a socket holds that asks for no larger one. */
  private static final int ROUTES = 3000;

  /** RTNLGRP_LINK and RTNLGRP_IPV4_ROUTE, as the kernel lists the groups of a socket. */
  private static final long LINKS = 1;

  private static final long ROUTES_OF_IPV4 = 1 << 6;

  private NamedNamespace namespace;

  @TempDir private Path folder;

  @BeforeEach
  void open() throws Exception {
    Jgenl.launcher();
    Prerequisite.requireSpecs();
    namespace = NamedNamespace.open();
  }

  @AfterEach
  void close() throws Exception {
    if (namespace != null) {
      namespace.close();
    }
  }

  /** Starts it, with Ctrl-C as it is in a terminal, and waits until it hears a group. */
  private RunningProgram start(long group, String... words) throws Exception {
    List<String> before =
        List.of(
            "env",
            "--default-signal=INT",
            Jgenl.launcher().toString(),
            "-n",
            namespace.file().toString());
    RunningProgram program = RunningProgram.start(Command.join(before, words));
    // The kernel lists each socket with its groups.
    awaitMember(group);
    return program;
  }

  private void awaitMember(long group) throws Exception {
    while (namespace
        .run("cat", "/proc/net/netlink")
        .lines()
        .noneMatch(socket -> isMember(socket, group))) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean isMember(String socket, long group) {
    String[] words = socket.strip().split(" +");
    return words[1].equals("0") && (Long.parseLong(words[3], 16) & group) != 0;
  }

  private static void signal(String name, RunningProgram program) throws Exception {
    Command.succeed("kill", "-" + name, Long.toString(program.pid()));
  }

  @Test
  void changesOfLinksAndAddressesAreLines() throws Exception {
    try (RunningProgram monitor = start(LINKS, "monitor", "rt-link", "rt-addr", "-o", "jsonl")) {
      namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
      assertThat(monitor.awaitLine("{\"family\":\"rt-link\",\"group\":\"rtnlgrp-link\""))
          .contains("\"ifname\":\"v");

      namespace.ip("addr", "add", "10.1.2.3/24", "dev", "v0");
      assertThat(monitor.awaitLine("{\"family\":\"rt-addr\""))
          .contains("\"group\":\"rtnlgrp-ipv4-ifaddr\"", "\"address\":\"10.1.2.3\"");
    }
  }

  @Test
  void allThatHasASpecIsHeard() throws Exception {
    try (RunningProgram monitor = start(LINKS, "monitor", "-t", "-o", "table")) {
      namespace.ip("link", "set", "lo", "up");

      String line = monitor.awaitLine("");
      while (!line.contains(" rt-link newlink")) {
        line = monitor.awaitLine("");
      }
      assertThat(line).contains("\"ifname\":\"lo\"");
    }
  }

  @Test
  @DisplayName("Ctrl-C ends it with 130, and what was heard has been printed")
  void interruptLosesNothing() throws Exception {
    Path file = folder.resolve("heard");
    String jgenl = "exec '" + Jgenl.launcher() + "' monitor rt-link -o jsonl -n '";
    try (RunningProgram monitor =
        RunningProgram.start(
            "env",
            "--default-signal=INT",
            "bash",
            "-c",
            jgenl + namespace.file() + "' >'" + file + "'")) {
      awaitMember(LINKS);
      namespace.ip("link", "set", "lo", "up");
      while (Files.size(file) == 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      signal("INT", monitor);

      assertThat(monitor.awaitEnd()).isEqualTo(130);
    }
    assertThat(Files.readString(file)).contains("\"ifname\":\"lo\"").endsWith("}\n");
  }

  @Test
  void aReaderThatIsTooSlowIsToldOfTheGap() throws Exception {
    Path batch = folder.resolve("routes");
    Files.writeString(
        batch,
        IntStream.range(0, ROUTES)
            .mapToObj(i -> "route add 10.7." + i / 250 + "." + i % 250 + " dev lo\n")
            .collect(Collectors.joining()));
    namespace.ip("link", "set", "lo", "up");
    try (RunningProgram monitor =
        start(ROUTES_OF_IPV4, "monitor", "rt-route", "--buffer", "4096", "-o", "table")) {
      signal("STOP", monitor);
      namespace.ip("-batch", batch.toString());
      signal("CONT", monitor);
      monitor.awaitLine("gap: OVERRUN");

      namespace.ip("route", "add", "10.8.0.0/16", "dev", "lo");
      String after = monitor.awaitLine("rt-route");
      while (!after.contains("10.8.0.0")) {
        after = monitor.awaitLine("rt-route");
      }
    }
  }

  @Test
  void aNameOfADeviceObeysNoTerminal() throws Exception {
    try (RunningProgram monitor = start(LINKS, "monitor", "rt-link", "-o", "table")) {
      namespace.ip("link", "add", "a\u001bb", "type", "veth", "peer", "name", "v1");

      String line = monitor.awaitLine("rt-link newlink");
      while (!line.contains("\"ifname\":\"a")) {
        line = monitor.awaitLine("rt-link newlink");
      }
      assertThat(line).contains("\"ifname\":\"a\\u001Bb\"").doesNotContain("\u001b");
    }
  }

  @Test
  @DisplayName("what is recorded opens in Wireshark")
  void recordingsOpenInWireshark() throws Exception {
    Path file = folder.resolve("links.pcap");
    try (RunningProgram recorder =
        start(LINKS, "record", file.toString(), "rt-link", "--count", "1")) {
      namespace.ip("link", "set", "lo", "up");
      assertThat(recorder.awaitEnd()).isZero();
    }

    String decoded = Jgenl.run("decode", file.toString(), "-o", "jsonl").out();
    assertThat(decoded).contains("\"family\":\"rt-link\"", "\"ifname\":\"lo\"");
    Prerequisite.requireProgram("tshark", "tshark");
    String shown = Command.succeed("tshark", "-r", file.toString(), "-V");
    assertThat(shown)
        .contains("Family: Route (0x0000)", "Device name: lo")
        .doesNotContain("Malformed");
  }
}
