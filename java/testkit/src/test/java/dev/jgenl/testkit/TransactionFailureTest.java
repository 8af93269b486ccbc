package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel's verdict on a transaction does not come, or comes with something else. */
class TransactionFailureTest extends ScriptedTables {

  private static final int ENOSPC = 28;
  private static final int LAST = 2;

  @Override
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(300));
  }

  /** Has the last of three requests answered like this. */
  private void last(FakeFamily.Script script) {
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          if (handle(request) == LAST) {
            script.run(request, answer);
          }
        });
  }

  // Nobody knows.

  static Stream<Arguments> lostVerdicts() {
    return Stream.of(
        verdict("silence", RequestTimeoutException.class, (r, a) -> a.unanswered()),
        verdict("an ACK that is lost", OverrunException.class, (r, a) -> a.overrun()),
        verdict(
            "bytes that are no message",
            ProtocolException.class,
            (r, a) -> a.datagram(ByteBuffer.allocate(5))),
        verdict(
            "an ACK with another sequence number",
            ProtocolException.class,
            (r, a) -> a.sequence(r.sequence() + 1000)),
        verdict("an ACK for another port", ProtocolException.class, (r, a) -> a.portId(4711)),
        verdict(
            "an ACK of another process", RequestTimeoutException.class, (r, a) -> a.sender(4711)),
        verdict("an ACK for nobody", RequestTimeoutException.class, (r, a) -> a.portId(0)),
        verdict(
            "an ACK that is cut",
            ProtocolException.class,
            (r, a) -> a.control(NetlinkConstants.NLMSG_ERROR, new byte[2]).unanswered()));
  }

  private static Arguments verdict(
      String what, Class<? extends NetlinkException> exception, FakeFamily.Script script) {
    return Arguments.of(what, exception, script);
  }

  @ParameterizedTest(name = "{0}: that is the outcome of all")
  @MethodSource("lostVerdicts")
  void lostVerdictIsTheOutcomeOfAll(
      String what, Class<? extends NetlinkException> exception, FakeFamily.Script script)
      throws NetlinkException {
    kernel.clock().skipWaits();
    last(script);

    List<Throwable> causes = causes(transact(tables(3)));

    assertThat(causes.get(0))
        .isInstanceOf(exception)
        .hasMessageStartingWith("netfilter transaction: ");
    assertThat(causes).containsOnly(causes.get(0));
    assertServed();
  }

  @Test
  void droppedWithoutAWordIsATimeout() throws NetlinkException {
    kernel.clock().skipWaits();
    netfilter.onBegin((request, answer) -> answer.unanswered());

    assertThat(causes(transact(tables(3))))
        .hasOnlyElementsOfType(RequestTimeoutException.class)
        .allSatisfy(e -> assertThat(e).hasMessageContaining("300 ms"));
    assertServed();
  }

  @Test
  void longestTimeLimitIsThatOfAll() throws NetlinkException {
    kernel.clock().skipWaits();
    last((request, answer) -> answer.delay(Duration.ofSeconds(50)));
    NetlinkRequest patient = make(0).withTimeout(Duration.ofSeconds(60));

    for (Outcome<?> outcome : transact(List.of(patient, make(1), make(LAST)))) {
      outcome.get();
    }
    assertThat(causes(transact(tables(3)))).hasOnlyElementsOfType(RequestTimeoutException.class);
    kernel.clock().advance(Duration.ofSeconds(60));
    assertServed();
  }

  @Test
  @DisplayName("T03 an ACK that comes too late is not that of the next transaction")
  void lateAcknowledgement() throws NetlinkException {
    kernel.clock().skipWaits();
    last((request, answer) -> answer.delay(Duration.ofSeconds(50)));
    assertThat(causes(transact(tables(3)))).hasOnlyElementsOfType(RequestTimeoutException.class);

    kernel.clock().advance(Duration.ofSeconds(50));
    refuse(ENOSPC, 1);
    assertThat(causes(transact(tables(3)))).hasAtLeastOneElementOfType(KernelException.class);
    assertServed();
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    last((request, answer) -> answer.unanswered());
    try (Netlink patient = netfilter.open()) {
      Transactor transactor = transactor(patient);
      Interruptible<List<Outcome<Reply<NetlinkMessage>>>> waiting =
          startInterruptible(() -> transactor.transact(tables(3)));
      awaitWaiting(waiting.thread());
      waiting.thread().interrupt();

      assertThat(causes(await(waiting.future())))
          .hasOnlyElementsOfType(RequestInterruptedException.class);
      assertThat(transactor.transact(tables(1)).get(0).get().messages()).isEmpty();
    }
    assertServed();
  }

  @Test
  void closeEndsTheWait() throws Exception {
    last((request, answer) -> answer.unanswered());
    try (Netlink patient = netfilter.open()) {
      Transactor transactor = transactor(patient);
      Interruptible<List<Outcome<Reply<NetlinkMessage>>>> waiting =
          startInterruptible(() -> transactor.transact(tables(3)));
      awaitWaiting(waiting.thread());
      patient.close();

      assertThat(causes(await(waiting.future()))).hasOnlyElementsOfType(ClosedException.class);
      assertThat(causes(transactor.transact(tables(3))))
          .hasOnlyElementsOfType(ClosedException.class);
    }
    assertServed();
  }

  // Something is known already.

  @ParameterizedTest(name = "{0} behind a refusal: nothing is done")
  @MethodSource("lostVerdicts")
  void refusalIsTheVerdictWhateverFollows(
      String what, Class<? extends NetlinkException> exception, FakeFamily.Script script)
      throws NetlinkException {
    kernel.clock().skipWaits();
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          if (handle(request) == 1) {
            answer.error(ENOSPC);
          } else if (handle(request) == LAST) {
            script.run(request, answer);
          }
        });

    assertOneRefused(causes(transact(tables(3))));
    assertServed();
  }

  @Test
  @DisplayName("T08 the errors do not fit into the receive buffer: nothing is done")
  void errorsOverrunTheReceiveBuffer() throws NetlinkException {
    refuse(ENOSPC, 1, 3, 5, 7, 9, 11);
    // Each takes 768 bytes, also the ACK of the first: the fourth error is lost, and the last ACK.
    kernel.limitBuffers(3400, 3400);
    try (Netlink small = netfilter.open(options())) {
      Transactor transactor = transactor(small);
      List<Throwable> causes = causes(transactor.transact(tables(13)));

      assertThat(causes).filteredOn(e -> e instanceof KernelException).hasSize(3);
      assertThat(causes)
          .allSatisfy(
              e -> assertThat(e).isInstanceOfAny(KernelException.class, NotDoneException.class));
      assertThat(causes.get(7)).isInstanceOf(NotDoneException.class);
      netfilter.onTransaction(NEWTABLE, ScriptedTables::tell);
      for (Outcome<?> outcome : transactor.transact(tables(13))) {
        outcome.get();
      }
    }
  }

  private static void assertOneRefused(List<Throwable> causes) {
    assertThat(causes.get(1))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(ENOSPC));
    assertThat(causes.get(0)).isInstanceOf(NotDoneException.class).hasCause(causes.get(1));
    assertThat(causes.get(2)).isInstanceOf(NotDoneException.class).hasCause(causes.get(1));
  }

  // The verdict is there, and something beside it.

  static Stream<Arguments> leftovers() {
    return Stream.concat(
        leftoversOfADatagram(),
        Stream.of(
            leftover("another process", a -> a.sender(4711).done(0)),
            leftover("a loss", FakeAnswer::overrun)));
  }

  static Stream<Arguments> leftoversOfADatagram() {
    return Stream.of(
        leftover("bytes that are no message", a -> a.datagram(ByteBuffer.allocate(5))),
        leftover("another sequence number", a -> a.sequence(4711).done(0)),
        leftover("another port", a -> a.portId(4711).done(0)),
        leftover("an event", a -> a.portId(0).sequence(0).done(0)),
        leftover("the same again", a -> a.error(0)));
  }

  private static Arguments leftover(String what, Consumer<FakeAnswer> leftover) {
    return Arguments.of(what, leftover);
  }

  @ParameterizedTest(name = "behind the ACK {0}: all is done")
  @MethodSource("leftovers")
  void whatFollowsTheVerdictDoesNotChangeIt(String what, Consumer<FakeAnswer> leftover)
      throws NetlinkException {
    last((request, answer) -> leftover.accept(answer.error(0)));

    for (Outcome<?> outcome : transact(tables(3))) {
      outcome.get();
    }
    assertServed();
  }

  @ParameterizedTest(name = "behind the ACK, in one datagram, {0}: all is done")
  @MethodSource("leftoversOfADatagram")
  void whatFollowsTheVerdictInItsDatagramDoesNotChangeIt(String what, Consumer<FakeAnswer> leftover)
      throws NetlinkException {
    last((request, answer) -> answer.together(all -> leftover.accept(all.error(0))));

    for (Outcome<?> outcome : transact(tables(3))) {
      outcome.get();
    }
    assertServed();
  }

  @ParameterizedTest(name = "behind the refusal of the last {0}: nothing is done")
  @MethodSource("leftovers")
  void whatFollowsTheLastRefusalDoesNotChangeIt(String what, Consumer<FakeAnswer> leftover)
      throws NetlinkException {
    last((request, answer) -> leftover.accept(answer.error(ENOSPC)));

    List<Throwable> causes = causes(transact(tables(3)));
    assertThat(causes.get(LAST)).isInstanceOf(KernelException.class);
    assertThat(causes.get(0)).isInstanceOf(NotDoneException.class).hasCause(causes.get(LAST));
    assertServed();
  }

  @Test
  void foreignMessagesAreNoVerdict() throws NetlinkException {
    last(
        (request, answer) ->
            answer
                .sender(4711)
                .error(ENOSPC)
                .sender(0)
                .portId(0)
                .error(ENOSPC)
                .portId(request.portId())
                .control(NetlinkConstants.NLMSG_NOOP, new byte[0])
                .message(NEWTABLE, a -> a.putU32(HANDLE, 2))
                .error(0));

    List<Outcome<Reply<NetlinkMessage>>> outcomes = transact(tables(3));

    assertThat(outcomes.get(0).get().messages()).isEmpty();
    assertThat(outcomes.get(LAST).get().messages())
        .extracting(ScriptedTables::handle)
        .containsExactly(2L);
    assertServed();
  }

  @Test
  @DisplayName("T38 what is left on the socket is no verdict on the next transaction")
  void leftoverOfARequest() throws NetlinkException {
    netfilter.onDo(
        GETTABLE, HEADER, (request, answer) -> answer.message(NEWTABLE, a -> {}).error(ENOSPC));
    NetlinkRequest quick = NetlinkRequest.of(GETTABLE, new byte[HEADER]).withoutAck();
    assertThat(netlink.execute(quick).messages()).hasSize(1);

    for (Outcome<?> outcome : transact(tables(3))) {
      outcome.get();
    }
    netfilter.onDo(
        GETTABLE,
        HEADER,
        (request, answer) -> answer.message(NEWTABLE, a -> a.putU32(HANDLE, handle(request))));
    assertServed();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("what a script throws is thrown to who sends, and nothing is left")
  void scriptThatThrows(boolean first) throws NetlinkException {
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          if (first || handle(request) == LAST) {
            throw new AssertionError("made by a test");
          }
        });

    assertThatThrownBy(() -> transact(tables(3)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("made by a test");
    assertServed();
  }
}
