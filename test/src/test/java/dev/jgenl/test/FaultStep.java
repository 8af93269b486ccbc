package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.RTM_GETROUTE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV4_ROUTE;
import static dev.jgenl.test.Rtnetlink.rtmsg;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.Subscription;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a program does. Each checks that what it got is right. */
enum FaultStep {
  OPEN(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (Genl another = Genl.open(FaultWorld.OPTIONS.withReceiveBuffer(1 << 20))) {
        FaultWorld.requireSelf(another);
        assertThat(another.family("ethtool").name()).isEqualTo("ethtool");
      }
    }
  },
  OPEN_IN_A_NAMESPACE(true) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (Netlink another =
          Netlink.open(Netlink.ROUTE, FaultWorld.OPTIONS.withNetworkNamespace(world.namespace))) {
        another.execute(FaultWorld.add(1));
        another.execute(FaultWorld.delete(1));
      }
    }
  },
  RESOLVE(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      for (int i = 0; i < 3; i++) {
        assertThat(world.genl.family("ethtool").name()).isEqualTo("ethtool");
        // What is known grows old.
        Thread.sleep(2);
      }
    }
  },
  REQUEST(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      FaultWorld.requireSelf(world.genl);
    }
  },
  REQUEST_WITHOUT_IDLE_SOCKET(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      try {
        world.genl.request(
            world.self(),
            m -> {
              throw new IllegalStateException("spoils the socket");
            });
      } catch (IllegalStateException e) {
        // That was awaited.
      }
      FaultWorld.requireSelf(world.genl);
    }
  },
  TOLERANT_REQUEST(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      assertThat(world.genl.execute(world.self().withAnySequence()).messages()).hasSize(1);
    }
  },
  BATCH(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      GenlRequest self = world.self();
      for (var outcome : world.genl.batch(Collections.nCopies(50, self))) {
        assertThat(outcome.get().messages()).hasSize(1);
      }
    }
  },
  DUMP(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (Dump<GenlMessage> one = world.genl.dump(world.all());
          Dump<GenlMessage> other = world.genl.dump(world.all())) {
        assertThat(one.next()).isNotNull();
        assertThat(other.toList()).hasSizeGreaterThan(5).hasSize(one.toList().size() + 1);
      }
    }
  },
  ABANDONED_DUMP(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (Dump<GenlMessage> one = world.genl.dump(world.all())) {
        assertThat(one.next()).isNotNull();
      }
      FaultWorld.requireSelf(world.genl);
    }
  },
  CHANGE(true) {
    @Override
    void run(FaultWorld world) throws Exception {
      world.route.execute(FaultWorld.add(1));
      world.route.execute(FaultWorld.delete(1));
    }
  },
  SUBSCRIBE(true) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (NetlinkSubscription s = world.route.subscribe(RTNLGRP_IPV4_ROUTE)) {
        world.route.execute(FaultWorld.add(1));
        requireEvent(() -> s.poll(Duration.ofMillis(200)));
        while (s.poll(Duration.ofMillis(1)).isPresent()) {
          // What stands behind a gap.
        }
        world.route.execute(FaultWorld.delete(1));
        requireEvent(() -> s.poll(Duration.ofMillis(200)));
      }
    }
  },
  LIST_AND_WATCH(true) {
    @Override
    void run(FaultWorld world) throws Exception {
      world.route.execute(FaultWorld.add(1));
      NetlinkRequest list = NetlinkRequest.of(RTM_GETROUTE, rtmsg(2, 0, 254, 0, 0));
      try (NetlinkSubscription s = world.route.subscribe(List.of(list), RTNLGRP_IPV4_ROUTE)) {
        awaitList(s, 1);
        world.route.execute(FaultWorld.add(2));
        requireEvent(() -> s.poll(Duration.ofMillis(200)));
      }
      world.route.execute(FaultWorld.delete(1));
      world.route.execute(FaultWorld.delete(2));
    }
  },
  WATCH_FAMILIES(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (GenlSubscription s = world.genl.subscribe(world.all(), "notify")) {
        while (!(event(s) instanceof Event.Synchronized)) {
          // All entries come first.
        }
      }
    }
  },
  CONNECT(false) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (GenlConnection connection = world.genl.connect()) {
        connection.join(world.genl.family("nlctrl"), "notify");
        assertThat(connection.execute(world.self()).messages()).hasSize(1);
        assertThat(connection.dump(world.all()).toList()).hasSizeGreaterThan(5);
        connection.leave(world.genl.family("nlctrl"), "notify");
      }
    }
  },
  CONNECT_AND_HEAR(true) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (NetlinkConnection connection = world.route.connect()) {
        connection.join(RTNLGRP_IPV4_ROUTE);
        world.route.execute(FaultWorld.add(1));
        assertThat(connection.execute(FaultWorld.add(2)).messages()).isEmpty();
        requireEvent(() -> connection.poll(Duration.ofMillis(200)));
        connection.leave(RTNLGRP_IPV4_ROUTE);
      }
      world.route.execute(FaultWorld.delete(1));
      world.route.execute(FaultWorld.delete(2));
    }
  },
  TRANSACTION(true) {
    @Override
    void run(FaultWorld world) throws Exception {
      Firewall.assertDone(
          world.transaction(
              Nftables.newTable(FaultWorld.TABLE),
              Nftables.newSet(FaultWorld.TABLE, "s"),
              // More than 16 KiB.
              Nftables.newElements(FaultWorld.TABLE, "s", 0, 1000)));
      assertThat(Firewall.addresses(world.firewall, FaultWorld.TABLE, "s"))
          .isEqualTo(Nftables.addresses(0, 1000));
      Firewall.assertDone(world.transaction(Nftables.deleteTable(FaultWorld.TABLE)));
    }
  },
  WAIT_IN_VAIN(true) {
    @Override
    void run(FaultWorld world) throws Exception {
      try (NetlinkSubscription s = world.route.subscribe(RTNLGRP_IPV4_ROUTE)) {
        assertThat(s.poll(Duration.ofMillis(5)))
            .satisfiesAnyOf(
                e -> assertThat(e).isEmpty(),
                e -> assertThat(e).containsInstanceOf(Event.Gap.class));
      }
    }
  },
  CLOSE_WHILE_ONE_WAITS(true) {
    @Override
    void run(FaultWorld world) throws Exception {
      NetlinkSubscription s = world.route.subscribe(RTNLGRP_IPV4_ROUTE);
      CompletableFuture<Exception> waits = CompletableFuture.supplyAsync(() -> failureOf(s::next));
      try {
        Thread.sleep(5);
      } finally {
        s.close();
      }
      Exception failure = waits.get();
      if (failure != null && !(failure instanceof ClosedException)) {
        throw failure;
      }
    }
  };

  private static final Duration LONG = Duration.ofSeconds(2);

  /** Something that fails as the library does. */
  interface Action<T> {
    T run() throws NetlinkException;
  }

  private final boolean privileged;

  FaultStep(boolean privileged) {
    this.privileged = privileged;
  }

  /** Whether it takes CAP_NET_ADMIN and CAP_SYS_ADMIN, and a namespace. */
  boolean isPrivileged() {
    return privileged;
  }

  abstract void run(FaultWorld world) throws Exception;

  /** A notification, or a gap in its place; none is lost in silence. */
  private static void requireEvent(Action<Optional<Event<NetlinkMessage>>> poll)
      throws NetlinkException {
    if (retried(poll).isEmpty()) {
      throw new RequestTimeoutException("no event");
    }
  }

  /** What has failed once does not keep what was sent meanwhile from being heard. */
  private static <T> Optional<T> retried(Action<Optional<T>> action) throws NetlinkException {
    try {
      return action.run();
    } catch (NetlinkException e) {
      Optional<T> again = action.run();
      if (again.isEmpty()) {
        throw new AssertionError("an event is lost, after " + e, e);
      }
      return again;
    }
  }

  private static void awaitList(NetlinkSubscription s, int entries) throws NetlinkException {
    int listed = 0;
    for (; ; ) {
      Event<NetlinkMessage> event = event(s);
      if (event instanceof Event.Synchronized) {
        assertThat(listed).isEqualTo(entries);
        return;
      }
      listed = event instanceof Event.Listed ? listed + 1 : 0;
    }
  }

  private static <M> Event<M> event(Subscription<M> s) throws NetlinkException {
    return s.poll(LONG).orElseThrow(() -> new AssertionError("the list does not end"));
  }

  /** Null if it was told of a loss. */
  private static Exception failureOf(Action<?> action) {
    try {
      assertThat(action.run()).isInstanceOf(Event.Gap.class);
      return null;
    } catch (NetlinkException e) {
      return e;
    }
  }
}
