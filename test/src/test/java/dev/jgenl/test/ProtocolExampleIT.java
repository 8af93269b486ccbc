package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.examples.LinkWatch;
import dev.jgenl.examples.TcpSockets;
import dev.jgenl.netlink.Netlink;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of protocols beside Generic Netlink as a user runs them, in a namespace. */
@Timeout(240)
class ProtocolExampleIT {

  /** Of 1.3 KiB each: more than a receive buffer of 1 MiB has room for. */
  private static final int BURST = 4_000;

  @TempDir private Path folder;

  @Test
  void linksAreShownWithAddressesAndRoutes() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      addPair(namespace);
      run(namespace, "ip link set one mtu 1400 up; ip link set two up");
      run(namespace, "ip address add 192.0.2.1/24 dev one");
      run(namespace, "ip address add 10.0.0.1 peer 10.0.0.2/32 dev two");
      run(namespace, "ip -6 address add 2001:db8::1/64 dev two nodad");
      run(namespace, "ip route add 198.51.100.0/24 via 192.0.2.7");
      run(namespace, "ip route add default nexthop via 192.0.2.2 nexthop via 10.0.0.2");
      run(namespace, "ip route add 203.0.113.0/24 via 192.0.2.7 table 77");

      Command links = namespace.java(example("Links"));

