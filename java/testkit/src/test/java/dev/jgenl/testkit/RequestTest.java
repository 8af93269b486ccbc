package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.ExtendedAck;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A request and its answer, with every fault between them. */
class RequestTest {

  private static final int ECHO = 1;
  private static final int TEXT = 1;
  private static final int EINVAL = 22;
  private static final int GETFAMILY = 3;

  /** {@code NLMSGERR_ATTR_OFFS}, a number of 32 bits. */
  private static final int OFFSET = 2;

  private final FakeKernel kernel = new FakeKernel();
  private final FakeFamily family = kernel.family("demo");
  private Genl genl;
  private GenlFamily demo;

  @BeforeEach
  void open() throws NetlinkException {
    genl = kernel.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(200)));
    demo = genl.family("demo");
  }

  @AfterEach
  void close() {
    genl.close();
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  void answerComesBack() throws NetlinkException {
    family.onDo(ECHO, RequestTest::echo);

    assertThat(echo("hello")).isEqualTo("hello");
  }

  @Test
  @DisplayName("T01 an acknowledgement is read with its answer and not taken for the next one")
  void acknowledgementDoesNotAnswerTheNextRequest() throws NetlinkException {
    family.onDo(ECHO, RequestTest::echo);

    assertThat(echo("first")).isEqualTo("first");
    assertThat(echo("second")).isEqualTo("second");
    assertThat(ports()).hasSize(1);
  }

  @Test
  @DisplayName("T01 an error behind the answer is the outcome")
  void errorBehindAnAnswerIsTheOutcome() {
    family.onDo(ECHO, (request, answer) -> echo(request, answer).error(EINVAL));

    assertThatThrownBy(() -> echo("x")).isInstanceOf(KernelException.class);
  }

  @Test
  void requestWithoutAckEndsAtTheAnswer() throws NetlinkException {
    family.onDo(ECHO, RequestTest::echo);
    GenlRequest request = GenlRequest.of(demo, ECHO, a -> a.putString(TEXT, "quick")).withoutAck();

    assertThat(genl.request(request, RequestTest::text)).isEqualTo("quick");
    assertThat(genl.request(request, RequestTest::text)).isEqualTo("quick");
  }

  @Test
  @DisplayName("T02 a wrong sequence number is a protocol error and the next request succeeds")
  void wrongSequenceIsAProtocolError() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> echo(request, answer.sequence(request.sequence() + 1)));

    assertThatThrownBy(() -> echo("x"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("sequence number")
        .hasMessageContaining("withAnySequence()");

    family.onDo(ECHO, RequestTest::echo);
    assertThat(echo("y")).isEqualTo("y");
  }

  @Test
  @DisplayName("T02 sequence number 0 is a protocol error")
  void sequenceZeroIsAProtocolError() {
    family.onDo(ECHO, (request, answer) -> echo(request, answer.sequence(0)));

    assertThatThrownBy(() -> echo("x"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("withAnySequence()");
  }

  @Test
  void wrongPortIsAProtocolError() {
    family.onDo(ECHO, (request, answer) -> echo(request, answer.portId(1)));

    assertThatThrownBy(() -> echo("x"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("port 1")
        .hasMessageContaining("withAnyPort()");
  }

  @Test
  @DisplayName("T03 an answer to an earlier request is skipped")
  void answerToAnEarlierRequestIsSkipped() throws NetlinkException {
    family.onDo(ECHO, RequestTest::echo);
    echo("first");
    family.onDo(
        ECHO,
        (request, answer) -> {
          answer.sequence(request.sequence() - 1).message(ECHO, a -> a.putString(TEXT, "stale"));
          echo(request, answer.sequence(request.sequence()));
        });

    assertThat(echo("second")).isEqualTo("second");
  }

  @Test
  @DisplayName("T03 an answer that comes after the timeout is not taken for the next one")
  void lateAnswerIsNotTakenForTheNext() throws NetlinkException {
    Duration delay = Duration.ofMinutes(1);
    kernel.clock().skipWaits();
    family.onDo(ECHO, (request, answer) -> echo(request, answer.delay(delay)));
    assertThatThrownBy(() -> echo("late")).isInstanceOf(RequestTimeoutException.class);

    kernel.clock().advance(delay);
    family.onDo(ECHO, RequestTest::echo);
    assertThat(echo("prompt")).isEqualTo("prompt");
  }

  @Test
  @DisplayName("T04 an error alone ends the exchange")
  void errorAloneEndsTheExchange() {
    family.onDo(ECHO, (request, answer) -> answer.error(EINVAL));

    KernelException e = catchThrowableOfType(KernelException.class, () -> echo("x"));

    assertThat(e.errno()).isEqualTo(EINVAL);
    assertThat(e.error()).isEqualTo(Errno.EINVAL);
    assertThat(e).hasMessageContaining("EINVAL (Invalid argument)").hasMessageContaining("demo");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T16 an explanation that is malformed does not hide the number")
  void malformedExplanationDoesNotHideTheNumber(Way way) {
    FakeFamily.Script refuse = (request, answer) -> answer.error(EINVAL, a -> a.putU8(OFFSET, 1));
    family.group("events").onDo(ECHO, refuse).onDump(ECHO, refuse);

    KernelException e =
        catchThrowableOfType(
            KernelException.class, () -> way.ask(genl, GenlRequest.of(demo, ECHO)));

    assertThat(e.error()).isEqualTo(Errno.EINVAL);
    assertThat(e.extendedAck()).isEqualTo(ExtendedAck.NONE);
  }

  @ParameterizedTest(name = "T04 number {0}, name {1}, version {2}")
  @CsvSource({"3, other, 1", "3, other, 300", "33, another, 1", "33, other, 300", "15, other, 1"})
  void nonsenseOfTheControllerIsAProtocolError(int id, String name, int version) {
    kernel
        .controller()
        .onDo(
            GETFAMILY,
            (request, answer) ->
                answer.message(
                    1, a -> a.putU16(1, id).putString(2, name).putU32(3, version).putU32(4, 0)));

    assertThatThrownBy(() -> genl.family("other")).isInstanceOf(ProtocolException.class);
  }

  @Test
  @DisplayName("T04 an unknown family is an exception, not a wait")
  void unknownFamilyIsNotFound() {
    assertThatThrownBy(() -> genl.family("nobody"))
        .isInstanceOf(FamilyNotFoundException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  @DisplayName("T04 an acknowledgement alone is the whole answer of a command without one")
  void acknowledgementAloneIsAnAnswer() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> {});

    Reply<GenlMessage> reply = genl.execute(GenlRequest.of(demo, ECHO));

    assertThat(reply.messages()).isEmpty();
  }

  @Test
  @DisplayName("T04 a positive number in the acknowledgement is a result")
  void positiveAcknowledgementIsAResult() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> echo(request, answer).result(42));

    Reply<GenlMessage> reply =
        genl.execute(GenlRequest.of(demo, ECHO, a -> a.putString(TEXT, "x")));

    assertThat(reply.value()).isEqualTo(42);
    assertThat(reply.messages()).hasSize(1);
  }

  @Test
  @DisplayName("T04 NLMSG_DONE ends the messages of a do, and its acknowledgement is read too")
  void doneEndsADo() throws NetlinkException {
    family.onDo(
        ECHO,
        (request, answer) -> echo(request, answer.flags(NetlinkConstants.NLM_F_MULTI)).done());
    GenlRequest request = GenlRequest.of(demo, ECHO, a -> a.putString(TEXT, "x"));

    assertThat(genl.execute(request).messages()).hasSize(1);
    assertThat(genl.execute(request.withoutAck()).messages()).hasSize(1);
    assertThat(echo("next")).isEqualTo("next");
    assertThat(ports()).hasSize(1);
  }

  @Test
  void flagsThatMakeTheKernelDumpAreRefused() throws NetlinkException {
    GenlRequest request = GenlRequest.of(demo, ECHO).withFlags(NetlinkConstants.NLM_F_DUMP);

    assertThatThrownBy(() -> genl.execute(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NLM_F_DUMP");
    assertThatThrownBy(() -> genl.batch(List.of(request)).get(0).get())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(family.requests()).isEmpty();
  }

  @Test
  @DisplayName("T02 a wrong sequence number is tolerated on demand, on a socket of its own")
  void wrongSequenceIsTolerated() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> echo(request, answer.sequence(0)));
    GenlRequest request =
        GenlRequest.of(demo, ECHO, a -> a.putString(TEXT, "x")).withoutAck().withAnySequence();

    assertTolerated(request);
  }

  @Test
  @DisplayName("T02 sequence number and port 0 are tolerated on demand, on a socket of its own")
  void portZeroIsTolerated() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> echo(request, answer.sequence(0).portId(0)));
    GenlRequest request =
        GenlRequest.of(demo, ECHO, a -> a.putString(TEXT, "x"))
            .withoutAck()
            .withAnySequence()
            .withAnyPort();

    assertTolerated(request);
  }

  private void assertTolerated(GenlRequest request) throws NetlinkException {
    assertThat(genl.request(request, RequestTest::text)).isEqualTo("x");
    assertThat(genl.execute(request).messages()).hasSize(1);
    assertThat(genl.batch(List.of(request, request)))
        .allSatisfy(outcome -> assertThat(outcome.get().messages()).hasSize(1));
    assertThat(ports()).hasSize(4);
    assertThat(kernel.openSockets(Transport.Purpose.REQUESTS)).isEqualTo(1);
  }

  @Test
  @DisplayName("T02 a message with port 0 is skipped, and its socket is not used again")
  void messageWithPortZeroIsSkipped() throws NetlinkException {
    family.onDo(
        ECHO,
        (request, answer) -> {
          answer.portId(0).sequence(7).message(ECHO, a -> a.putString(TEXT, "event"));
          echo(request, answer.portId(request.portId()).sequence(request.sequence()));
        });

    assertThat(echo("first")).isEqualTo("first");
    assertThat(echo("second")).isEqualTo("second");
    assertThat(ports()).hasSize(2);
  }

  @Test
  @DisplayName("T09 a timeout says what had come instead")
  void timeoutSaysWhatCameInstead() {
    family.onDo(
        ECHO, (request, answer) -> echo(request, answer.unanswered().portId(0).sequence(4711)));

    assertThatThrownBy(() -> echo("x"))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("demo command 1")
        .hasMessageContaining("instead")
        .hasMessageContaining("4711");
  }

  @Test
  void requestMayHaveATimeLimitOfItsOwn() throws NetlinkException {
    kernel.clock().skipWaits();
    family.onDo(ECHO, (request, answer) -> echo(request, answer.delay(Duration.ofMillis(400))));
    GenlRequest request = GenlRequest.of(demo, ECHO, a -> a.putString(TEXT, "slow"));

    assertThat(genl.request(request.withTimeout(Duration.ofSeconds(5)), RequestTest::text))
        .isEqualTo("slow");
    assertThatThrownBy(() -> genl.execute(request.withTimeout(Duration.ofMillis(50))))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("50 ms");
  }

  @Test
  void messageIsInvalidAfterItsReader() throws NetlinkException {
    family.onDo(ECHO, RequestTest::echo);
    GenlRequest request = GenlRequest.of(demo, ECHO, a -> a.putString(TEXT, "x"));

    GenlMessage kept = genl.<GenlMessage>request(request, message -> message);

    assertThatThrownBy(() -> text(kept)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void missingAnswerIsAProtocolError() {
    family.onDo(ECHO, (request, answer) -> {});

    assertThatThrownBy(() -> echo("x"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("0 messages");
  }

  @Test
  @DisplayName("T05 a message of another process is dropped")
  void messageOfAnotherProcessIsDropped() throws NetlinkException {
    family.onDo(
        ECHO,
        (request, answer) -> {
          answer.sender(4711).message(ECHO, a -> a.putString(TEXT, "forged"));
          echo(request, answer.sender(0));
        });

    assertThat(echo("genuine")).isEqualTo("genuine");
  }

  @Test
  @DisplayName("T06 answer and acknowledgement may share a datagram")
  void answerAndAcknowledgementMayShareADatagram() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> answer.together(a -> echo(request, a).error(0)));

    assertThat(echo("together")).isEqualTo("together");
  }

  @Test
  @DisplayName("T06 the last message needs no padding")
  void lastMessageNeedsNoPadding() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> echo(request, answer.unpadded()));

    assertThat(echo("12345")).isEqualTo("12345");
  }

  @Test
  @DisplayName("T06 several answers to one request are all delivered in their order")
  void severalAnswersAreDelivered() throws NetlinkException {
    family.onDo(
        ECHO,
        (request, answer) -> {
          for (int i = 0; i < 100; i++) {
            String text = "x".repeat(i);
            answer.message(ECHO, a -> a.putString(TEXT, text));
          }
        });

    Reply<GenlMessage> reply = genl.execute(GenlRequest.of(demo, ECHO));

    assertThat(reply.messages()).hasSize(100);
    assertThat(text(reply.messages().get(57))).hasSize(57);
  }

  @Test
  @DisplayName("T07 an answer larger than the receive buffer is an error that names its size")
  void truncatedAnswerNamesItsSize() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> answer.datagram(ByteBuffer.allocate(200_000)));

    assertThatThrownBy(() -> echo("x"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("200000 bytes");

    family.onDo(ECHO, RequestTest::echo);
    assertThat(echo("y")).isEqualTo("y");
  }

  @Test
  @DisplayName("T07 an answer that holds the largest attribute arrives whole")
  void largestAttributeArrivesWhole() throws NetlinkException {
    family.onDo(ECHO, RequestTest::echo);
    String text = "x".repeat(65_530);

    assertThat(echo(text)).isEqualTo(text);
  }

  @Test
  @DisplayName("T08 ENOBUFS on a request socket is an overrun and the next request succeeds")
  void enobufsIsAnOverrun() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> answer.overrun().unanswered());
    assertThatThrownBy(() -> echo("x")).isInstanceOf(OverrunException.class);

    family.onDo(ECHO, RequestTest::echo);
    assertThat(echo("y")).isEqualTo("y");
  }

  @Test
  @DisplayName("T09 no answer is a timeout")
  void noAnswerIsATimeout() {
    family.onDo(ECHO, (request, answer) -> answer.unanswered());

    assertThatThrownBy(() -> echo("x"))
        .isInstanceOf(RequestTimeoutException.class)
        .hasMessageContaining("200 ms");
  }

  @Test
  @DisplayName("T09 strangers' messages do not prolong the wait")
  void strangersDoNotProlongTheWait() {
    family.onDo(
        ECHO,
        (request, answer) -> {
          answer.unanswered().sender(4711);
          for (int i = 0; i < 100; i++) {
            answer.delay(Duration.ofMillis(10L * i)).message(ECHO, a -> {});
          }
        });

    FakeClock clock = kernel.clock().skipWaits();
    long start = clock.nanoTime();
    assertThatThrownBy(() -> echo("x")).isInstanceOf(RequestTimeoutException.class);
    assertThat(Duration.ofNanos(clock.nanoTime() - start)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  @DisplayName("T10 an interrupted thread gets an exception and stays interrupted")
  void interruptEndsTheWait() {
    family.onDo(ECHO, (request, answer) -> answer.unanswered());
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> echo("x")).isInstanceOf(RequestInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("T16 the extended ACK of an error is decoded")
  void extendedAckIsDecoded() {
    family.onDo(
        ECHO,
        (request, answer) -> answer.error(EINVAL, a -> a.putString(1, "not that").putU32(2, 20)));

    KernelException e = catchThrowableOfType(KernelException.class, () -> echo("x"));

    assertThat(e.extendedAck().message()).isEqualTo(Optional.of("not that"));
    assertThat(e.extendedAck().path()).containsExactly(TEXT);
    assertThat(e).hasMessageContaining("EINVAL (Invalid argument): not that; attribute 1");
  }

  @Test
  @DisplayName("T16 the extended ACK of a success is a warning")
  void extendedAckOfASuccessIsAWarning() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> answer.error(0, a -> a.putString(1, "deprecated")));

    Reply<GenlMessage> reply = genl.execute(GenlRequest.of(demo, ECHO));

    assertThat(reply.warning().message()).isEqualTo(Optional.of("deprecated"));
  }

  @Test
  void textOfTheKernelIsEscapedInTheMessage() {
    family.onDo(
        ECHO, (request, answer) -> answer.error(EINVAL, a -> a.putString(1, "\u001b[31mred")));

    assertThatThrownBy(() -> echo("x")).hasMessageContaining("\\u001b[31mred");
  }

  @Test
  void malformedAnswerIsAProtocolError() {
    family.onDo(
        ECHO, (request, answer) -> answer.datagram(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})));

    assertThatThrownBy(() -> echo("x")).isInstanceOf(ProtocolException.class);
  }

  @Test
  void failureWhileEncodingSendsNothing() throws NetlinkException {
    family.onDo(ECHO, RequestTest::echo);
    echo("before");
    int before = family.requests().get(0).portId();
    kernel.forgetRequests();

    assertThatThrownBy(() -> genl.request(demo, ECHO, a -> a.putU8(1, 256)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(family.requests()).isEmpty();
    assertThat(echo("next")).isEqualTo("next");
    assertThat(ports()).containsExactly(before);
  }

  @Test
  void messageOutlivesTheNextRequest() throws NetlinkException {
    family.onDo(ECHO, RequestTest::echo);
    GenlMessage first = genl.request(demo, ECHO, a -> a.putString(TEXT, "first"));
    genl.request(demo, ECHO, a -> a.putString(TEXT, "second"));

    assertThat(text(first)).isEqualTo("first");
  }

  /** The sockets that have sent requests to the family. */
  private Set<Integer> ports() {
    return family.requests().stream().map(FakeRequest::portId).collect(Collectors.toSet());
  }

  private String echo(String text) throws NetlinkException {
    return text(genl.request(demo, ECHO, a -> a.putString(TEXT, text)));
  }

  private static FakeAnswer echo(FakeRequest request, FakeAnswer answer) {
    byte[] text = request.attributes().get(TEXT).bytes();
    return answer.message(ECHO, a -> a.putBytes(TEXT, text));
  }

  private static String text(GenlMessage message) {
    return message.attributes().get(TEXT).string();
  }
}
