package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.OverrunException;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** List, then watch: what is listed is complete, or it is said that it is not. */
class ListingTest extends Scripted {

  private static final int EBUSY = 16;

  @BeforeEach
  void script() {
    family.onDump(COMMAND, ListingTest::two);
  }

  @Override
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(300));
  }

  private static void two(FakeRequest request, FakeAnswer answer) {
    answer.message(COMMAND, a -> a.putU32(NUMBER, 1)).message(COMMAND, a -> a.putU32(NUMBER, 2));
  }

  @Test
  @DisplayName("T43 closed early, 1,000 times: sockets as before")
  void closedEarly() throws NetlinkException {
    // Of them one is for requests, and one hears of families.
    int before = 2;
    for (int i = 0; i < 1000; i++) {
      try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
        s.next();
      }
      genl.subscribe(ask(0), "events").close();
    }
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(before);
  }

  @Test
  @DisplayName("T43 two losses in one receive while listing: one list at a time")
  void lossesWhileListing() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "synchronized true");
      int listed = kernel.openSockets();
      for (int i = 0; i < 20; i++) {
        family.notify("events", n -> n.datagram(ByteBuffer.allocate(5)));
        family.notify("events", n -> n.datagram(ByteBuffer.allocate(5)));
        assertThat(shown(s, 3)).containsExactly("gap MALFORMED", "gap MALFORMED", "listed 1");
        // The one that is listed now.
        assertThat(kernel.openSockets()).isLessThanOrEqualTo(listed + 1);
        assertThat(shown(s, 2)).containsExactly("listed 2", "synchronized true");
      }
      assertThat(kernel.openSockets()).isLessThanOrEqualTo(listed);
    }
  }

  @Test
  @DisplayName("T44 a list of one message, then EBUSY: an exception, once, and it is listed again")
  void listEndsWithAnError() throws NetlinkException {
    failOnce((request, answer) -> answer.message(COMMAND, a -> a.putU32(NUMBER, 1)).error(EBUSY));
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      assertThat(shown(s, 1)).containsExactly("listed 1");
      assertThatThrownBy(() -> s.poll(SOON))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(EBUSY));

      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "synchronized true");
    }
  }

  @Test
  @DisplayName("T44 a list that is always refused: an exception once, then what is heard, and on")
  void listIsRefused() throws NetlinkException {
    kernel.clock().skipWaits();
    family.onDump(COMMAND, (request, answer) -> answer.refuse(EBUSY));
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      notify("events", 5);
      assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(KernelException.class);
      assertThat(shown(s, 1)).containsExactly("event 5");
      notify("events", 6);
      assertThat(shown(s, 1)).containsExactly("event 6");
      assertThat(s.poll(Duration.ofMinutes(1))).isEmpty();

      family.onDump(COMMAND, ListingTest::two);
      assertThat(show(s.next())).isEqualTo("listed 1");
      assertThat(shown(s, 2)).containsExactly("listed 2", "synchronized true");
    }
  }

  @Test
  @DisplayName(
      "T44 a list that is refused is tried ever less often, but at least every ten seconds")
  void refusedListIsTriedLessOften() throws NetlinkException {
    kernel.clock().skipWaits();
    family.onDump(COMMAND, (request, answer) -> answer.refuse(EBUSY));
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(KernelException.class);
      assertThat(s.poll(Duration.ofMinutes(5))).isEmpty();
      // 0.1, 0.2… 6.4 s are 12.7 s; then every 10 s.
      assertThat(kernel.requests()).hasSizeBetween(30, 50);
    }
  }

  @Test
  @DisplayName("T44 a list that fails otherwise than before is told again")
  void otherFailureIsTold() throws NetlinkException {
    kernel.clock().skipWaits();
    family.onDump(COMMAND, (request, answer) -> answer.refuse(EBUSY));
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      assertThatThrownBy(() -> s.poll(SOON)).hasMessageContaining("EBUSY");
      assertThat(s.poll(Duration.ZERO)).isEmpty();
      family.onDump(COMMAND, (request, answer) -> answer.refuse(Errno.EPERM.number()));
      assertThatThrownBy(s::next).hasMessageContaining("EPERM");
    }
  }

  @Test
  @DisplayName("T44 a list that times out")
  void listTimesOut() throws NetlinkException {
    failOnce((request, answer) -> answer.message(COMMAND, a -> a.putU32(NUMBER, 1)).unanswered());
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      assertThat(shown(s, 1)).containsExactly("listed 1");
      assertThatThrownBy(s::next).isInstanceOf(RequestTimeoutException.class);

      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "synchronized true");
    }
  }

  @Test
  @DisplayName("T44 a list that times out while it is polled in small steps")
  void listTimesOutInSmallSteps() throws NetlinkException {
    family.onDump(COMMAND, (request, answer) -> answer.unanswered());
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      assertThatThrownBy(
              () -> {
                for (; ; ) {
                  assertThat(s.poll(Duration.ofMillis(5))).isEmpty();
                }
              })
          .isInstanceOf(RequestTimeoutException.class);
    }
  }

  @Test
  @DisplayName("T44 a list that overruns")
  void listOverruns() throws NetlinkException {
    failOnce(
        (request, answer) ->
            answer.message(COMMAND, a -> a.putU32(NUMBER, 1)).overrun().unanswered());
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      assertThat(shown(s, 1)).containsExactly("listed 1");
      assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(OverrunException.class);

      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "synchronized true");
    }
  }

  @Test
  @DisplayName("T44 a list for which there is no socket")
  void listWithoutASocket() throws Exception {
    try (GenlSubscription s = genl.subscribe(ask(0), "events");
        GenlSubscription other = genl.subscribe(ask(0), "events")) {
      // It has the socket that was there.
      other.next();
      kernel.refuseSockets(24, Integer.MAX_VALUE);
      assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(KernelException.class);
      assertThat(s.poll(Duration.ZERO)).isEmpty();
      kernel.refuseSockets(24, 0);

      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "synchronized true");
    }
  }

  @Test
  @DisplayName("T44 a family that is away while it is to be listed")
  void listOfAFamilyThatIsAway() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      kernel.unregister(family);
      assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(NetlinkException.class);
      kernel.registerAgain(family);

      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "synchronized true");
      assertThat(shown(s, 1)).containsExactly("gap RELOADED");
      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "synchronized true");
      notify("events", 5);
      assertThat(shown(s, 1)).containsExactly("event 5");
    }
  }

  @Test
  @DisplayName("T45 poll(0) returns at once while listing, poll(t) within t")
  void pollWhileListing() throws Exception {
    family.onDump(COMMAND, (request, answer) -> answer.unanswered());
    try (Genl patient = kernel.open();
        GenlSubscription s = patient.subscribe(ask(0), "events")) {
      assertThat(timeOf(() -> assertThat(s.poll(Duration.ZERO)).isEmpty()))
          .isLessThan(Duration.ofSeconds(2));
      assertThat(timeOf(() -> assertThat(s.poll(Duration.ofMillis(50))).isEmpty()))
          .isBetween(Duration.ofMillis(49), Duration.ofSeconds(2));
    }
  }

  @Test
  @DisplayName("T45 poll waits no longer than asked for a list whose family is not answered for")
  void pollWhileResolving() throws Exception {
    try (Genl patient = kernel.open();
        GenlSubscription s = patient.subscribe(ask(0), "events")) {
      kernel.controller().onDo(GETFAMILY, (request, answer) -> answer.unanswered());
      kernel.unregister(family);
      kernel.registerAgain(family);

      assertThat(timeOf(() -> assertThat(s.poll(Duration.ZERO)).isEmpty()))
          .isLessThan(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("T45 close, of it or of its Genl, ends the wait for a list")
  void closeEndsTheWaitForAList(boolean whole) throws Exception {
    CountDownLatch asked = unanswered();
    try (Genl patient = kernel.open();
        GenlSubscription s = patient.subscribe(ask(0), "events")) {
      Interruptible<Event<GenlMessage>> waiting = startInterruptible(s::next);
      asked.await();
      awaitWaiting(waiting.thread());
      if (whole) {
        patient.close();
      } else {
        s.close();
      }
      assertThatThrownBy(() -> await(waiting.future(), Duration.ofSeconds(2)))
          .isInstanceOf(ClosedException.class);
    }
  }

  @Test
  @DisplayName("T45 an interrupt ends the wait for a list, and the next call lists again")
  void interruptEndsTheWaitForAList() throws Exception {
    CountDownLatch asked = unanswered();
    try (Genl patient = kernel.open();
        GenlSubscription s = patient.subscribe(ask(0), "events")) {
      Interruptible<Event<GenlMessage>> waiting = startInterruptible(s::next);
      asked.await();
      waiting.thread().interrupt();
      assertThatThrownBy(() -> await(waiting.future(), Duration.ofSeconds(2)))
          .isInstanceOf(RequestInterruptedException.class);

      family.onDump(COMMAND, ListingTest::two);
      assertThat(shown(s, 3)).containsExactly("listed 1", "listed 2", "synchronized true");
    }
  }

  private CountDownLatch unanswered() {
    CountDownLatch asked = new CountDownLatch(1);
    family.onDump(
        COMMAND,
        (request, answer) -> {
          answer.unanswered();
          asked.countDown();
        });
    return asked;
  }

  @Test
  @DisplayName("T46 a list that is always inconsistent fails each time, where that is the policy")
  void inconsistentListFails() throws NetlinkException {
    alwaysInterrupted();
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      for (int i = 0; i < 3; i++) {
        assertThat(shown(s, 1)).containsExactly("listed 1");
        assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(DumpInterruptedException.class);
      }
    }
  }

  @Test
  @DisplayName("T46 a list that is always inconsistent is listed again so often, then fails")
  void inconsistentListIsListedAgain() throws NetlinkException {
    alwaysInterrupted();
    try (Genl persistent = kernel.open(options().withDumpPolicy(DumpPolicy.retry(2)));
        GenlSubscription s = persistent.subscribe(ask(0), "events")) {
      for (int i = 0; i < 2; i++) {
        assertThat(shown(s, 5))
            .containsExactly(
                "listed 1", "gap LIST_CHANGED", "listed 1", "gap LIST_CHANGED", "listed 1");
        assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(DumpInterruptedException.class);
      }
    }
  }

  @Test
  @DisplayName("T46 a list that is always inconsistent is marked, where that is the policy")
  void inconsistentListIsMarked() throws NetlinkException {
    alwaysInterrupted();
    try (Genl lenient = kernel.open(options().withDumpPolicy(DumpPolicy.mark()));
        GenlSubscription s = lenient.subscribe(ask(0), "events")) {
      assertThat(shown(s, 2)).containsExactly("listed 1", "synchronized false");
      assertThat(s.poll(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  @DisplayName("T46 only the end is marked")
  void onlyTheEndIsMarked() throws NetlinkException {
    family.onDump(
        COMMAND,
        (request, answer) ->
            answer
                .message(COMMAND, a -> a.putU32(NUMBER, 1))
                .flags(NetlinkConstants.NLM_F_DUMP_INTR)
                .done());
    try (GenlSubscription s = genl.subscribe(ask(0), "events")) {
      assertThat(shown(s, 1)).containsExactly("listed 1");
      assertThatThrownBy(() -> s.poll(SOON)).isInstanceOf(DumpInterruptedException.class);
    }
  }

  private void alwaysInterrupted() {
    family.onDump(
        COMMAND,
        (request, answer) ->
            answer
                .flags(NetlinkConstants.NLM_F_DUMP_INTR)
                .message(COMMAND, a -> a.putU32(NUMBER, 1)));
  }

  private void failOnce(FakeFamily.Script failure) {
    boolean[] failed = new boolean[1];
    family.onDump(
        COMMAND,
        (request, answer) -> {
          if (failed[0]) {
            two(request, answer);
          } else {
            failed[0] = true;
            failure.run(request, answer);
          }
        });
  }

  private static List<String> shown(GenlSubscription s, int count) throws NetlinkException {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shown.add(show(s.poll(SOON).orElseThrow()));
    }
    return shown;
  }
}
