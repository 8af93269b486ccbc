package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Notifications, their loss, and what closes the gap. */
class SubscriptionTest {

  private static final int CHANGED = 7;
  private static final int LIST = 3;
  private static final int NUMBER = 1;
  private static final Duration SOON = Duration.ofSeconds(2);

  private final FakeKernel kernel = new FakeKernel();
  private final FakeFamily family = kernel.family("demo").group("events").group("other");
  private Genl genl;
  private GenlFamily demo;

  @BeforeEach
  void open() throws NetlinkException {
    genl = kernel.open();
    demo = genl.family("demo");
  }

  @AfterEach
  void close() {
    genl.close();
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  void notificationsComeInTheirOrder() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      notify("events", 1, 2, 3);

      assertThat(numbers(s, 3)).containsExactly(1L, 2L, 3L);
      assertThat(s.poll(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void pollWaitsNoLongerThanAsked() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      long start = System.nanoTime();

      assertThat(s.poll(Duration.ofMillis(50))).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(49), Duration.ofSeconds(2));
    }
  }

  @Test
  @DisplayName("T19 a group that does not exist is ENOENT and leaves no socket behind")
  void unknownGroupIsRefused() {
    assertThatThrownBy(() -> genl.subscribe(demo, "nobody"))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("ENOENT")
        .hasMessageContaining("nobody");
  }

  @Test
  @DisplayName("T19 several groups and families on one subscription, joined and left")
  void groupsAreJoinedAndLeft() throws NetlinkException {
    FakeFamily second = kernel.family("second").group("events");
    try (GenlSubscription s = genl.subscribe(demo, "events", "other")) {
      s.join(genl.family("second"), "events");
      notify("events", 1);
      notify("other", 2);
      second.notify("events", n -> n.message(CHANGED, a -> a.putU32(NUMBER, 3)));
      assertThat(numbers(s, 3)).containsExactly(1L, 2L, 3L);

      s.leave(demo, "other");
      notify("other", 4);
      notify("events", 5);
      assertThat(numbers(s, 1)).containsExactly(5L);
    }
  }

  @Test
  @DisplayName("T19 sequence number and port of a notification do not matter")
  void sequenceAndPortDoNotMatter() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      family.notify(
          "events", n -> n.sequence(4711).portId(99).message(CHANGED, a -> a.putU32(NUMBER, 1)));

