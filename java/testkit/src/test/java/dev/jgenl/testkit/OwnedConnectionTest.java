package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests, dumps and events on one socket. */
class OwnedConnectionTest extends Scripted {

  private GenlConnection connection;

  @BeforeEach
  void connect() throws NetlinkException {
    connection = genl.connect();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void portIsThatWhichTheKernelSees() throws NetlinkException {
    connection.request(ask(1), GenlMessage::copy);

    assertThat(family.requests().get(0).portId()).isEqualTo(connection.portId());
  }

  @Test
  @DisplayName("T37 what the kernel sends to this socket alone arrives as events, also meanwhile")
  void eventsArriveBesideAnAnswer() throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          family.send(request.portId(), event(1));
          echo(request, answer);
          family.send(request.portId(), event(2));
        });

    assertThat(connection.request(ask(9), Scripted::number)).isEqualTo(9);
    family.send(connection.portId(), event(3));

    assertThat(events(3)).containsExactly("event 1", "event 2", "event 3");
    assertThat(connection.poll(Duration.ZERO)).isEmpty();
  }

  @Test
  void eventNamesItsFamilyAndItsGroup() throws NetlinkException {
    connection.join(demo, "events");
    notify("events", 1);
    family.send(connection.portId(), event(2));

    Event.Notification<GenlMessage> sent = notification();
    Event.Notification<GenlMessage> alone = notification();
    assertThat(sent.family()).isEqualTo("demo");
    assertThat(sent.group()).isEqualTo("events");
    assertThat(alone.family()).isEqualTo("demo");
    assertThat(alone.group()).isEmpty();
  }

  @Test
  @DisplayName("T65 an event that bears the sequence number of the request under way is an event")
  void eventWithTheSequenceOfTheRequestIsAnEvent() throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          family.send(
              request.portId(),
              e -> e.sequence(request.sequence()).message(CHANGED, a -> a.putU32(NUMBER, 666)));
          echo(request, answer);
        });

    assertThat(connection.execute(ask(1)).messages())
        .extracting(Scripted::number)
        .containsExactly(1L);
    assertThat(events(1)).containsExactly("event 666");
  }

  @Test
  @DisplayName("T65 a notification with the requester's own sequence and port is a notification")
  void notificationOfOnesOwnDoingIsANotification() throws NetlinkException {
    connection.join(demo, "events");
    family.onDo(
        COMMAND, (request, answer) -> answer.notify("events", CHANGED, a -> a.putU32(NUMBER, 5)));

    assertThat(connection.execute(ask(1)).messages()).isEmpty();
    assertThat(events(1)).containsExactly("event 5");
  }

  @Test
  @DisplayName("T65 with NLM_F_ECHO it is the answer")
  void echoedNotificationIsTheAnswer() throws NetlinkException {
    connection.join(demo, "events");
    family.onDo(
        COMMAND, (request, answer) -> answer.notify("events", CHANGED, a -> a.putU32(NUMBER, 5)));

    assertThat(connection.execute(ask(1).withFlags(NetlinkConstants.NLM_F_ECHO)).messages())
        .extracting(Scripted::number)
        .containsExactly(5L);
    assertThat(connection.poll(Duration.ZERO)).isEmpty();
  }

  @Test
  @DisplayName("T65 an event within a dump is no part of it")
  void eventWithinADumpIsNoPartOfIt() throws NetlinkException {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          echo(request, answer);
          family.send(
              request.portId(),
              e -> e.sequence(request.sequence()).message(CHANGED, a -> a.putU32(NUMBER, 5)));
          echo(request, answer);
        });

    try (Dump<GenlMessage> dump = connection.dump(ask(1))) {
      assertThat(dump.toList()).hasSize(2);
    }
    assertThat(events(1)).containsExactly("event 5");
  }

  @Test
  @DisplayName("T66 a request lets an event through to the thread that waits for it")
  void eventOfARequestReachesTheThreadThatWaits() throws Exception {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          family.send(request.portId(), event(1));
          echo(request, answer);
        });
    for (int i = 0; i < 100; i++) {
      Interruptible<String> waiting = startInterruptible(() -> show(connection.next()));
      awaitWaiting(waiting.thread());

      assertThat(connection.request(ask(i), Scripted::number)).isEqualTo(i);

      assertThat(await(waiting.future())).isEqualTo("event 1");
    }
  }

  @Test
  @DisplayName("T66 an event reaches the thread that waits while a request has no answer yet")
  void eventComesWhileARequestWaits() throws Exception {
    CountDownLatch asked = unanswered();
    Future<GenlMessage> request =
        start(() -> connection.request(ask(1).withTimeout(SOON), GenlMessage::copy));
    asked.await();
    family.send(connection.portId(), event(1));

    assertThat(timeOf(() -> assertThat(events(1)).containsExactly("event 1")))
        .isLessThan(Duration.ofSeconds(2));
    connection.close();
    assertThatThrownBy(() -> await(request)).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T45 poll waits no longer than asked while a request has no answer yet")
  void pollDoesNotWaitForARequest() throws Exception {
    CountDownLatch asked = unanswered();
    Future<GenlMessage> request =
        start(() -> connection.request(ask(1).withTimeout(SOON), GenlMessage::copy));
    asked.await();

    assertThat(timeOf(() -> assertThat(connection.poll(Duration.ZERO)).isEmpty()))
        .isLessThan(Duration.ofSeconds(2));
    assertThat(timeOf(() -> assertThat(connection.poll(Duration.ofMillis(50))).isEmpty()))
        .isBetween(Duration.ofMillis(49), Duration.ofSeconds(2));
    connection.close();
    assertThatThrownBy(() -> await(request)).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T66 an interrupt ends the wait for the request of another thread, and stays")
  void interruptEndsTheWaitForAnotherThread() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CompletableFuture<Void> read = new CompletableFuture<>();
    Future<Long> first =
        start(
            () ->
                connection.request(
                    ask(1),
                    message -> {
                      reading.countDown();
                      read.join();
                      return number(message);
                    }));
    reading.await();
    AtomicBoolean stays = new AtomicBoolean();
    Interruptible<Long> second =
        startInterruptible(
            () -> {
              try {
                return connection.request(ask(2), Scripted::number);
              } finally {
                stays.set(Thread.currentThread().isInterrupted());
              }
            });
    awaitWaiting(second.thread());

    second.thread().interrupt();

    assertThatThrownBy(() -> await(second.future()))
        .isInstanceOf(RequestInterruptedException.class);
    assertThat(stays).isTrue();
    read.complete(null);
    assertThat(await(first)).isEqualTo(1);
    assertThat(connection.request(ask(3), Scripted::number)).isEqualTo(3);
  }

  @Test
  @DisplayName("T45 an interrupt ends the wait for an event while a request has no answer yet")
  void interruptEndsTheWaitBesideARequest() throws Exception {
    CountDownLatch asked = unanswered();
    Future<GenlMessage> request =
        start(() -> connection.request(ask(1).withTimeout(SOON), GenlMessage::copy));
    asked.await();
    Interruptible<Event<GenlMessage>> waiting = startInterruptible(() -> connection.next());
    awaitWaiting(waiting.thread());
    waiting.thread().interrupt();

    assertThatThrownBy(() -> await(waiting.future(), Duration.ofSeconds(2)))
        .isInstanceOf(RequestInterruptedException.class);
    connection.close();
    assertThatThrownBy(() -> await(request)).isInstanceOf(ClosedException.class);
  }

  private CountDownLatch unanswered() {
    CountDownLatch asked = new CountDownLatch(1);
    family.onDo(
        COMMAND,
        (request, answer) -> {
          answer.unanswered();
          asked.countDown();
        });
    return asked;
  }

  @Test
  @DisplayName("T66 events in one thread, 1,000 requests in another: nothing is lost or mixed")
  void eventsAndRequestsDoNotMix() throws Exception {
    connection.join(demo, "events");
    family.onDo(
        COMMAND,
        (request, answer) -> {
          long number = request.attributes().get(NUMBER).u32();
          notify("events", 2 * number);
          echo(request, answer);
          family.send(request.portId(), event(2 * number + 1));
        });
    Future<List<Long>> heard =
        start(
            () -> {
              List<Long> numbers = new ArrayList<>();
              while (numbers.size() < 2000) {
                numbers.add(number(notification().message()));
              }
              return numbers;
            });
    List<Long> answers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      answers.add(connection.request(ask(i), Scripted::number));
    }

    assertThat(await(heard, Duration.ofSeconds(20))).isEqualTo(upTo(2000));
    assertThat(answers).isEqualTo(upTo(1000));
  }

  private static List<Long> upTo(int end) {
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < end; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @Test
  @DisplayName("T66 threads share a connection: each gets its own answers")
  void threadsGetTheirOwnAnswers() throws Exception {
    List<Future<Boolean>> all = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int base = 1000 * t;
      all.add(
          start(
              () -> {
                boolean own = true;
                for (int i = base; i < base + 100; i++) {
                  own &= connection.request(ask(i), Scripted::number) == i;
                }
                return own;
              }));
    }
    for (Future<Boolean> own : all) {
      assertThat(await(own, Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  @DisplayName("T66 a request or another dump while its dump is open is refused")
  void requestWhileADumpIsOpenIsRefused() throws Exception {
    twoMessages();
    try (Dump<GenlMessage> dump = connection.dump(ask(1))) {
      dump.next();

      assertThatThrownBy(() -> connection.request(ask(2), GenlMessage::copy))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> connection.execute(ask(2)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> connection.dump(ask(2))).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> await(start(() -> connection.execute(ask(2)))))
          .isInstanceOf(IllegalStateException.class);
      assertThat(dump.toList()).hasSize(1);
    }
    assertThat(connection.request(ask(3), Scripted::number)).isEqualTo(3);
  }

  @Test
  @DisplayName("T14 a dump that was closed half way hinders neither requests nor another dump")
  void abandonedDumpHindersNobody() throws NetlinkException {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          for (int i = 0; i < 500; i++) {
            echo(request, answer);
          }
        });
    for (int i = 0; i < 3; i++) {
      try (Dump<GenlMessage> dump = connection.dump(ask(1))) {
        dump.next();
      }
      assertThat(connection.request(ask(2), Scripted::number)).isEqualTo(2);
      try (Dump<GenlMessage> dump = connection.dump(ask(1))) {
        dump.next();
      }
      try (Dump<GenlMessage> dump = connection.dump(ask(3))) {
        assertThat(dump.toList()).hasSize(500).extracting(Scripted::number).containsOnly(3L);
      }
    }
  }

  @Test
  @DisplayName("T10 closing a dump from another thread ends its wait; the connection goes on")
  void closeOfADumpFromAnotherThread() throws Exception {
    List<FakeAnswer> held = new ArrayList<>();
    family.onDump(COMMAND, (request, answer) -> held.add(answer.unanswered()));
    try (Dump<GenlMessage> dump = connection.dump(ask(1))) {
      Interruptible<Throwable> reader = startInterruptible(() -> catchThrowable(dump::next));
      awaitWaiting(reader.thread());

      dump.close();

      assertThat(await(reader.future())).isInstanceOf(ClosedException.class);
    }
    held.get(0).done();
    assertThat(connection.<Long>request(ask(2), Scripted::number)).isEqualTo(2);
    notify(connection, 3);
    assertThat(events(1)).containsExactly("event 3");
  }

  private void notify(GenlConnection c, long number) {
    family.send(c.portId(), event(number));
  }

  @Test
  @DisplayName("T37 events behind an answer that is wrong are not lost to the next request")
  void eventsBehindAWrongAnswer() throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          echo(request, answer.portId(4711));
          notify(connection, 1);
        });
    assertThatThrownBy(() -> connection.execute(ask(1))).isInstanceOf(ProtocolException.class);
    family.onDo(COMMAND, Scripted::echo);

    assertThat(connection.<Long>request(ask(2), Scripted::number)).isEqualTo(2);
    assertThat(events(1)).containsExactly("event 1");
  }

  @Test
  @DisplayName("T07 a notification that is too long is a gap, and nothing to the request meanwhile")
  void longNotificationBesideARequest() throws NetlinkException {
    connection.join(demo, "events");
    family.onDo(
        COMMAND,
        (request, answer) -> {
          family.notify("events", n -> n.datagram(ByteBuffer.allocate(200_000)));
          echo(request, answer);
        });

    assertThat(connection.<Long>request(ask(2), Scripted::number)).isEqualTo(2);
    assertThat(events(1)).containsExactly("gap TRUNCATED");
  }

  @Test
  @DisplayName(
      "T07 an answer that is malformed fails the request, and is a gap: it may be an event")
  void malformedAnswerIsAGapAsWell() throws NetlinkException {
    family.onDo(COMMAND, (request, answer) -> answer.datagram(ByteBuffer.allocate(5)));

    assertThatThrownBy(() -> connection.execute(ask(1))).isInstanceOf(ProtocolException.class);
    assertThat(events(1)).containsExactly("gap MALFORMED");
  }

  @Test
  @DisplayName("T14 a loss in the rest of an abandoned dump is not that of the next request")
  void lossInAnAbandonedDumpIsNotThatOfTheNextRequest() throws NetlinkException {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          echo(request, answer);
          echo(request, answer);
          answer.overrun();
          echo(request, answer);
        });
    try (Dump<GenlMessage> dump = connection.dump(ask(1))) {
      dump.next();
    }

    assertThat(connection.request(ask(2), Scripted::number)).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "T67 an ACK behind an overrun: outcome unknown, a gap, and the next request is right")
  void ackBehindAnOverrun() throws NetlinkException {
    connection.join(demo, "events");
    notify("events", 1);
    family.onDo(
        COMMAND,
        (request, answer) -> {
          echo(request, answer);
          answer.overrun();
        });
    assertThatThrownBy(() -> connection.execute(ask(1)))
        .isInstanceOf(OverrunException.class)
        .hasMessageContaining("outcome is unknown");

    family.onDo(COMMAND, Scripted::echo);
    assertThat(connection.request(ask(2), Scripted::number)).isEqualTo(2);
    assertThat(events(2)).containsExactly("event 1", "gap OVERRUN");
    notify("events", 3);
    assertThat(events(1)).containsExactly("event 3");
  }

  @Test
  @DisplayName("T67 a loss before a request is sent is a gap and not the request's")
  void lossBeforeARequestIsNotItsOwn() throws NetlinkException {
    connection.join(demo, "events");
    notify("events", 1, 2, 3);
    family.notify("events", FakeAnswer::overrun);

    assertThat(connection.request(ask(2), Scripted::number)).isEqualTo(2);
    assertThat(events(4)).containsExactly("event 1", "event 2", "event 3", "gap OVERRUN");
  }

  @Test
  @DisplayName("T15 events that nobody reads take bounded memory, and a gap says what was dropped")
  void eventsThatNobodyReadsAreDropped() throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          for (int i = 0; i < 100; i++) {
            family.send(request.portId(), event(i));
          }
          echo(request, answer);
        });
    for (int i = 0; i < 100; i++) {
      connection.request(ask(i), Scripted::number);
    }

    int events = 0;
    Event<GenlMessage> event = connection.next();
    for (; event instanceof Event.Notification<GenlMessage>; event = connection.next()) {
      events++;
    }
    assertThat(events).isBetween(1000, 9999);
    assertThat(show(event)).isEqualTo("gap QUEUE_FULL");
    assertThat(connection.poll(Duration.ZERO)).isEmpty();
    family.send(connection.portId(), event(1));
    assertThat(events(1)).containsExactly("event 1");
  }

  @Test
  @DisplayName("T35 a request whose answer could not be told from an event is refused")
  void tolerantRequestIsRefused() {
    for (GenlRequest tolerant : List.of(ask(1).withAnyPort(), ask(1).withAnySequence())) {
      assertThatThrownBy(() -> connection.request(tolerant, GenlMessage::copy))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> connection.execute(tolerant))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> connection.dump(tolerant))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(family.requests()).isEmpty();
  }

  @Test
  @DisplayName("T54 a request from within a reader of the same connection: right, or refused")
  void requestWithinAReader() throws NetlinkException {
    long outer =
        connection.request(
            ask(1),
            message -> {
              try {
                assertThat(connection.request(ask(2), Scripted::number)).isEqualTo(2);
              } catch (IllegalStateException refused) {
                // As good.
              } catch (NetlinkException e) {
                throw new AssertionError(e);
              }
              return number(message);
            });

    assertThat(outer).isEqualTo(1);
    assertThat(connection.request(ask(3), Scripted::number)).isEqualTo(3);
  }

  @Test
  @DisplayName("T54 a request from where attributes of the same connection are written")
  void requestWithinAWriter() throws NetlinkException {
    GenlRequest nested =
        GenlRequest.of(
            demo,
            COMMAND,
            a -> {
              a.putU32(NUMBER, 1);
              try {
                connection.request(ask(2), Scripted::number);
              } catch (IllegalStateException refused) {
                // As good as right.
              } catch (NetlinkException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(connection.request(nested, Scripted::number)).isEqualTo(1);
    assertThat(connection.request(ask(3), Scripted::number)).isEqualTo(3);
  }

  @Test
  @DisplayName("T54 a reader that throws leaves the connection as it was")
  void readerThatThrows() throws NetlinkException {
    assertThatThrownBy(
            () ->
                connection.request(
                    ask(1),
                    m -> {
                      throw new AssertionError("reader");
                    }))
        .isInstanceOf(AssertionError.class);

    assertThat(connection.request(ask(2), Scripted::number)).isEqualTo(2);
  }

  @Test
  @DisplayName("T10 close and the close of its Genl end the wait for an event")
  void closeEndsTheWait() throws Exception {
    Interruptible<Event<GenlMessage>> waiting = startInterruptible(() -> connection.next());
    awaitWaiting(waiting.thread());
    connection.close();
    connection.close();
    assertThatThrownBy(() -> await(waiting.future())).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> connection.request(ask(1), Scripted::number))
        .isInstanceOf(ClosedException.class);

    GenlConnection second = genl.connect();
    Interruptible<Event<GenlMessage>> again = startInterruptible(second::next);
    awaitWaiting(again.thread());
    genl.close();
    assertThatThrownBy(() -> await(again.future())).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> second.join(demo, "events")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> second.poll(Duration.ZERO)).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T11 a family that is registered anew is joined anew, behind a gap")
  void familyRegisteredAnewIsJoinedAnew() throws NetlinkException {
    connection.join(demo, "events");
    kernel.unregister(family);
    kernel.registerAgain(family);

    assertThat(events(1)).containsExactly("gap RELOADED");
    notify("events", 1);
    assertThat(events(1)).containsExactly("event 1");
    assertThat(connection.request(ask(2), Scripted::number)).isEqualTo(2);
  }

  @Test
  @DisplayName("T47 leave ends the notifications of a group, also while its family is away")
  void leaveEndsTheNotifications() throws NetlinkException {
    connection.join(demo, "events");
    connection.leave(demo, "other");
    connection.leave(demo, "events");
    notify("events", 1);
    assertThat(connection.poll(Duration.ZERO)).isEmpty();

    connection.join(demo, "events");
    kernel.unregister(family);
    connection.leave(demo, "events");
    kernel.registerAgain(family);
    assertThat(connection.poll(Duration.ZERO)).isEmpty();
  }

  private List<String> events(int count) throws NetlinkException {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(show(connection.poll(SOON).orElseThrow()));
    }
    return events;
  }

  private Event.Notification<GenlMessage> notification() throws NetlinkException {
    return (Event.Notification<GenlMessage>) connection.poll(SOON).orElseThrow();
  }

  private void twoMessages() {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          echo(request, answer);
          echo(request, answer);
        });
  }

  @Test
  @DisplayName("T09 a request waits no longer than its time for others that use the connection")
  void waitForATurnHasALimit() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    family.onDo(
        CHANGED,
        (request, answer) -> {
          answer.unanswered();
          asked.countDown();
        });
    try (GenlConnection own = genl.connect()) {
      Future<Throwable> first =
          start(() -> catchThrowable(() -> own.execute(GenlRequest.of(demo, CHANGED))));
      asked.await();

      GenlRequest second = ask(1).withTimeout(Duration.ofMillis(50));
      assertThatThrownBy(() -> own.execute(second))
          .isInstanceOf(RequestTimeoutException.class)
          .hasMessageContaining("in use by other threads");
      own.close();
      assertThat(await(first)).isInstanceOf(ClosedException.class);
    }
  }
}
