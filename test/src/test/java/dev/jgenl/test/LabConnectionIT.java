package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.Event.Gap;
import dev.jgenl.Event.Notification;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.OverrunException;
import dev.jgenl.Reply;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.wire.AttributeWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events, notifications and answers on one socket. */
@Tag("vm")
@Timeout(60)
class LabConnectionIT {

  private static final int NLM_F_ECHO = 8;
  private static final int EVENTS = 0;

  private Genl genl;
  private Genl other;
  private GenlFamily lab;
  private GenlConnection connection;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open(NetlinkOptions.DEFAULTS.withReceiveBuffer(1));
    other = Genl.open();
    lab = genl.family(Lab.NAME);
    connection = genl.connect();
  }

  @AfterEach
  void close() throws NetlinkException {
    Lab.assertUsable(genl);
    genl.close();
    other.close();
  }

  @Test
  @DisplayName("T65 an event that bears the sequence number of the request under way is an event")
  void eventWithTheSequenceOfTheRequest() throws NetlinkException {
    connection.execute(request(Lab.REGISTER));
    Reply<GenlMessage> reply = connection.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3)));

    assertThat(reply.messages()).isEmpty();
    assertEvents(Events.drain(connection::poll), "", 0, 1, 2);
    assertAnswers();
  }

  @Test
  @DisplayName("T65 events of any sequence number are events, before and between requests")
  void eventsOfAnySequence() throws NetlinkException {
    connection.execute(request(Lab.REGISTER));
    for (long sequence : new long[] {0, 1, 2, 1000, 0x7fffffffL, 0x80000000L, 0xffffffffL}) {
      other.execute(request(Lab.EVENT, a -> a.putFlag(Lab.ABSOLUTE).putU32(Lab.SEQ, sequence)));
      assertAnswers();
      assertEvents(Events.drain(connection::poll), "", 0);
    }
    connection.execute(request(Lab.DEREGISTER));
    other.execute(request(Lab.EVENT));
    Events.assertNone(connection::poll);
  }

  @Test
  @DisplayName(
      "T65 T09 a request that gets events only is a timeout that says so; they are not lost")
  void requestThatGetsEventsOnly() throws NetlinkException {
    connection.execute(request(Lab.REGISTER));
    GenlRequest unanswered =
        request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 2))
            .withoutAck()
            .withTimeout(Duration.ofMillis(100));

    assertThatThrownBy(() -> connection.execute(unanswered))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("port 0");
    assertEvents(Events.drain(connection::poll), "", 0, 1);
    assertAnswers();
  }

  @Test
  @DisplayName("T37 T65 events on a request's socket disturb no request, batch, dump or resolution")
  void eventsOnAPooledSocket() throws NetlinkException {
    for (int i = 0; i < 3; i++) {
      genl.execute(request(Lab.REGISTER));
      // To the socket that asks, too.
      assertThat(genl.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3))).messages())
          .isEmpty();
      genl.execute(request(Lab.REGISTER));
      other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3)));
      assertThat(genl.family(Lab.HDR_NAME).name()).isEqualTo(Lab.HDR_NAME);
      genl.execute(request(Lab.REGISTER));
      other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3)));
      assertThat(Lab.echo(genl, i)).isEqualTo(i);
      genl.execute(request(Lab.REGISTER));
      other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3)));
      GenlRequest echo = request(Lab.ECHO, a -> a.putU32(Lab.V_U32, 9));
      for (var outcome : genl.batch(List.of(echo, echo.withoutAck(), echo))) {
        assertThat(outcome.get().messages()).hasSize(1);
      }
      genl.execute(request(Lab.REGISTER));
      other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3)));
      try (Dump<GenlMessage> dump = genl.dump(dump(4))) {
        assertThat(dump.toList()).extracting(Lab::index).containsExactly(0, 1, 2, 3);
      }
    }
  }

  @Test
  @DisplayName("T65 what a request changes is a notification to a member, before its ACK")
  void changeIsANotificationToAMember() throws NetlinkException {
    connection.join(lab, "events");
    for (int i = 0; i < 3; i++) {
      Reply<GenlMessage> reply =
          connection.execute(request(Lab.CHANGE, a -> a.putU32(Lab.COUNT, 3)));

      assertThat(reply.messages()).isEmpty();
      assertEvents(Events.drain(connection::poll), "events", 0, 1, 2);
      assertAnswers();
    }
    connection.leave(lab, "events");
    assertThat(connection.execute(request(Lab.CHANGE)).messages()).isEmpty();
    Events.assertNone(connection::poll);
  }

  @Test
  @DisplayName("T65 with NLM_F_ECHO what a request changes is its answer, and once")
  void echoOfAChangeIsTheAnswer() throws NetlinkException {
    GenlRequest echo = request(Lab.CHANGE, a -> a.putU32(Lab.COUNT, 3)).withFlags(NLM_F_ECHO);
    for (Ways.Doing way : Ways.Doing.values()) {
      assertThat(way.reply(genl, echo).messages()).extracting(Lab::index).containsExactly(0, 1, 2);
    }
    GenlRequest one = request(Lab.CHANGE).withFlags(NLM_F_ECHO);
    for (Ways.Asking way : Ways.Asking.values()) {
      Lab.assertMessage(way.message(genl, one), 0, 1, 0);
      Lab.assertMessage(way.message(genl, one.withoutAck()), 0, 1, 0);
    }
    connection.join(lab, "events");
    assertThat(connection.execute(echo).messages()).hasSize(3);
    Events.assertNone(connection::poll);
    // Of another's change it hears as before.
    other.execute(echo);
    assertEvents(Events.drain(connection::poll), "events", 0, 1, 2);
  }

  @Test
  @DisplayName("T67 who overruns through its own change is told so, and the next request is right")
  void overrunThroughItsOwnChange() throws NetlinkException {
    connection.join(lab, "events");
    for (int i = 0; i < 3; i++) {
      GenlRequest change =
          request(Lab.CHANGE, a -> a.putU32(Lab.COUNT, 100).putU32(Lab.SIZE, 20_000));

      assertThatThrownBy(() -> connection.execute(change)).isInstanceOf(OverrunException.class);
      assertAnswers();
      List<Event<GenlMessage>> events = Events.drain(connection::poll);
      int before = Lab.indices(events).size();
      assertThat(Lab.indices(events)).isEqualTo(range(before));
      assertThat(events).hasSize(before + 1);
      assertThat(events.get(before))
          .isInstanceOfSatisfying(
              Gap.class, g -> assertThat(g.reason()).isEqualTo(Event.Reason.OVERRUN));
      Lab.burst(other, EVENTS, 5, 100);
      assertEvents(Events.drain(connection::poll), "events", 0, 1, 2, 3, 4);
    }
  }

  @Test
  @DisplayName("T67 events beyond the receive buffer are one gap, where they were lost")
  void eventsBeyondTheBufferAreAGap() throws NetlinkException {
    connection.execute(request(Lab.REGISTER));
    other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 200).putU32(Lab.SIZE, 10_000)));
    // The kernel has room for no answer, until what is there was read.
    try {
      assertAnswers();
    } catch (OverrunException e) {
      assertThat(e).hasMessageContaining("outcome is unknown");
    }
    assertAnswers();
    List<Event<GenlMessage>> events = Events.drain(connection::poll);
    int before = Lab.indices(events).size();

    assertThat(before).isBetween(1, 199);
    assertThat(Lab.indices(events)).isEqualTo(range(before));
    assertThat(events.get(before)).isInstanceOf(Gap.class);
    assertThat(events).hasSize(before + 1);
    other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 2)));
    assertEvents(Events.drain(connection::poll), "", 0, 1);
  }

  @Test
  @DisplayName("T66 events that wait while requests are made are bounded, with a gap")
  void waitingEventsAreBounded() throws NetlinkException {
    try (Genl roomy = Genl.open(NetlinkOptions.DEFAULTS.withReceiveBuffer(16 << 20));
        GenlConnection c = roomy.connect()) {
      c.execute(request(Lab.REGISTER));
      for (int i = 0; i < 5; i++) {
        assertThat(c.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 1000))).messages())
            .isEmpty();
      }
      List<Event<GenlMessage>> events = Events.drain(c::poll);
      assertThat(Lab.indices(events)).hasSizeBetween(4000, 4999);
      assertThat(events.get(events.size() - 1))
          .isInstanceOfSatisfying(
              Gap.class, g -> assertThat(g.reason()).isEqualTo(Event.Reason.QUEUE_FULL));
      c.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 2)));
      assertThat(Lab.indices(Events.drain(c::poll))).containsExactly(0, 1);
    }
  }

  @Test
  @DisplayName("T66 one thread waits for events while two others request and dump: all is right")
  void threadsShareAConnection() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      connection.execute(request(Lab.REGISTER));
      connection.join(lab, "other");
      int rounds = 40;
      Future<List<Integer>> reader =
          threads.submit(
              () -> {
                List<Integer> indices = new ArrayList<>();
                while (indices.size() < 10 * rounds) {
                  Notification<GenlMessage> event = (Notification<GenlMessage>) connection.next();
                  indices.add(Lab.index(event.message()));
                }
                return indices;
              });
      List<Future<?>> users = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        users.add(threads.submit(() -> repeatRequests(rounds)));
      }
      users.add(
          threads.submit(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 5)));
                  Lab.burst(other, 1, 5, 10);
                }
                return null;
              }));
      for (Future<?> user : users) {
        user.get();
      }
      List<Integer> expected = IntStream.range(0, 10 * rounds).map(i -> i % 5).boxed().toList();
      assertThat(reader.get()).isEqualTo(expected);
      Events.assertNone(connection::poll);
    } finally {
      threads.shutdownNow();
    }
  }

  private Object repeatRequests(int times) throws NetlinkException {
    for (int i = 0; i < times; i++) {
      long number = Thread.currentThread().getId() * 1000 + i;
      GenlRequest echo = request(Lab.ECHO, a -> a.putU32(Lab.V_U32, number));
      long echoed = connection.<Long>request(echo, m -> m.attributes().get(Lab.V_U32).u32());
      assertThat(echoed).isEqualTo(number);
    }
    return times;
  }

  @Test
  @DisplayName("T66 while a dump is open a request is refused; events come after it")
  void requestDuringADump() throws NetlinkException {
    connection.execute(request(Lab.REGISTER));
    try (Dump<GenlMessage> dump = connection.dump(dump(1000))) {
      assertThat(dump.next()).isNotNull();
      other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3)));

      assertThatThrownBy(this::assertAnswers).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> connection.dump(dump(1))).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> connection.poll(Duration.ZERO))
          .isInstanceOf(IllegalStateException.class);
      assertThat(dump.toList()).hasSize(999);
    }
    assertEvents(Events.drain(connection::poll), "", 0, 1, 2);
    assertAnswers();
  }

  @Test
  @DisplayName("T66 T14 a dump that was abandoned half way disturbs neither requests nor events")
  void abandonedDump() throws NetlinkException {
    connection.execute(request(Lab.REGISTER));
    for (int i = 0; i < 3; i++) {
      connection.dump(dump(5000)).close();
      other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3)));
      assertAnswers();
      assertEvents(Events.drain(connection::poll), "", 0, 1, 2);
    }
    connection.dump(dump(5000)).close();
    other.execute(request(Lab.EVENT, a -> a.putU32(Lab.COUNT, 3)));
    assertEvents(Events.drain(connection::poll), "", 0, 1, 2);
    assertThat(connection.dump(dump(3)).toList()).hasSize(3);
  }

  @Test
  @DisplayName("T11 a membership of a connection survives a reload, behind a gap")
  void membershipSurvivesAReload() throws Exception {
    connection.join(lab, "events");
    connection.join(lab, "g39");
    Lab.remove(Lab.NAME);
    Lab.insert(Lab.NAME);

    assertThat(connection.next()).isInstanceOf(Gap.class);
    Lab.burst(other, EVENTS, 1, 0);
    Lab.burst(other, 39, 1, 0);
    assertThat(Lab.indices(Events.drain(connection::poll))).containsExactly(0, 0);
    assertAnswers();
  }

  @Test
  @DisplayName("T58 where rmem_default is large no buffer is lowered, nor an answer lost")
  void largeDefaultBufferIsNotLowered() throws Exception {
    String before = Command.succeed("sysctl", "-n", "net.core.rmem_default").strip();
    Command.succeed("sysctl", "-w", "net.core.rmem_default=8388608");
    try (Genl roomy = Genl.open(NetlinkOptions.DEFAULTS.withReceiveBuffer(1));
        GenlSubscription s = roomy.subscribe(lab, "events");
        GenlConnection c = roomy.connect()) {
      GenlRequest many = request(Lab.REPLY, a -> a.putU32(Lab.COUNT, 1000).putU32(Lab.SIZE, 1000));
      assertThat(roomy.execute(many).messages()).hasSize(1000);
      assertThat(roomy.batch(List.of(many)).get(0).get().messages()).hasSize(1000);
      assertThat(c.execute(many).messages()).hasSize(1000);
      Lab.burst(roomy, EVENTS, 1000, 1000);
      assertThat(Lab.indices(Events.drain(s::poll))).isEqualTo(range(1000));
    } finally {
      Command.succeed("sysctl", "-w", "net.core.rmem_default=" + before);
    }
  }

  private void assertAnswers() throws NetlinkException {
    GenlRequest echo = request(Lab.ECHO, a -> a.putU32(Lab.V_U32, 9));
    assertThat(connection.<Long>request(echo, m -> m.attributes().get(Lab.V_U32).u32()))
        .isEqualTo(9);
    assertThat(connection.execute(echo.withoutAck()).messages()).hasSize(1);
  }

  private static void assertEvents(
      List<Event<GenlMessage>> events, String group, Integer... indices) {
    assertThat(events).hasOnlyElementsOfType(Notification.class);
    for (Event<GenlMessage> event : events) {
      Notification<GenlMessage> n = (Notification<GenlMessage>) event;
      assertThat(n.family()).isEqualTo(Lab.NAME);
      assertThat(n.group()).isEqualTo(group);
      assertThat(n.message().command()).isEqualTo(Lab.NOTIFY);
    }
    assertThat(Lab.indices(events)).containsExactly(indices);
  }

  private GenlRequest request(int command) {
    return GenlRequest.of(lab, command);
  }

  private GenlRequest request(int command, Consumer<AttributeWriter> attributes) {
    return GenlRequest.of(lab, command, attributes);
  }

  private GenlRequest dump(int count) {
    return request(Lab.DUMP, a -> a.putU32(Lab.COUNT, count));
  }

  private static List<Integer> range(int size) {
    return IntStream.range(0, size).boxed().toList();
  }
}
