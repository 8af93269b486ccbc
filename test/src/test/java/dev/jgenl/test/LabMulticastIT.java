package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.Event.Gap;
import dev.jgenl.Event.Listed;
import dev.jgenl.Event.Notification;
import dev.jgenl.Event.Synchronized;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.transport.Errno;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Notifications: groups, bursts and losses. */
@Tag("vm")
@Timeout(60)
class LabMulticastIT {

  private static final int EVENTS = 0;
  private static final int OTHER = 1;

  private Genl genl;
  private GenlFamily lab;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open(NetlinkOptions.DEFAULTS.withReceiveBuffer(64 * 1024));
    lab = genl.family(Lab.NAME);
  }

  @AfterEach
  void close() {
    genl.close();
  }

  @Test
  @DisplayName("T18 a burst larger than the receive buffer is a gap, and the subscription goes on")
  void burstBeyondTheBufferIsAGap() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(lab, "events")) {
      Lab.burst(genl, EVENTS, 2000, 100);
      List<Event<GenlMessage>> events = Events.drain(s::poll);
      List<Integer> before = Lab.indices(events);

      assertThat(before).hasSizeBetween(1, 1999).isEqualTo(range(before.size()));
      assertThat(events).hasSize(before.size() + 1);
      assertThat(events.get(events.size() - 1)).isInstanceOf(Gap.class);
      for (int i = 0; i < 3; i++) {
        Lab.burst(genl, EVENTS, 10, 100);
        List<Event<GenlMessage>> after = Events.drain(s::poll);
        assertThat(after).hasSize(10).hasOnlyElementsOfType(Notification.class);
        assertThat(Lab.indices(after)).isEqualTo(range(10));
      }
    }
  }

  @Test
  @DisplayName("T18 each loss is one gap, and what is listed after it is complete")
  void everyLossIsListedAnew() throws NetlinkException {
    GenlRequest list = Lab.request(genl, Lab.DUMP, a -> a.putU32(Lab.COUNT, 5));
    try (GenlSubscription s = genl.subscribe(list, "events")) {
      assertListed(Events.drain(s::poll));
      for (int i = 0; i < 3; i++) {
        Lab.burst(genl, EVENTS, 2000, 100);
        List<Event<GenlMessage>> events = Events.drain(s::poll);
        int lost = Lab.indices(events).size();

        assertThat(events.get(lost)).isInstanceOf(Gap.class);
        assertListed(events.subList(lost + 1, events.size()));
      }
    }
  }

  @Test
  @DisplayName("T20 requests go on during a burst that a subscription of the same Genl misses")
  void requestsGoOnDuringABurst() throws Exception {
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try (Genl other = Genl.open(NetlinkOptions.DEFAULTS);
        GenlSubscription s = genl.subscribe(lab, "events")) {
      Future<?> burst =
          sender.submit(
              () -> {
                Lab.burst(other, EVENTS, 100_000, 500);
                return null;
              });
      int during = 0;
      while (!burst.isDone()) {
        assertThat(Lab.echo(genl, during)).isEqualTo(during);
        during++;
      }
      burst.get();

      assertThat(during).isGreaterThan(10);
      assertThat(Events.drain(s::poll)).hasAtLeastOneElementOfType(Gap.class);
    } finally {
      sender.shutdownNow();
    }
  }

  @Test
  @DisplayName("T19 a group whose number is above 32 is joined by name")
  void groupAbove32() throws NetlinkException {
    assertThat(lab.groups()).hasSize(40);
    assertThat(lab.group("g39").orElseThrow().id()).isGreaterThan(32);
    try (GenlSubscription s = genl.subscribe(lab, "g39")) {
      Lab.burst(genl, 38, 1, 0);
      Lab.burst(genl, 39, 3, 0);

      assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0, 1, 2);
    }
  }

  @Test
  @DisplayName("T19 all 40 groups on one subscription")
  void allGroups() throws NetlinkException {
    String[] names = lab.groups().stream().map(g -> g.name()).toArray(String[]::new);
    try (GenlSubscription s = genl.subscribe(lab, names)) {
      for (int group = 0; group < 40; group++) {
        Lab.burst(genl, group, 1, group);
      }
      List<Event<GenlMessage>> events = Events.drain(s::poll);

      assertThat(events).hasSize(40);
      for (int group = 0; group < 40; group++) {
        Lab.assertMessage(((Notification<GenlMessage>) events.get(group)).message(), 0, 1, group);
      }
    }
  }

  @Test
  @DisplayName("T19 a group that was left is silent, the others are not")
  void leftGroupIsSilent() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(lab, "events", "other")) {
      s.leave(lab, "events");
      Lab.burst(genl, EVENTS, 5, 0);
      Lab.burst(genl, OTHER, 2, 0);
      assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0, 1);

      s.join(lab, "events");
      Lab.burst(genl, EVENTS, 3, 0);
      assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0, 1, 2);
    }
  }

  @Test
  @DisplayName("T19 two families on one subscription")
  void twoFamilies() throws Exception {
    try (GenlSubscription s = genl.subscribe(genl.family("nlctrl"), "notify")) {
      s.join(lab, "events");
      Lab.burst(genl, EVENTS, 1, 0);
      Lab.remove("gnl_foobar_xmpl");
      Lab.insert("gnl_foobar_xmpl");
      List<Integer> families =
          Events.drain(s::poll).stream()
              .filter(Notification.class::isInstance)
              .map(e -> ((Notification<GenlMessage>) e).message().familyId())
              .toList();

      assertThat(families).contains(lab.id(), 16);
    }
  }

  @Test
  @DisplayName("T19 a group that does not exist is ENOENT")
  void unknownGroup() {
    assertThatThrownBy(() -> genl.subscribe(lab, "g40"))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.ENOENT));
  }

  @Test
  @DisplayName("T19 sequence number and port of a notification are whatever the sender chose")
  void sequenceAndPortDoNotMatter() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(lab, "events")) {
      genl.execute(
          Lab.request(
              genl,
              Lab.BURST,
              a -> a.putU32(Lab.SEQ, 0xdeadbeefL).putU32(Lab.PORTID, 0xfffffffeL)));
      GenlMessage message = ((Notification<GenlMessage>) s.next()).message();

      assertThat(message.sequence()).isEqualTo(0xdeadbeef);
      assertThat(message.command()).isEqualTo(Lab.NOTIFY);
    }
  }

  @Test
  @DisplayName("T07 a notification of 60,000 bytes arrives whole")
  void largestNotification() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(lab, "events")) {
      Lab.burst(genl, EVENTS, 1, 60_000);

      Lab.assertMessage(((Notification<GenlMessage>) s.next()).message(), 0, 1, 60_000);
    }
  }

  private static void assertListed(List<Event<GenlMessage>> events) {
    assertThat(events).hasSize(6);
    assertThat(events.subList(0, 5)).hasOnlyElementsOfType(Listed.class);
    assertThat(events.get(5)).isInstanceOf(Synchronized.class);
  }

  private static List<Integer> range(int size) {
    return IntStream.range(0, size).boxed().toList();
  }
}
