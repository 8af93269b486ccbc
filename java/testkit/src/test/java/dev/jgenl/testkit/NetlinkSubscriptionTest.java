package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The groups of another protocol than Generic Netlink have numbers, and stay what they are. */
class NetlinkSubscriptionTest extends ScriptedRoute {

  private static final int EINVAL = 22;
  private static final int EPERM = 1;

  @Test
  void eventNamesItsProtocolAndItsGroup() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LINKS, ADDRESSES)) {
      route.notify(LINKS, link(1));
      route.notify(ADDRESSES, link(2));

      Event.Notification<NetlinkMessage> first = notification(s.next());
      assertThat(first.family()).isEqualTo("route");
      assertThat(first.group()).isEqualTo("1");
      assertThat(first.message().attributes(HEADER).get(NAME).string()).isEqualTo("eth");
      assertThat(notification(s.next()).group()).isEqualTo("5");
    }
  }

  @Test
  void eventForOneSocketHasNoGroup() throws NetlinkException {
    try (NetlinkConnection c = netlink.connect()) {
      c.join(LINKS);
      assertThat(route.send(c.portId(), link(3))).isTrue();

      assertThat(notification(c.next()).group()).isEmpty();
    }
  }

  private static Event.Notification<NetlinkMessage> notification(Event<NetlinkMessage> event) {
    return (Event.Notification<NetlinkMessage>) event;
  }

  @Test
  void groupsAreJoinedAndLeft() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LINKS)) {
      route.notify(ADDRESSES, link(1));
      s.join(ADDRESSES);
      route.notify(ADDRESSES, link(2));
      s.leave(LINKS);
      route.notify(LINKS, link(3));
      s.leave(7);
      route.notify(ADDRESSES, link(4));

      assertThat(shown(s, 2)).containsExactly("event 2", "event 4");
      assertThat(s.poll(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void groupThatThereIsNotIsRefusedAndNoSocketIsLeft() throws NetlinkException {
    assertThatThrownBy(() -> netlink.subscribe(LINKS, 33))
        .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.errno()).isEqualTo(EINVAL))
        .hasMessageContaining("join group 33 of route");
    assertThat(kernel.openSockets()).isEqualTo(1);
    try (NetlinkSubscription s = netlink.subscribe(LINKS)) {
      assertThatThrownBy(() -> s.join(33)).isInstanceOf(KernelException.class);
      assertThatThrownBy(() -> s.leave(33))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("leave group 33 of route");
      route.notify(LINKS, link(1));
      assertThat(shown(s, 1)).containsExactly("event 1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void groupsAreCountedFromOne(int group) throws NetlinkException {
    assertThatThrownBy(() -> netlink.subscribe(LINKS, group))
        .isInstanceOf(IllegalArgumentException.class);
    try (NetlinkConnection c = netlink.connect()) {
      assertThatThrownBy(() -> c.join(group)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> c.leave(group)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(kernel.openSockets()).isEqualTo(1);
  }

  @Test
  void nothingToHearIsRefused() {
    assertThatThrownBy(netlink::subscribe).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> netlink.subscribe(List.of(get(0))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> netlink.subscribe(List.of(), LINKS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(kernel.openSockets()).isEqualTo(1);
  }

  @Test
  void groupThatWantsPrivilegeNamesTheCapability() throws NetlinkException {
    kernel.privileged(false);
    try (Netlink netfilter = kernel.protocol(Netlink.NETFILTER).open()) {
      assertThatThrownBy(() -> netfilter.subscribe(7))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(EPERM))
          .hasMessageStartingWith("join group 7 of netfilter: EPERM")
          .hasMessageContaining("CAP_NET_ADMIN");
    }
    assertThat(kernel.openSockets()).isEqualTo(1);
  }

  @Test
  void lossIsAGapWhereItWas() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LINKS)) {
      route.notify(LINKS, link(1));
      route.notify(LINKS, FakeAnswer::overrun);
      route.notify(LINKS, link(2));

      assertThat(shown(s, 2)).containsExactly("event 1", "gap OVERRUN");
      route.notify(LINKS, link(3));
      assertThat(shown(s, 1)).containsExactly("event 3");
    }
  }

  @Test
  void malformedNotificationIsAGap() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LINKS)) {
      route.notify(LINKS, n -> n.datagram(ByteBuffer.allocate(5)));
      route.notify(LINKS, link(1));

      assertThat(shown(s, 2)).containsExactly("gap MALFORMED", "event 1");
    }
  }

  @Test
  @DisplayName("T15 a notification of another process is none")
  void notificationOfAnotherProcess() throws NetlinkException {
    try (NetlinkSubscription s = netlink.subscribe(LINKS)) {
      route.notify(LINKS, n -> link(1).accept(n.sender(4711)));
      route.notify(LINKS, link(2));

      assertThat(shown(s, 1)).containsExactly("event 2");
    }
  }

  @Test
  void eventsCanBePublished() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (NetlinkSubscription s = netlink.subscribe(LINKS)) {
      s.publisher(task -> new Thread(task).start()).subscribe(new Ear(heard));
      route.notify(LINKS, link(1));
      route.notify(LINKS, link(2));

      assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("event 1");
      assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("event 2");
    }
    assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("end");
  }

  private record Ear(BlockingQueue<String> heard)
      implements Flow.Subscriber<Event<NetlinkMessage>> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Event<NetlinkMessage> event) {
      heard.add(show(event));
    }

    @Override
    public void onError(Throwable e) {
      heard.add(e.toString());
    }

    @Override
    public void onComplete() {
      heard.add("end");
    }
  }

  /** What ends a wait for an event. */
  enum End {
    CLOSE(ClosedException.class) {
      @Override
      void happen(Netlink netlink, AutoCloseable listener, Thread thread) throws Exception {
        listener.close();
      }
    },
    CLOSE_OF_ALL(ClosedException.class) {
      @Override
      void happen(Netlink netlink, AutoCloseable listener, Thread thread) {
        netlink.close();
      }
    },
    INTERRUPT(RequestInterruptedException.class) {
      @Override
      void happen(Netlink netlink, AutoCloseable listener, Thread thread) {
        thread.interrupt();
      }
    };

    private final Class<? extends NetlinkException> exception;

    End(Class<? extends NetlinkException> exception) {
      this.exception = exception;
    }

    abstract void happen(Netlink netlink, AutoCloseable listener, Thread thread) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void waitEnds(End end) throws Exception {
    try (Netlink other = route.open();
        NetlinkSubscription s = other.subscribe(LINKS);
        NetlinkConnection c = other.connect()) {
      Interruptible<Event<NetlinkMessage>> first = startInterruptible(s::next);
      Interruptible<Event<NetlinkMessage>> second = startInterruptible(c::next);
      awaitWaiting(first.thread());
      awaitWaiting(second.thread());
      end.happen(other, s, first.thread());
      end.happen(other, c, second.thread());

      assertThatThrownBy(() -> await(first.future())).isInstanceOf(end.exception);
      assertThatThrownBy(() -> await(second.future())).isInstanceOf(end.exception);
    }
    assertServed();
  }

  @Test
  void closedMeansClosed() throws NetlinkException {
    NetlinkSubscription s = netlink.subscribe(LINKS);
    NetlinkConnection c = netlink.connect();
    s.close();
    c.close();
    s.close();
    c.close();

    assertThatThrownBy(s::next).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> s.join(ADDRESSES)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> s.leave(LINKS)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> c.poll(Duration.ZERO)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> c.request(get(1))).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> c.dump(get(1))).isInstanceOf(ClosedException.class);
    assertThat(kernel.openSockets()).isEqualTo(1);
  }

  // A connection of one's own.

  @Test
  @DisplayName(
      "T66 while a dump of a connection is open a request is refused, and afterwards served")
  void requestWhileADumpIsOpen() throws NetlinkException {
    route.onDump(GETLINK, HEADER, links(1, 2));
    try (NetlinkConnection c = netlink.connect()) {
      try (var dump = c.dump(get(0))) {
        dump.next();
        assertThatThrownBy(() -> c.request(get(5))).isInstanceOf(IllegalStateException.class);
      }
      assertThat(index(c.request(get(5)))).isEqualTo(5);
      assertThat(route.requests()).extracting(FakeRequest::portId).containsOnly(c.portId());
    }
  }

  @Test
  @DisplayName(
      "T67 an ACK behind an overrun: outcome unknown, a gap, and the next request is right")
  void ackBehindAnOverrun() throws NetlinkException {
    try (NetlinkConnection c = netlink.connect()) {
      c.join(LINKS);
      route.notify(LINKS, link(1));
      route.onDo(NEWLINK, HEADER, (request, answer) -> answer.overrun());

      assertThatThrownBy(() -> c.execute(NetlinkRequest.of(NEWLINK, header(5))))
          .hasMessageContaining("route type 16")
          .hasMessageContaining("outcome is unknown");
      assertThat(index(c.request(get(6)))).isEqualTo(6);
      assertThat(show(c.next())).isEqualTo("event 1");
      assertThat(show(c.next())).isEqualTo("gap OVERRUN");
    }
  }
}
