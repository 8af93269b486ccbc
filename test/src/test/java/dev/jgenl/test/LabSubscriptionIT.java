package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.Event.Gap;
import dev.jgenl.Event.Listed;
import dev.jgenl.Event.Notification;
import dev.jgenl.Event.Reason;
import dev.jgenl.Event.Synchronized;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscriptions whose module comes and goes, whose lists fail, and that lack descriptors. */
@Tag("vm")
@Timeout(60)
class LabSubscriptionIT {

  private static final String[] GROUPS = {"events", "other", "g39"};
  private static final int[] NUMBERS = {0, 1, 39};

  private Genl genl;
  private GenlFamily lab;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open();
    lab = genl.family(Lab.NAME);
  }

  @AfterEach
  void close() throws NetlinkException {
    Lab.assertUsable(genl);
    genl.close();
  }

  @Test
  @DisplayName("T41 all groups of a family deliver after a reload that the reader did not await")
  void allGroupsDeliverAfterAReload() throws Exception {
    try (GenlSubscription s = genl.subscribe(lab, GROUPS)) {
      for (int reloads = 1; reloads <= 2; reloads++) {
        for (int i = 0; i < reloads; i++) {
          reload();
        }
        burstToEach();
        List<Event<GenlMessage>> events = Events.drain(s::poll);

        assertThat(events)
            .hasSizeBetween(1, reloads)
            .allSatisfy(e -> isReload((Gap<GenlMessage>) e));
        burstToEach();
        events = Events.drain(s::poll);
        assertThat(events).hasSize(6).hasOnlyElementsOfType(Notification.class);
        assertThat(events)
            .extracting(e -> ((Notification<GenlMessage>) e).group())
            .containsExactly("events", "events", "other", "other", "g39", "g39");
        assertThat(events)
            .extracting(e -> ((Notification<GenlMessage>) e).family())
            .containsOnly(Lab.NAME);
      }
    }
  }

  @Test
  @DisplayName("T41 what was queued before a reload comes before the gap")
  void queuedNotificationsComeBeforeTheGap() throws Exception {
    try (GenlSubscription s = genl.subscribe(lab, GROUPS)) {
      burstToEach();
      reload();
      List<Event<GenlMessage>> events = Events.drain(s::poll);

      assertThat(events).hasSize(7);
      assertThat(events.subList(0, 6)).hasOnlyElementsOfType(Notification.class);
      assertThat(events.get(6)).isInstanceOf(Gap.class);
    }
  }

  @Test
  @DisplayName("T41 T44 a list is complete after each reload, and not before")
  void listIsCompleteAfterEachReload() throws Exception {
    GenlRequest list = GenlRequest.of(lab, Lab.DUMP, a -> a.putU32(Lab.COUNT, 3));
    try (GenlSubscription s = genl.subscribe(list, GROUPS)) {
      assertListed(Events.drain(s::poll));
      for (int i = 0; i < 2; i++) {
        Lab.remove(Lab.NAME);
        assertThat(s.poll(Duration.ofMillis(50))).isEmpty();
        Lab.insert(Lab.NAME);
        burstToEach();
        List<Event<GenlMessage>> events = Events.drain(s::poll);
        assertThat(events.get(0)).isInstanceOfSatisfying(Gap.class, this::isReload);
        assertListed(events.subList(1, events.size()));
        burstToEach();
        assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0, 1, 0, 1, 0, 1);
      }
    }
  }

  @Test
  @DisplayName("T47 left while the module is away: silent when it is back; the others deliver")
  void leftWhileTheModuleIsAway() throws Exception {
    try (GenlSubscription s = genl.subscribe(lab, GROUPS)) {
      Lab.remove(Lab.NAME);
      s.leave(lab, "other");
      Lab.insert(Lab.NAME);
      assertThat(Events.drain(s::poll)).hasSize(1);
      burstToEach();

      assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0, 1, 0, 1);
    }
  }

  @Test
  @DisplayName("T43 T53 a list subscription closed early, 1,000 times, leaves no descriptor")
  void closedEarlyLeavesNoDescriptor() throws Exception {
    GenlFamily controller = genl.family("nlctrl");
    GenlRequest list = GenlRequest.of(controller, 3);
    genl.subscribe(list, "notify").close();
    long before = Descriptors.count();
    for (int i = 0; i < 1000; i++) {
      try (GenlSubscription s = genl.subscribe(list, "notify")) {
        assertThat(s.next()).isInstanceOf(Listed.class);
      }
    }
    // The JVM opens a few files of its own.
    assertThat(Descriptors.count()).isLessThan(before + 10);
  }

  @Test
  @DisplayName("T42 a rejoin that lacks a descriptor says so once, and is tried until it succeeds")
  void rejoinIsTriedUntilItSucceeds() throws Exception {
    try (Descriptors descriptors = Descriptors.limited();
        GenlSubscription s = genl.subscribe(lab, GROUPS)) {
      for (boolean shortage : new boolean[] {false, true}) {
        reload();
        spoilPool();
        if (shortage) {
          descriptors.leave(0);
          Event<GenlMessage> gap = s.poll(Duration.ofSeconds(2)).orElse(null);
          // The next may wait for the end of the shortage, and must not repeat itself.
          var more = s.poll(Duration.ofMillis(250));
          descriptors.free();
          assertThat(gap)
              .isInstanceOfSatisfying(
                  Gap.class, g -> assertThat(g.reason()).isEqualTo(Reason.NOT_REJOINED));
          assertThat(more).isEmpty();
        }
        assertThat(s.next()).isInstanceOfSatisfying(Gap.class, this::isReload);
        burstToEach();
        assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0, 1, 0, 1, 0, 1);
      }
    }
  }

  @Test
  @DisplayName("T44 a list that lacks a descriptor fails once, and is begun again")
  void listThatLacksADescriptorIsBegunAgain() throws Exception {
    GenlRequest list = GenlRequest.of(lab, Lab.DUMP, a -> a.putU32(Lab.COUNT, 3));
    try (Descriptors descriptors = Descriptors.limited()) {
      for (boolean shortage : new boolean[] {false, true}) {
        try (GenlSubscription s = genl.subscribe(list, "events")) {
          if (shortage) {
            spoilPool();
            descriptors.leave(0);
            NetlinkException failure = failure(s);
            // It is tried again, which fails as before. To wait for that would take a descriptor.
            boolean told = false;
            for (int i = 0; i < 25; i++) {
              told |= s.poll(Duration.ZERO).isPresent();
              Thread.sleep(10);
            }
            descriptors.free();
            assertThat(failure).hasMessageContaining("EMFILE");
            assertThat(told).isFalse();
          }
          assertListed(Events.drain(s::poll));
        }
      }
    }
  }

  private static NetlinkException failure(GenlSubscription s) {
    try {
      throw new AssertionError(s.next().toString());
    } catch (NetlinkException e) {
      return e;
    }
  }

  /** A request without an answer: its connection is closed, so that no idle one is left. */
  private void spoilPool() throws NetlinkException {
    GenlRequest unanswered =
        Lab.request(genl, Lab.FAIL, a -> a.putU32(Lab.ERRNO, 4)).withTimeout(Duration.ofMillis(20));
    try {
      genl.execute(unanswered);
      throw new AssertionError("an answer");
    } catch (RequestTimeoutException e) {
      // That was awaited.
    }
  }

  private void isReload(Gap<?> gap) {
    assertThat(gap.reason()).isEqualTo(Reason.RELOADED);
    assertThat(gap.text()).contains(Lab.NAME);
  }

  private void burstToEach() throws NetlinkException {
    for (int group : NUMBERS) {
      Lab.burst(genl, group, 2, 0);
    }
  }

  private static void reload() throws Exception {
    Lab.remove(Lab.NAME);
    Lab.insert(Lab.NAME);
  }

  private static void assertListed(List<Event<GenlMessage>> events) {
    assertThat(events).hasSize(4);
    assertThat(events.subList(0, 3)).hasOnlyElementsOfType(Listed.class);
    assertThat(events.get(3)).isInstanceOf(Synchronized.class);
  }
}
