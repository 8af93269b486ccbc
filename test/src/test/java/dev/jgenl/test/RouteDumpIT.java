package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.AF_INET;
import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTM_DELADDR;
import static dev.jgenl.test.Rtnetlink.RTM_DELROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_GETADDR;
import static dev.jgenl.test.Rtnetlink.RTM_GETROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWADDR;
import static dev.jgenl.test.Rtnetlink.RTM_NEWROUTE;
import static dev.jgenl.test.Rtnetlink.address;
import static dev.jgenl.test.Rtnetlink.blackhole;
import static dev.jgenl.test.Rtnetlink.ifaddrmsg;
import static dev.jgenl.test.Rtnetlink.rtmsg;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dumps of what another thread changes all the time. */
@Timeout(60)
class RouteDumpIT extends InNamespace {

  private static final NetlinkRequest ROUTES =
      NetlinkRequest.of(RTM_GETROUTE, rtmsg(AF_INET, 0, 0, 0, 0));
  private static final NetlinkRequest ADDRESSES =
      NetlinkRequest.of(RTM_GETADDR, ifaddrmsg(AF_INET, 0, 0));

  /** How often a dump is tried that most probably comes to what is waited for at once. */
  private static final int ROUNDS = 500;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /** How many dumps of 10,000 routes; the emulated processor of the virtual machine has fewer. */
  int dumps() {
    return 20;
  }

  @AfterEach
  void endThread() {
    thread.shutdownNow();
  }

  /** The kernel never marks such a dump ({@code inet_dump_fib()}), but it leaves nothing out. */
  @Test
  @DisplayName("T12 10,000 routes while some change: each that stays is in each dump, once")
  void routesThatStay() throws Exception {
    List<Network> steady = networks(10, 10_000);
    List<Network> changing = networks(11, 100);
    doAll(steady.stream().map(n -> blackhole(RTM_NEWROUTE, n, 1).withFlags(NEW)));
    Future<Integer> changes =
        change(
            changing.stream().map(n -> blackhole(RTM_NEWROUTE, n, 1).withFlags(NEW)),
            changing.stream().map(n -> blackhole(RTM_DELROUTE, n, 1)));
    Set<Integer> sizes = new HashSet<>();
    for (int i = 0; i < dumps() || (sizes.size() == 1 && i < ROUNDS); i++) {
      try (Dump<NetlinkMessage> dump = netlink.dump(ROUTES)) {
        List<Network> seen = dump.toList().stream().map(m -> Route.of(m).destination()).toList();
        sizes.add(seen.size());

        assertThat(seen).hasSizeBetween(10_000, 10_100).doesNotHaveDuplicates();
        assertThat(missing(steady, seen)).isEmpty();
      }
    }
    stop(changes);
    assertThat(sizes).as("it changed meanwhile").hasSizeGreaterThan(1);
    try (Dump<NetlinkMessage> dump = netlink.dump(ROUTES)) {
      assertThat(dump.toList()).hasSameSizeAs(steady);
    }
  }

  @Test
  @DisplayName("T12 addresses while some change: a dump holds all that stay, or fails and says so")
  void addressesThatStay() throws Exception {
    Set<Network> steady = addAddresses();
    Future<Integer> changes = changeAddresses();
    int interrupted = 0;
    for (int i = 0; i < ROUNDS && interrupted == 0; i++) {
      try (Dump<NetlinkMessage> dump = netlink.dump(ADDRESSES)) {
        assertThat(missing(steady, networks(dump.toList()))).isEmpty();
      } catch (DumpInterruptedException e) {
        interrupted++;
        assertThat(e.messages(NetlinkMessage.class)).isNotEmpty();
      }
    }
    stop(changes);
    assertThat(interrupted).isPositive();
    assertThat(addresses()).hasSameSizeAs(steady);
  }

  @Test
  @DisplayName("T12 addresses while some change: a dump that is not to fail is marked")
  void addressesAreMarked() throws Exception {
    Set<Network> steady = addAddresses();
    Future<Integer> changes = changeAddresses();
    NetlinkOptions marking = NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.mark());
    try (Netlink marked = namespace.netlink(Netlink.ROUTE, marking)) {
      boolean inconsistent = false;
      for (int i = 0; i < ROUNDS && !inconsistent; i++) {
        try (Dump<NetlinkMessage> dump = marked.dump(ADDRESSES)) {
          List<Network> seen = networks(dump.toList());
          inconsistent = !dump.isConsistent();
          assertThat(inconsistent || missing(steady, seen).isEmpty()).isTrue();
        }
      }
      stop(changes);
      assertThat(inconsistent).isTrue();
      try (Dump<NetlinkMessage> dump = marked.dump(ADDRESSES)) {
        assertThat(networks(dump.toList())).containsExactlyInAnyOrderElementsOf(steady);
        assertThat(dump.isConsistent()).isTrue();
      }
    }
  }

  /** Enough for a dump in several parts, between which something may change. */
  private Set<Network> addAddresses() throws Exception {
    addPair("v0", "v1");
    int index = index("v0");
    List<Network> networks =
        networks(10, 1_000).stream().map(n -> new Network(n.address(), 32)).toList();
    doAll(networks.stream().map(n -> address(RTM_NEWADDR, index, n).withFlags(NEW)));
    return Set.copyOf(networks);
  }

  private Future<Integer> changeAddresses() throws Exception {
    int index = index("v0");
    Network network = Network.of("11.0.0.0/32");
    return change(
        Stream.of(address(RTM_NEWADDR, index, network).withFlags(NEW)),
        Stream.of(address(RTM_DELADDR, index, network)));
  }

  private static List<Network> networks(int first, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Network.of(first + "." + i / 256 + "." + i % 256 + ".0/24"))
        .toList();
  }

  private static List<Network> networks(List<NetlinkMessage> addresses) {
    return addresses.stream().map(m -> Address.of(m).network()).toList();
  }

  private static Set<Network> missing(Collection<Network> wanted, List<Network> seen) {
    Set<Network> missing = new HashSet<>(wanted);
    seen.forEach(missing::remove);
    return missing;
  }

  /** Has another thread do something and undo it until it is to stop; returns how often. */
  private Future<Integer> change(Stream<NetlinkRequest> todo, Stream<NetlinkRequest> undo) {
    List<NetlinkRequest> both = Stream.concat(todo, undo).toList();
    return thread.submit(
        () -> {
          int times = 0;
          for (; !stopped.get(); times++) {
            doAll(both.stream());
          }
          return times;
        });
  }

  private void stop(Future<Integer> changes) throws Exception {
    stopped.set(true);
    assertThat(changes.get()).isPositive();
  }

  private void doAll(Stream<NetlinkRequest> requests) throws NetlinkException {
    for (var outcome : netlink.batch(requests.toList())) {
      outcome.get();
    }
  }
}