      assertThat(links.output().lines().map(line -> line.replaceAll(" +", " ")))
          .filteredOn(line -> !line.contains(" fe80:")) // the kernel makes them when it likes
          .containsExactly(
              "- route default",
              "lo link down, MTU 65536",
              "two link up, MTU 1500",
              "two address 10.0.0.1/32",
              "two address 2001:db8::1/64",
              "two route 10.0.0.2/32",
              "two route 2001:db8::/64",
              "one link up, MTU 1400",
              "one address 192.0.2.1/24",
              "one route 192.0.2.0/24",
              "one route 198.51.100.0/24 via 192.0.2.7");
      assertThat(links.status()).isZero();
    }
  }

  @Test
  void changesOfLinksAndAddressesAreTold() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open();
        RunningProgram watch = namespace.start(LinkWatch.class)) {
      assertThat(watch.awaitLine("+")).isEqualTo("+ lo down");
      watch.awaitLine("that is all");
      addPair(namespace);
      watch.awaitLine("+ one down");
      run(namespace, "ip link set one up");
      watch.awaitLine("~ one up, no carrier, was one down");
      run(namespace, "ip address add 192.0.2.1/24 dev one");
      watch.awaitLine("+ one 192.0.2.1/24");
      run(namespace, "ip link set two name zwei");
      watch.awaitLine("~ zwei down, was two down");
      run(namespace, "ip link delete one");
      watch.awaitLine("- one 192.0.2.1/24");
      watch.awaitLine("- one down");
    }
  }

  @Test
  void portThatLeavesItsBridgeIsStillThere() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open();
        RunningProgram watch = namespace.start(LinkWatch.class)) {
      addPair(namespace);
      Command bridge = namespace.run("ip", "link", "add", "bridge", "type", "bridge");
      Prerequisite.require(bridge.status() == 0, "no bridge can be made: " + bridge.output());
      watch.awaitLine("+ bridge down");
      run(namespace, "ip link set one master bridge; ip link set one nomaster");
      run(namespace, "ip link delete two");

      assertThat(watch.awaitLine("-")).isEqualTo("- two down");
      watch.awaitLine("- one down");
    }
  }

  @Test
  void whatChangesWhileNotificationsAreLostIsToldAllTheSame() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      addPair(namespace);
      run(namespace, "ip address add 192.0.2.1/24 dev one; ip address add 192.0.2.2/24 dev one");
      try (RunningProgram watch = namespace.start(LinkWatch.class)) {
        watch.awaitLine("that is all");
        Command.succeed("kill", "-STOP", Long.toString(watch.pid()));
        overrun(namespace);
        run(namespace, "ip address delete 192.0.2.2/24 dev one; ip link set two name late");
        Command.succeed("kill", "-CONT", Long.toString(watch.pid()));

        watch.awaitLine("changes were lost");
        watch.awaitLine("~ late down, was two down");
        watch.awaitLine("- one 192.0.2.2/24");
        watch.awaitLine("that is all");
        run(namespace, "ip address delete 192.0.2.1/24 dev one");
        watch.awaitLine("- one 192.0.2.1/24");
      }
    }
  }

  @Test
  void watchEndsAfterItsSeconds() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      long start = System.nanoTime();

      Command watch = namespace.java(LinkWatch.class, "1");

      assertThat(watch.output()).isEqualTo("+ lo down\nthat is all; now what changes:\n");
      assertThat(watch.status()).isZero();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000);
    }
  }

  @Test
  void blockListIsReplacedInOneTransaction() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      requireNftables(namespace);
      Path two = Files.writeString(folder.resolve("two"), "192.0.2.1\n192.0.2.255\n192.0.2.1\n");
      Path wrong = Files.writeString(folder.resolve("wrong"), "192.0.2.1\n192.0.2.256\u001b[2J\n");

      Command many = namespace.java(example("BlockList"));
      Set<String> afterMany = blocked(namespace);
      Command few = namespace.java(example("BlockList"), two.toString());
      Set<String> afterFew = blocked(namespace);
      Command refused = namespace.java(example("BlockList"), wrong.toString());
      Set<String> afterRefused = blocked(namespace);

      assertThat(many.output()).startsWith("10000 addresses in 6 requests, one transaction: ");
      assertThat(afterMany).isEqualTo(generated());
      assertThat(few.output()).startsWith("3 addresses in 4 requests, one transaction: ");
      assertThat(afterFew).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.255");
      assertThat(refused.output())
          .isEqualTo(
              "BlockList: '192.0.2.256\\u001b[2J' is not an address such as 192.0.2.0/24 or"
                  + " 2001:db8::1\n");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(afterRefused).isEqualTo(afterFew);
    }
  }

  @Test
  void blockListIsRemovedWhetherItIsThereOrNot() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      requireNftables(namespace);
      namespace.java(example("BlockList"));
      assertThat(namespace.run("nft", "list", "ruleset").output()).contains("set blocklist");

      Command first = namespace.java(example("BlockList"), "--remove");
      Command second = namespace.java(example("BlockList"), "--remove");

      assertThat(first).isEqualTo(new Command(0, ""));
      assertThat(second).isEqualTo(new Command(0, ""));
      assertThat(namespace.run("nft", "list", "ruleset").output()).isEmpty();
    }
  }

  @Test
  void tableOfAnotherIsLeftAsItIs() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      requireNftables(namespace);
      run(namespace, "nft add table ip jgenl");
      run(namespace, "nft add set ip jgenl blocklist '{ type ether_addr; }'");
      String before = namespace.run("nft", "list", "ruleset").output();

      Command refused = namespace.java(example("BlockList"));

      assertThat(refused.output()).contains("EEXIST");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(namespace.run("nft", "list", "ruleset").output()).isEqualTo(before);
    }
  }

  @Test
  void blockListWithoutTheCapabilityNamesIt() throws Exception {
    Prerequisite.requireProtocol(Netlink.NETFILTER);
    Command program =
        Command.run(
            Command.join(Prerequisite.withoutNetAdmin(), Command.javaWords(example("BlockList"))));

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.output()).contains("EPERM", "CAP_NET_ADMIN");
  }

  @Test
  void socketsOfItsOwnAreShownAndNoOthers() throws Exception {
    Prerequisite.requireProtocol(Netlink.SOCK_DIAG);
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Command program = Command.java(TcpSockets.class);

      Matcher listening =
          Pattern.compile("(?m)^listening +(127\\.0\\.0\\.1:\\d+) *$").matcher(program.output());
      assertThat(listening.find()).as(program.output()).isTrue();
      String server = listening.group(1);
      assertThat(program.output().lines())
          .hasSize(3)
          .anyMatch(line -> line.matches("established +127.0.0.1:\\d+ +with " + server))
          .anyMatch(line -> line.matches("established +" + server + " +with 127.0.0.1:\\d+"))
          .noneMatch(line -> line.contains(":" + other.getLocalPort()));
      assertThat(program.status()).isZero();
    }
  }

  @Test
  @Tag("vm")
  void kernelOfTheMachineShowsLinksAndFillsTheBlockList() throws Exception {
    Command.succeed("modprobe", "dummy", "numdummies=0");
    Command.succeed("modprobe", "nf_tables");
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      requireNftables(namespace);
      run(namespace, "ip link add one type dummy");
      run(namespace, "ip address add 192.0.2.1/24 dev one");

      Command links = namespace.java(example("Links"));
      Command filled = namespace.java(example("BlockList"));

      assertThat(links.output().lines().map(line -> line.replaceAll(" +", " ")))
          .containsExactly(
              "lo link down, MTU 65536", "one link down, MTU 1500", "one address 192.0.2.1/24");
      assertThat(filled.status()).as(filled.output()).isZero();
      assertThat(blocked(namespace)).isEqualTo(generated());
    }
  }

  private static Class<?> example(String name) throws ClassNotFoundException {
    return Prerequisite.requireTypedExample(name);
  }

  private static void addPair(NetworkNamespace namespace) throws Exception {
    Prerequisite.requireProgram("ip", "iproute2");
    Command added =
        namespace.run("ip", "link", "add", "one", "type", "veth", "peer", "name", "two");
    Prerequisite.require(added.status() == 0, "no veth pair can be made: " + added.output());
  }

  private void overrun(NetworkNamespace namespace) throws Exception {
    String batch =
        IntStream.range(0, BURST)
            .mapToObj(i -> "link set one mtu " + (1400 + i % 2) + "\n")
            .collect(Collectors.joining());
    Path file = Files.writeString(folder.resolve("burst"), batch);
    assertThat(namespace.run("ip", "-batch", file.toString()).output()).isEmpty();
  }

  private static void requireNftables(NetworkNamespace namespace) throws Exception {
    Prerequisite.requireProgram("nft", "nftables");
    Command tables = namespace.run("nft", "list", "tables");
    Prerequisite.require(tables.status() == 0, "no nftables here: " + tables.output());
  }

  private static Set<String> blocked(NetworkNamespace namespace) throws Exception {
    return Pattern.compile("\\d+(\\.\\d+){3}")
        .matcher(namespace.run("nft", "list", "set", "ip", "jgenl", "blocklist").output())
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static Set<String> generated() {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "198.18." + i / 256 + "." + i % 256)
        .collect(Collectors.toSet());
  }

  private static void run(NetworkNamespace namespace, String commands) throws Exception {
    Command done = namespace.run("sh", "-ec", commands);
    assertThat(done.status()).as(done.output()).isZero();
  }
}