      assertThat(numbers(s, 1)).containsExactly(1L);
    }
  }

  @Test
  @DisplayName("T05 a notification of another process is dropped")
  void notificationOfAnotherProcessIsDropped() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      family.notify("events", n -> n.sender(4711).message(CHANGED, a -> a.putU32(NUMBER, 666)));
      notify("events", 1);

      assertThat(numbers(s, 1)).containsExactly(1L);
    }
  }

  @Test
  @DisplayName("T18 a loss is one gap behind what was queued, and the subscription goes on")
  void lossIsOneGap() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      notify("events", 1, 2);
      family.notify("events", FakeAnswer::overrun);
      notify("events", 3);

      assertThat(numbers(s, 2)).containsExactly(1L, 2L);
      assertGap(s, Event.Reason.OVERRUN);
      assertThat(s.poll(Duration.ZERO)).isEmpty();
      notify("events", 4);
      assertThat(numbers(s, 1)).containsExactly(4L);
    }
  }

  @Test
  @DisplayName("T07 a notification that does not fit is a gap, and the next of its size fits")
  void truncatedNotificationIsAGap() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      family.notify("events", n -> n.datagram(large()));
      assertGap(s, Event.Reason.TRUNCATED);

      family.notify("events", n -> n.datagram(large()));
      assertThat(s.poll(SOON)).get().isInstanceOf(Event.Notification.class);
    }
  }

  @Test
  void malformedNotificationIsAGap() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      family.notify("events", n -> n.datagram(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})));

      assertGap(s, Event.Reason.MALFORMED);
    }
  }

  @Test
  @DisplayName("T18 list and watch leave no hole, and a gap lists again")
  void listAndWatch() throws NetlinkException {
    family.onDump(
        LIST,
        (request, answer) -> {
          // While it is listed something happens: it must not be missed.
          notify("events", 100);
          answer.message(LIST, a -> a.putU32(NUMBER, 1)).message(LIST, a -> a.putU32(NUMBER, 2));
        });
    try (GenlSubscription s = genl.subscribe(GenlRequest.of(demo, LIST), "events")) {
      assertThat(shown(s, 4)).containsExactly("listed 1", "listed 2", "synchronized", "event 100");

      family.notify("events", FakeAnswer::overrun);
      assertThat(shown(s, 5))
          .containsExactly("gap", "listed 1", "listed 2", "synchronized", "event 100");
    }
  }

  @Test
  @DisplayName("T12 an inconsistent list is listed again where that is the policy")
  void inconsistentListIsListedAgain() throws NetlinkException {
    interruptFirstList();
    try (Genl patient = open(DumpPolicy.retry(1));
        GenlSubscription s = patient.subscribe(GenlRequest.of(demo, LIST), "events")) {
      assertThat(shown(s, 1)).containsExactly("listed 1");
      assertGap(s, Event.Reason.LIST_CHANGED);
      assertThat(shown(s, 2)).containsExactly("listed 1", "synchronized");
    }
  }

  @Test
  @DisplayName("T12 an inconsistent list fails once, and the next call lists again")
  void inconsistentListFailsOnce() throws NetlinkException {
    interruptFirstList();
    try (GenlSubscription s = genl.subscribe(GenlRequest.of(demo, LIST), "events")) {
      assertThat(shown(s, 1)).containsExactly("listed 1");
      assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(DumpInterruptedException.class);
      assertThat(shown(s, 2)).containsExactly("listed 1", "synchronized");
    }
  }

  @Test
  @DisplayName("T12 an inconsistent list is marked where that is the policy")
  void inconsistentListIsMarked() throws NetlinkException {
    interruptFirstList();
    try (Genl lenient = open(DumpPolicy.mark());
        GenlSubscription s = lenient.subscribe(GenlRequest.of(demo, LIST), "events")) {
      assertThat(shown(s, 1)).containsExactly("listed 1");
      assertThat(s.poll(SOON)).contains(new Event.Synchronized<>(false));
    }
  }

  private void interruptFirstList() {
    int[] times = new int[1];
    family.onDump(
        LIST,
        (request, answer) -> {
          if (times[0]++ == 0) {
            answer.flags(NetlinkConstants.NLM_F_DUMP_INTR);
          }
          answer.message(LIST, a -> a.putU32(NUMBER, 1));
        });
  }

  private Genl open(DumpPolicy policy) throws NetlinkException {
    return kernel.open(NetlinkOptions.DEFAULTS.withDumpPolicy(policy));
  }

  @Test
  @DisplayName("T11 a family that is registered anew is joined anew, behind a gap")
  void familyRegisteredAnewIsJoinedAnew() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      kernel.unregister(family);
      assertThat(s.poll(Duration.ofMillis(50))).isEmpty();
      FakeFamily again = kernel.registerAgain(family);

      assertGap(s, Event.Reason.RELOADED);
      again.notify("events", n -> n.message(CHANGED, a -> a.putU32(NUMBER, 1)));
      assertThat(numbers(s, 1)).containsExactly(1L);
    }
  }

  @Test
  @DisplayName("T10 close from another thread ends the wait")
  void closeEndsTheWait() throws Exception {
    GenlSubscription s = genl.subscribe(demo, "events");
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new AssertionError(s.next().toString());
              } catch (NetlinkException e) {
                return e;
              }
            });
    s.close();
    s.close();

    assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T10 an interrupt ends the wait")
  void interruptEndsTheWait() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(s::next).isInstanceOf(RequestInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void publisherDeliversNoMoreThanWasRequested() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    CompletableFuture<Flow.Subscription> demand = new CompletableFuture<>();
    try (GenlSubscription s = genl.subscribe(demo, "events")) {
      s.publisher(executor).subscribe(new Recorder(seen, demand));
      notify("events", 1, 2, 3);

      demand.get().request(2);
      assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("event 1");
      assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("event 2");
      assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).isNull();
      demand.get().request(2);
      assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("event 3");
    } finally {
      executor.shutdown();
    }
    assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("complete");
    assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
  }

  private record Recorder(BlockingQueue<String> seen, CompletableFuture<Flow.Subscription> demand)
      implements Flow.Subscriber<Event<GenlMessage>> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      demand.complete(subscription);
    }

    @Override
    public void onNext(Event<GenlMessage> event) {
      seen.add(show(event));
    }

    @Override
    public void onError(Throwable error) {
      seen.add(error.toString());
    }

    @Override
    public void onComplete() {
      seen.add("complete");
    }
  }

  private void notify(String group, long... numbers) {
    for (long number : numbers) {
      family.notify(group, n -> n.message(CHANGED, a -> a.putU32(NUMBER, number)));
    }
  }

  private ByteBuffer large() {
    int length = 100_000;
    ByteBuffer message = ByteBuffer.allocate(length).order(java.nio.ByteOrder.nativeOrder());
    return message.putInt(0, length).putShort(4, (short) family.id());
  }

  private static void assertGap(GenlSubscription s, Event.Reason reason) throws NetlinkException {
    assertThat(s.poll(SOON))
        .get()
        .isInstanceOfSatisfying(
            Event.Gap.class,
            gap -> {
              assertThat(gap.reason()).isEqualTo(reason);
              assertThat(gap.text()).isNotEmpty();
            });
  }

  private static List<Long> numbers(GenlSubscription s, int count) throws NetlinkException {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Event<GenlMessage> event = s.poll(SOON).orElseThrow();
      numbers.add(number(((Event.Notification<GenlMessage>) event).message()));
    }
    return numbers;
  }

  private static List<String> shown(GenlSubscription s, int count) throws NetlinkException {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shown.add(show(s.poll(SOON).orElseThrow()));
    }
    return shown;
  }

  private static String show(Event<GenlMessage> event) {
    if (event instanceof Event.Notification<GenlMessage> n) {
      return "event " + number(n.message());
    }
    if (event instanceof Event.Listed<GenlMessage> l) {
      return "listed " + number(l.message());
    }
    return event instanceof Event.Gap<GenlMessage> ? "gap" : "synchronized";
  }

  private static long number(GenlMessage message) {
    return message.attributes().get(NUMBER).u32();
  }
}
