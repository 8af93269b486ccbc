package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions of programs that may less than this one. */
@Timeout(120)
class NftablesPrivilegeIT {

  @Test
  @DisplayName("without CAP_NET_ADMIN all requests are refused with EPERM, which names it")
  void withoutPrivilege() throws Exception {
    try (NamedNamespace namespace = NamedNamespace.open()) {
      String[] child =
          Command.join(Prerequisite.withoutNetAdmin(), Command.javaWords(Child.class, "1"));

      List<String> lines = namespace.run(child).lines().toList();

      assertThat(lines).hasSize(2);
      assertThat(lines.get(0)).contains("netfilter transaction: EPERM", "CAP_NET_ADMIN");
      assertThat(lines.get(1)).contains("EPERM", "CAP_NET_ADMIN");
    }
  }

  @Test
  @DisplayName("without CAP_NET_ADMIN each request of a batch is refused, and none is waited for")
  void batchWithoutPrivilege() throws Exception {
    String[] child =
        Command.join(Prerequisite.withoutNetAdmin(), Command.javaWords(BatchChild.class));

    List<String> lines = Command.succeed(child).lines().toList();

    assertThat(lines)
        .hasSize(3)
        .allSatisfy(
            line -> assertThat(line).startsWith("netfilter gettable: EPERM").contains("CAP_NET_"));
  }

  /** Says why each of three requests has failed. */
  static final class BatchChild {
    public static void main(String[] args) throws NetlinkException {
      try (Netlink netfilter = Netlink.open(Netlink.NETFILTER)) {
        List<NetlinkRequest> requests =
            List.of(Nftables.getTable("a"), Nftables.getTable("b"), Nftables.getTable("c"));
        for (Exception e : Firewall.causes(netfilter.batch(requests))) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  @Test
  @DisplayName("a transaction longer than the send buffer is refused before it is sent")
  void longerThanTheSendBuffer() throws Exception {
    int most = Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/net/core/wmem_max")).get(0));
    Prerequisite.require(
        most >= 200_000 && most <= 8 << 20, "net.core.wmem_max is not the usual: " + most);
    String[] unshare = {"unshare", "--map-root-user", "--net"};
    Prerequisite.require(
        Command.run(Command.join(List.of(unshare), "true")).status() == 0,
        "no user namespace can be made here");
    // Its root is not that of the first user namespace, so the limit of the system holds, which the
    // kernel doubles. A request takes 64,000 bytes; six are more than a buffer holds at first.
    String tooMany = Integer.toString(2 * most / 64_000 + 1);
    String[] child = Command.javaWords(Child.class, tooMany, "1", tooMany, "6");

    List<String> lines = Command.succeed(Command.join(List.of(unshare), child)).lines().toList();

    assertThat(lines).hasSize(8);
    assertThat(lines.get(0)).contains("EMSGSIZE", "net.core.wmem_max");
    assertThat(lines.get(1)).isEqualTo("there is []");
    assertThat(lines.subList(2, 4)).containsExactly("done", "there is [t1]");
    assertThat(lines.get(4)).isEqualTo(lines.get(0));
    assertThat(lines.get(5)).isEqualTo("there is [t1]");
    assertThat(lines.subList(6, 8)).containsExactly("done", "there is [t1, t6]");
  }

  /** In its own namespace adds so many times 4,000 elements; says what came of it. */
  static final class Child {
    public static void main(String[] args) throws NetlinkException {
      try (Netlink netfilter = Netlink.open(Netlink.NETFILTER)) {
        for (String count : args) {
          System.out.println(fill(netfilter, "t" + count, Integer.parseInt(count)));
          System.out.println(tables(netfilter));
        }
      }
    }

    private static String tables(Netlink netfilter) throws NetlinkException {
      try {
        return "there is " + Firewall.tables(netfilter);
      } catch (KernelException e) {
        return e.getMessage();
      }
    }

    private static String fill(Netlink netfilter, String table, int count) throws NetlinkException {
      List<NetlinkRequest> requests = new ArrayList<>();
      requests.add(Nftables.newTable(table));
      requests.add(Nftables.newSet(table, "s"));
      for (int i = 0; i < count; i++) {
        int from = i * Nftables.ELEMENTS_MAX;
        requests.add(Nftables.newElements(table, "s", from, from + Nftables.ELEMENTS_MAX));
      }
      var outcomes = netfilter.transaction(Nftables.SUBSYSTEM, requests);
      if (outcomes.get(0) instanceof Outcome.Failure<?>) {
        return Firewall.assertNotDone(outcomes).getMessage();
      }
      Firewall.assertDone(outcomes);
      return "done";
    }
  }
}
