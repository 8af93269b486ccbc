package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several lists, then watch: what is listed is all of them, or it is said that it is not. */
class NetlinkListTest extends ScriptedRoute {

  private static final int GETADDR = 22;
  private static final int GETROUTE = 26;
  private static final int EBUSY = 16;

  private static final List<NetlinkRequest> LISTS =
      List.of(
          NetlinkRequest.of(GETLINK, header(0)),
          NetlinkRequest.of(GETADDR, header(0)),
          NetlinkRequest.of(GETROUTE, header(0)));

  private static final String[] ALL = {
    "listed 1", "listed 2", "listed 11", "listed 21", "listed 22", "synchronized true"
  };

  @BeforeEach
  void script() {
    route
        .onDump(GETLINK, HEADER, links(1, 2))
        .onDump(GETADDR, HEADER, links(11))
        .onDump(GETROUTE, HEADER, links(21, 22));
  }

  @Override
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(300));
  }

  @Test
  void listsComeInTheirOrderThenWhatChanges() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      route.notify(LINKS, link(5));

      assertThat(shown(s, ALL.length)).containsExactly(ALL);
      assertThat(shown(s, 1)).containsExactly("event 5");
      assertThat(s.poll(Duration.ZERO)).isEmpty();
    }
    assertThat(types()).containsExactly(GETLINK, GETADDR, GETROUTE);
  }

  @Test
  void listMayBeEmpty() throws NetlinkException {
    route.onDump(GETLINK, HEADER, links()).onDump(GETROUTE, HEADER, links());
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      assertThat(shown(s, 2)).containsExactly("listed 11", "synchronized true");
    }
  }

  @Test
  void oneAtATimeIsListed() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      for (int i = 0; i < ALL.length; i++) {
        shown(s, 1);
        // That of the subscription, and one for lists.
        assertThat(kernel.openSockets()).isEqualTo(2);
      }
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("refused", KernelException.class, script((r, a) -> a.refuse(EBUSY))),
        Arguments.of(
            "an error at the end", KernelException.class, script((r, a) -> a.error(EBUSY))),
        Arguments.of("silence", RequestTimeoutException.class, script((r, a) -> a.unanswered())),
        Arguments.of("lost", OverrunException.class, script((r, a) -> a.overrun().unanswered())),
        Arguments.of(
            "malformed",
            ProtocolException.class,
            script((r, a) -> a.datagram(ByteBuffer.allocate(5)).unanswered())),
        Arguments.of("of another", ProtocolException.class, script((r, a) -> a.sequence(0).done())),
        Arguments.of(
            "changed",
            DumpInterruptedException.class,
            script((r, a) -> a.flags(NetlinkConstants.NLM_F_DUMP_INTR).done())));
  }

  private static FakeFamily.Script script(FakeFamily.Script script) {
    return script;
  }

  @ParameterizedTest(name = "T44 {0}")
  @MethodSource("failures")
  @DisplayName(
      "T44 the second of three lists fails: an exception, once, then all from the first on")
  void secondListFails(
      String what, Class<? extends NetlinkException> exception, FakeFamily.Script failure)
      throws NetlinkException {
    kernel.clock().skipWaits();
    failOnce(GETADDR, failure, links(11));
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      assertThat(shown(s, 2)).containsExactly("listed 1", "listed 2");
      assertThatThrownBy(() -> s.poll(SOON))
          .isInstanceOf(exception)
          .hasMessageContaining("route type 22");

      assertThat(shown(s, ALL.length)).containsExactly(ALL);
      assertThat(types()).containsExactly(GETLINK, GETADDR, GETLINK, GETADDR, GETROUTE);
    }
    assertThat(kernel.openSockets()).isEqualTo(1);
  }

  @Test
  @DisplayName("T44 the second list is always refused: an exception once, events, never complete")
  void secondListIsAlwaysRefused() throws NetlinkException {
    kernel.clock().skipWaits();
    route.onDump(GETADDR, HEADER, (request, answer) -> answer.refuse(EBUSY));
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      route.notify(LINKS, link(5));
      assertThat(shown(s, 2)).containsExactly("listed 1", "listed 2");
      assertThatThrownBy(s::next).isInstanceOf(KernelException.class);
      assertThat(shown(s, 5))
          .containsExactly("listed 1", "listed 2", "event 5", "listed 1", "listed 2");
    }
    assertThat(types()).doesNotContain(GETROUTE);
  }

  private void failOnce(int type, FakeFamily.Script failure, FakeFamily.Script success) {
    boolean[] failed = new boolean[1];
    route.onDump(
        type,
        HEADER,
        (request, answer) -> {
          if (failed[0]) {
            success.run(request, answer);
          } else {
            failed[0] = true;
            failure.run(request, answer);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {GETLINK, GETADDR, GETROUTE})
  @DisplayName("T46 any list that changed meanwhile is listed anew, with all others")
  void changedListIsListedAnew(int type) throws NetlinkException {
    FakeFamily.Script right =
        type == GETLINK ? links(1, 2) : type == GETADDR ? links(11) : links(21, 22);
    failOnce(
        type,
        (request, answer) -> right.run(request, answer.flags(NetlinkConstants.NLM_F_DUMP_INTR)),
        right);
    List<String> first = List.of(ALL).subList(0, type == GETLINK ? 2 : type == GETADDR ? 3 : 5);
    try (Netlink persistent = route.open(options().withDumpPolicy(DumpPolicy.retry(1)));
        NetlinkSubscription s = persistent.subscribe(LISTS, LINKS)) {
      assertThat(shown(s, first.size())).isEqualTo(first);
      assertThat(shown(s, 1)).containsExactly("gap LIST_CHANGED");
      assertThat(shown(s, ALL.length)).containsExactly(ALL);
    }
  }

  @Test
  @DisplayName("T46 a first list that always changes is listed anew so often, then fails")
  void firstListAlwaysChanges() throws NetlinkException {
    alwaysChanges(GETLINK, 1);
    try (Netlink persistent = route.open(options().withDumpPolicy(DumpPolicy.retry(2)));
        NetlinkSubscription s = persistent.subscribe(LISTS, LINKS)) {
      for (int i = 0; i < 2; i++) {
        assertThat(shown(s, 5))
            .containsExactly(
                "listed 1", "gap LIST_CHANGED", "listed 1", "gap LIST_CHANGED", "listed 1");
        assertThatThrownBy(() -> s.poll(SOON))
            .isInstanceOf(DumpInterruptedException.class)
            .hasMessageContaining("route type 18");
      }
    }
    assertThat(types()).containsOnly(GETLINK);
  }

  @Test
  @DisplayName("T46 a list that changed is marked, whichever it is, where that is the policy")
  void changedListIsMarked() throws NetlinkException {
    alwaysChanges(GETLINK, 1);
    try (Netlink lenient = route.open(options().withDumpPolicy(DumpPolicy.mark()));
        NetlinkSubscription s = lenient.subscribe(LISTS, LINKS)) {
      assertThat(shown(s, 5))
          .containsExactly("listed 1", "listed 11", "listed 21", "listed 22", "synchronized false");
      // The next time it is as good as new.
      route.onDump(GETLINK, HEADER, links(1, 2));
      route.notify(LINKS, FakeAnswer::overrun);
      assertThat(shown(s, 1)).containsExactly("gap OVERRUN");
      assertThat(shown(s, ALL.length)).containsExactly(ALL);
    }
  }

  private void alwaysChanges(int type, int index) {
    route.onDump(
        type,
        HEADER,
        (request, answer) ->
            links(index).run(request, answer.flags(NetlinkConstants.NLM_F_DUMP_INTR)));
  }

  @Test
  @DisplayName(
      "T43 two losses in one receive: all are listed once from the first on, one at a time")
  void lossesWhileListing() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      assertThat(shown(s, ALL.length)).containsExactly(ALL);
      for (int i = 0; i < 10; i++) {
        route.notify(LINKS, n -> n.datagram(ByteBuffer.allocate(5)));
        route.notify(LINKS, n -> n.datagram(ByteBuffer.allocate(5)));
        assertThat(shown(s, 2)).containsExactly("gap MALFORMED", "gap MALFORMED");
        assertThat(shown(s, ALL.length)).containsExactly(ALL);
        assertThat(kernel.openSockets()).isEqualTo(2);
      }
    }
  }

  @Test
  @DisplayName("T43 a loss while the second is listed: told behind the list, then all anew")
  void lossWhileTheSecondIsListed() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "listed 11");
      route.notify(LINKS, link(5));
      route.notify(LINKS, FakeAnswer::overrun);

      assertThat(shown(s, 3)).containsExactly("listed 21", "listed 22", "synchronized true");
      assertThat(shown(s, 2)).containsExactly("event 5", "gap OVERRUN");
      assertThat(shown(s, ALL.length)).containsExactly(ALL);
    }
  }

  @Test
  @DisplayName("T43 closed early, 1,000 times, at each place: sockets as before")
  void closedEarly() throws NetlinkException {
    for (int i = 0; i < 1000; i++) {
      try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
        shown(s, i % ALL.length);
      }
      assertThat(kernel.openSockets()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  @DisplayName("T45 poll(0) never waits, and lists all in the end")
  void pollWithoutWaiting() throws Exception {
    try (Netlink patient = route.open();
        NetlinkSubscription s = patient.subscribe(LISTS, LINKS)) {
      List<String> shown = new ArrayList<>();
      for (int i = 0; i < 100 && shown.size() < ALL.length; i++) {
        s.poll(Duration.ZERO).map(ScriptedRoute::show).ifPresent(shown::add);
      }
      assertThat(shown).containsExactly(ALL);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {GETLINK, GETADDR})
  @DisplayName("T45 poll returns within its time while a list is silent")
  void pollWhileAListIsSilent(int type) throws Exception {
    route.onDump(type, HEADER, (request, answer) -> answer.unanswered());
    try (Netlink patient = route.open();
        NetlinkSubscription s = patient.subscribe(LISTS, LINKS)) {
      shown(s, type == GETLINK ? 0 : 2);
      assertThat(timeOf(() -> assertThat(s.poll(Duration.ZERO)).isEmpty()))
          .isLessThan(Duration.ofSeconds(2));
      assertThat(timeOf(() -> assertThat(s.poll(Duration.ofMillis(50))).isEmpty()))
          .isBetween(Duration.ofMillis(49), Duration.ofSeconds(2));
    }
  }

  @Test
  @DisplayName("T44 a second list that times out while it is polled in small steps")
  void listTimesOutInSmallSteps() throws NetlinkException {
    route.onDump(GETADDR, HEADER, (request, answer) -> answer.unanswered());
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      assertThat(shown(s, 2)).containsExactly("listed 1", "listed 2");
      assertThatThrownBy(
              () -> {
                for (; ; ) {
                  assertThat(s.poll(Duration.ofMillis(5))).isEmpty();
                }
              })
          .isInstanceOf(RequestTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("T45 close, of it or of its Netlink, ends the wait for the second list")
  void closeEndsTheWait(boolean whole) throws Exception {
    CountDownLatch asked = silentAddresses();
    try (Netlink patient = route.open();
        NetlinkSubscription s = patient.subscribe(LISTS, LINKS)) {
      shown(s, 2);
      Interruptible<Event<NetlinkMessage>> waiting = startInterruptible(s::next);
      asked.await();
      awaitWaiting(waiting.thread());
      if (whole) {
        patient.close();
      } else {
        s.close();
      }

      assertThatThrownBy(() -> await(waiting.future())).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  @DisplayName("T45 an interrupt ends the wait for the second list; all are listed anew")
  void interruptEndsTheWait() throws Exception {
    CountDownLatch asked = silentAddresses();
    try (Netlink patient = route.open();
        NetlinkSubscription s = patient.subscribe(LISTS, LINKS)) {
      shown(s, 2);
      Interruptible<Event<NetlinkMessage>> waiting = startInterruptible(s::next);
      asked.await();
      waiting.thread().interrupt();
      assertThatThrownBy(() -> await(waiting.future()))
          .isInstanceOf(RequestInterruptedException.class);

      route.onDump(GETADDR, HEADER, links(11));
      assertThat(shown(s, ALL.length)).containsExactly(ALL);
    }
  }

  private CountDownLatch silentAddresses() {
    CountDownLatch asked = new CountDownLatch(1);
    route.onDump(
        GETADDR,
        HEADER,
        (request, answer) -> {
          answer.unanswered();
          asked.countDown();
        });
    return asked;
  }

  @Test
  @DisplayName("T44 no socket for the second list: an exception, once, then all")
  void secondListWithoutASocket() throws NetlinkException {
    // An event on its socket, which is then not used again.
    route.onDump(
        GETLINK,
        HEADER,
        (request, answer) -> {
          links(1, 2).run(request, answer);
          route.send(request.portId(), link(9));
        });
    try (NetlinkSubscription s = netlink.subscribe(LISTS, LINKS)) {
      assertThat(shown(s, 2)).containsExactly("listed 1", "listed 2");
      kernel.refuseSockets(24, Integer.MAX_VALUE);
      assertThatThrownBy(() -> s.poll(SOON))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("EMFILE");
      kernel.refuseSockets(24, 0);

      assertThat(shown(s, ALL.length)).containsExactly(ALL);
    }
  }

  private List<Integer> types() {
    return route.requests().stream().map(FakeRequest::type).toList();
  }
}
