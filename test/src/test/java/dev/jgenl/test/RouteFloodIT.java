package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTA_PRIORITY;
import static dev.jgenl.test.Rtnetlink.RTMSG;
import static dev.jgenl.test.Rtnetlink.RTM_DELROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWROUTE;
import static dev.jgenl.test.Rtnetlink.RTNLGRP_IPV4_ROUTE;
import static dev.jgenl.test.Rtnetlink.blackhole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Many changes while somebody listens: each is heard, or its loss is told. */
@Timeout(120)
class RouteFloodIT extends InNamespace {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /** How many changes; the emulated processor of the virtual machine has fewer. */
  int changes() {
    return 1_000_000;
  }

  @AfterEach
  void endThread() {
    thread.shutdownNow();
  }

  @Test
  @DisplayName("T18 1,000,000 changes of routes: no loss is untold")
  void noLossIsUntold(TestReporter reporter) throws Exception {
    Tally tally = listen(NetlinkOptions.DEFAULTS, 0, changes());

    reporter.publishEntry(tally.toString());
    assertThat(tally.seen).isPositive();
  }

  @Test
  @DisplayName("T18 changes, of which the first are too many to wait unread: no loss is untold")
  void lossesAreTold(TestReporter reporter) throws Exception {
    Tally tally = listen(NetlinkOptions.DEFAULTS.withReceiveBuffer(1), 2_000, changes() / 10);

    reporter.publishEntry(tally.toString());
    assertThat(tally.seen).isPositive();
    assertThat(tally.lost).isPositive();
  }

  /**
   * Listens to changes.
   *
   * @param unread how many are made before it reads any
   * @param changes how many are made in all
   */
  private Tally listen(NetlinkOptions options, int unread, int changes) throws Exception {
    Tally tally = new Tally();
    try (Netlink listener = namespace.netlink(Netlink.ROUTE, options);
        NetlinkSubscription subscription = listener.subscribe(RTNLGRP_IPV4_ROUTE)) {
      change(0, unread);
      Future<?> changer = thread.submit(() -> change(unread, changes));
      for (boolean over = false; !over; ) {
        // In this order: what was changed before the end is there by then.
        boolean ended = changer.isDone();
        Optional<Event<NetlinkMessage>> event = subscription.poll(Duration.ofMillis(50));
        event.ifPresent(tally::take);
        over = ended && event.isEmpty();
      }
      changer.get();
    }
    tally.end(changes);
    return tally;
  }

  /** Adds and deletes routes in turn, whose metrics number them from 1 on. */
  private Object change(int from, int to) throws NetlinkException {
    Network destination = Network.of("10.0.0.0/8");
    for (int start = from; start < to; start += 2_000) {
      List<NetlinkRequest> requests = new ArrayList<>();
      for (int i = start / 2; i < Math.min(start + 2_000, to) / 2; i++) {
        requests.add(blackhole(RTM_NEWROUTE, destination, i + 1).withFlags(NEW));
        requests.add(blackhole(RTM_DELROUTE, destination, i + 1));
      }
      for (var outcome : netlink.batch(requests)) {
        outcome.get();
      }
    }
    return to;
  }

  /**
   * Which changes were seen. A loss is told by a gap of its own: where it was or, where more was
   * sent than the listener had read since the kernel noticed it, behind some of what follows.
   */
  private static final class Tally {

    private long next;
    private long seen;
    private long lost;
    private int gaps;
    private int late;

    /** A gap that tells of a loss right behind it. */
    private boolean told;

    /** A loss that is not told yet. */
    private boolean untold;

    void take(Event<NetlinkMessage> event) {
      if (event instanceof Event.Gap<NetlinkMessage> gap) {
        assertThat(gap.reason()).isEqualTo(Event.Reason.OVERRUN);
        gaps++;
        late += untold ? 1 : 0;
        told = !untold;
        untold = false;
      } else {
        seen(number(((Event.Notification<NetlinkMessage>) event).message()));
      }
    }

    private void seen(long number) {
      assertThat(number).as("in their order").isGreaterThanOrEqualTo(next);
      if (number > next) {
        lost(number);
      }
      told = false;
      next = number + 1;
      seen++;
    }

    private void lost(long upTo) {
      assertThat(untold).as("%d was lost, and nobody said so", next).isFalse();
      untold = !told;
      lost += upTo - next;
    }

    void end(int changes) {
      if (next < changes) {
        lost(changes);
      }
      assertThat(untold).as("something before %d was lost, and nobody said so", next).isFalse();
      assertThat(seen + lost).isEqualTo(changes);
    }

    private static long number(NetlinkMessage message) {
      long route = message.attributes(RTMSG).get(RTA_PRIORITY).u32() - 1;
      return 2 * route + (message.type() == RTM_DELROUTE ? 1 : 0);
    }

    @Override
    public String toString() {
      return seen
          + " changes seen, "
          + lost
          + " lost, told by "
          + gaps
          + " gaps, "
          + late
          + " of them late";
    }
  }
}
