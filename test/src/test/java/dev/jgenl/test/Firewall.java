package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The nftables of a network namespace of its own. Gone when closed. */
final class Firewall implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("\"(\\d+\\.\\d+\\.\\d+\\.\\d+)\"");

  final NamedNamespace namespace;
  final Netlink netfilter;

  /** How many there are while one connection is idle. */
  private final long sockets;

  private Firewall(NamedNamespace namespace, Netlink netfilter) throws Exception {
    this.namespace = namespace;
    this.netfilter = netfilter;
    Prerequisite.requireProgram("nft", "nftables");
    if (transaction(Nftables.newTable("trial")).get(0) instanceof Outcome.Failure<?> failure) {
      Prerequisite.require(false, "this kernel has no nftables: " + failure.cause());
    }
    assertDone(transaction(Nftables.deleteTable("trial")));
    sockets = Descriptors.sockets();
  }

  static Firewall open() throws Exception {
    NamedNamespace namespace = NamedNamespace.open();
    try {
      return new Firewall(namespace, namespace.netlink(Netlink.NETFILTER));
    } catch (Exception | Error e) {
      namespace.close();
      throw e;
    }
  }

  List<Outcome<Reply<NetlinkMessage>>> transaction(NetlinkRequest... requests) {
    return transaction(List.of(requests));
  }

  List<Outcome<Reply<NetlinkMessage>>> transaction(List<NetlinkRequest> requests) {
    return netfilter.transaction(Nftables.SUBSYSTEM, requests);
  }

  /** Runs {@code nft} in the namespace. */
  String nft(String... words) throws IOException, InterruptedException {
    return namespace.run(Command.join(List.of("nft"), words));
  }

  /** The addresses in a set, as {@code nft} shows them. */
  Set<String> shownAddresses(String table, String set) throws IOException, InterruptedException {
    return ADDRESS
        .matcher(nft("-j", "list", "set", "ip", table, set))
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toSet());
  }

  /** The addresses in a set. */
  Set<String> addresses(String table, String set) throws NetlinkException {
    return addresses(netfilter, table, set);
  }

  static Set<String> addresses(Netlink netfilter, String table, String set)
      throws NetlinkException {
    List<String> addresses = new ArrayList<>();
    try (Dump<NetlinkMessage> dump = netfilter.dump(Nftables.getElements(table, set))) {
      for (NetlinkMessage part : dump.toList()) {
        addresses.addAll(Nftables.addresses(part));
      }
    }
    Set<String> different = Set.copyOf(addresses);
    assertThat(different).as("none comes twice").hasSameSizeAs(addresses);
    return different;
  }

  /** The names of all tables. */
  Set<String> tables() throws NetlinkException {
    return tables(netfilter);
  }

  static Set<String> tables(Netlink netfilter) throws NetlinkException {
    Set<String> tables = new TreeSet<>();
    try (Dump<NetlinkMessage> dump = netfilter.dump(Nftables.getTables())) {
      for (NetlinkMessage table : dump.toList()) {
        tables.add(table.attributes(Nftables.HEADER).get(Nftables.TABLE).string());
      }
    }
    return tables;
  }

  /** Each request has succeeded. */
  static void assertDone(List<Outcome<Reply<NetlinkMessage>>> outcomes) throws NetlinkException {
    for (Outcome<Reply<NetlinkMessage>> outcome : outcomes) {
      outcome.get();
    }
  }

  /** No request has succeeded, and the causes are: null stands for the fault of another one. */
  static void assertNotDone(List<Outcome<Reply<NetlinkMessage>>> outcomes, List<Errno> errors) {
    List<Exception> causes = causes(outcomes);
    Exception first =
        causes.stream().filter(KernelException.class::isInstance).findFirst().orElseThrow();
    assertThat(causes).hasSameSizeAs(errors);
    for (int i = 0; i < causes.size(); i++) {
      Exception cause = causes.get(i);
      if (errors.get(i) != null) {
        assertThat(cause).isInstanceOf(KernelException.class);
        assertThat(((KernelException) cause).error()).as(cause.toString()).isEqualTo(errors.get(i));
      } else {
        assertThat(cause).isInstanceOf(NotDoneException.class).hasCause(first);
        assertThat(cause).hasMessageContaining(first.getMessage());
      }
    }
  }

  /** No request has succeeded, and the whole is to blame. Returns why. */
  static KernelException assertNotDone(List<Outcome<Reply<NetlinkMessage>>> outcomes) {
    Throwable why = causes(outcomes).get(0).getCause();
    assertThat(why).isInstanceOf(KernelException.class);
    assertThat(causes(outcomes))
        .allSatisfy(e -> assertThat(e).isInstanceOf(NotDoneException.class).hasCause(why));
    return (KernelException) why;
  }

  /** Why each request has failed. */
  static List<Exception> causes(List<Outcome<Reply<NetlinkMessage>>> outcomes) {
    assertThat(outcomes).isNotEmpty().allMatch(o -> o instanceof Outcome.Failure);
    List<Exception> causes = new ArrayList<>();
    for (Outcome<Reply<NetlinkMessage>> outcome : outcomes) {
      causes.add(((Outcome.Failure<?>) outcome).cause());
    }
    return causes;
  }

  /** The next transaction and dump are right, nothing but it is there, and no socket is left. */
  void assertUsableAndEmpty() throws Exception {
    assertThat(tables()).isEmpty();
    assertDone(
        transaction(
            Nftables.newTable("next"),
            Nftables.newSet("next", "some"),
            Nftables.newElements("next", "some", 0, 3)));
    assertThat(tables()).containsExactly("next");
    assertThat(addresses("next", "some")).isEqualTo(Nftables.addresses(0, 3));
    assertDone(transaction(Nftables.deleteTable("next")));
    assertThat(tables()).isEmpty();
    assertThat(Descriptors.sockets()).isEqualTo(sockets);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    netfilter.close();
    namespace.close();
  }
}
