package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.MessageWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests at once, and the outcome of each. */
class BatchTest {

  private static final int ECHO = 1;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int EINVAL = 22;

  private final FakeKernel kernel = new FakeKernel();
  private final FakeFamily family = kernel.family("demo");
  private Genl genl;
  private GenlFamily demo;

  @BeforeEach
  void open() throws NetlinkException {
    genl = kernel.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(200)));
    demo = genl.family("demo");
    family.onDo(ECHO, BatchTest::echo);
  }

  @AfterEach
  void close() {
    genl.close();
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  void emptyBatchHasNoOutcomes() throws NetlinkException {
    assertThat(genl.batch(List.of())).isEmpty();
  }

  @Test
  void thousandAnswersComeInTheOrderOfTheRequests() throws NetlinkException {
    List<Outcome<Long>> outcomes = genl.batch(requests(1000, true), BatchTest::number);

    assertThat(values(outcomes))
        .isEqualTo(IntStream.range(0, 1000).asLongStream().boxed().toList());
  }

  @Test
  void requestsWithoutAckAreAnsweredToo() throws NetlinkException {
    List<Outcome<Long>> outcomes = genl.batch(requests(1000, false), BatchTest::number);

    assertThat(values(outcomes)).hasSize(1000).isSorted();
  }

  @Test
  void repliesHaveAllMessages() throws NetlinkException {
    family.onDo(
        ECHO,
        (request, answer) -> {
          echo(request, answer);
          echo(request, answer);
        });

    List<Outcome<Reply<GenlMessage>>> outcomes = genl.batch(requests(3, true));

    assertThat(outcomes).hasSize(3);
    for (Outcome<Reply<GenlMessage>> outcome : outcomes) {
      assertThat(outcome.get().messages()).hasSize(2);
    }
  }

  @Test
  @DisplayName("T06 one request that fails does not spoil the others")
  void failureDoesNotSpoilTheOthers() throws NetlinkException {
    family.onDo(
        ECHO,
        (request, answer) -> {
          if (request.attributes().get(NUMBER).u32() % 3 == 1) {
            answer.error(EINVAL, a -> a.putString(1, "one of three").putU32(2, 20));
          } else {
            echo(request, answer);
          }
        });

    List<Outcome<Long>> outcomes = genl.batch(requests(300, true), BatchTest::number);

    for (int i = 0; i < 300; i++) {
      Outcome<Long> outcome = outcomes.get(i);
      if (i % 3 == 1) {
        assertThatThrownBy(outcome::get)
            .isInstanceOf(KernelException.class)
            .hasMessageContaining("one of three; attribute 1");
      } else {
        assertThat(outcome.get()).isEqualTo(i);
      }
    }
  }

  @Test
  @DisplayName("T06 answers may share datagrams and come in another order")
  void answersMayComeInAnotherOrder() throws NetlinkException {
    List<FakeRequest> held = new ArrayList<>();
    family.onDo(
        ECHO,
        (request, answer) -> {
          held.add(request);
          answer.unanswered();
          if (held.size() == 10) {
            answer.together(
                all -> {
                  for (int i = 9; i >= 0; i--) {
                    echo(held.get(i), all.sequence(held.get(i).sequence()));
                  }
                });
          }
        });

    List<Outcome<Long>> outcomes = genl.batch(requests(10, false), BatchTest::number);

    assertThat(values(outcomes)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  @ParameterizedTest(name = "T08 of {0}, answers that the kernel dropped are overruns, no others")
  @ValueSource(ints = {10, 64})
  void droppedAnswersAreOverruns(int count) throws NetlinkException {
    family.onDo(
        ECHO,
        (request, answer) -> {
          if (request.attributes().get(NUMBER).u32() == 5) {
            answer.overrun().unanswered();
          } else if (request.attributes().get(NUMBER).u32() < 5) {
            echo(request, answer);
          } else {
            answer.unanswered();
          }
        });

    List<Outcome<Long>> outcomes = genl.batch(requests(count, false), BatchTest::number);

    assertThat(values(outcomes.subList(0, 5))).containsExactly(0L, 1L, 2L, 3L, 4L);
    for (Outcome<Long> outcome : outcomes.subList(5, count)) {
      assertThatThrownBy(outcome::get).isInstanceOf(OverrunException.class);
    }
  }

  @Test
  @DisplayName("T09 a request without answer is a timeout, and the next batch succeeds")
  void missingAnswerIsATimeout() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> answer.unanswered());
    for (Outcome<Long> outcome : genl.batch(requests(3, true), BatchTest::number)) {
      assertThatThrownBy(outcome::get)
          .isInstanceOf(RequestTimeoutException.class)
          .hasMessageContaining(" and 2 more of a batch: ");
    }

    family.onDo(ECHO, BatchTest::echo);
    assertThat(values(genl.batch(requests(3, true), BatchTest::number))).hasSize(3);
  }

  @Test
  void acknowledgementWithoutAnswerIsAProtocolErrorOfThatRequest() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> {});

    for (Outcome<Long> outcome : genl.batch(requests(2, true), BatchTest::number)) {
      assertThatThrownBy(outcome::get).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  @DisplayName("T06 what cannot be sent is an outcome and does not spoil the others")
  void requestThatCannotBeSentIsAnOutcome() throws NetlinkException {
    FakeFamily gone = kernel.family("gone");
    GenlFamily goneFamily = genl.family("gone");
    kernel.unregister(gone);
    GenlRequest good = requests(1, true).get(0);
    GenlRequest wrongValue = GenlRequest.of(demo, ECHO, a -> a.putU8(NUMBER, 256));
    GenlRequest wrongHeader = GenlRequest.of(demo, ECHO).withHeader((byte) 1);
    GenlRequest tooLong =
        GenlRequest.of(
            demo,
            ECHO,
            a -> {
              for (int i = 0; i < 100; i++) {
                a.putBytes(NUMBER, new byte[65_531]);
              }
            });

    List<Outcome<Reply<GenlMessage>>> outcomes =
        genl.batch(
            List.of(
                good,
                wrongValue,
                good,
                wrongHeader,
                good,
                tooLong,
                good,
                GenlRequest.of(goneFamily, ECHO),
                good));

    for (int i = 0; i < outcomes.size(); i += 2) {
      assertThat(outcomes.get(i).get().messages()).hasSize(1);
    }
    assertThatThrownBy(outcomes.get(1)::get).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(outcomes.get(3)::get).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(outcomes.get(5)::get)
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("EMSGSIZE");
    assertThatThrownBy(outcomes.get(7)::get).isInstanceOf(FamilyNotFoundException.class);
  }

  @Test
  void readerThatThrowsIsAnOutcome() throws NetlinkException {
    List<Outcome<Long>> outcomes =
        genl.batch(
            requests(10, true),
            message -> {
              long number = number(message);
              if (number == 4) {
                throw new IllegalStateException("not this one");
              }
              return number;
            });

    for (int i = 0; i < 10; i++) {
      if (i == 4) {
        assertThatThrownBy(outcomes.get(i)::get).hasMessage("not this one");
      } else {
        assertThat(outcomes.get(i).get()).isEqualTo(i);
      }
    }
  }

  @Test
  @DisplayName("T04 the positive number of an acknowledgement is a result")
  void positiveAcknowledgementIsAResult() throws NetlinkException {
    family.onDo(ECHO, (request, answer) -> answer.result(7));

    for (Outcome<Reply<GenlMessage>> outcome : genl.batch(requests(3, true))) {
      assertThat(outcome.get().value()).isEqualTo(7);
    }
  }

  @ParameterizedTest(name = "a window: {5}", quoteTextArguments = false)
  @CsvSource({
    "60000, 0, false, 7, half the buffer at 4352 an answer",
    "52224, 0, false, 6, the same to the byte",
    "60000, 0, true, 6, at 1024 more an acknowledgement",
    "60000, 5000, false, 3, at twice a long request",
    "300000, 0, false, 38, all but what the last may take",
    "500000, 4064, false, 6, 24 KiB of requests to the byte"
  })
  void windowStaysWithinTheReceiveBuffer(
      int buffer, int payload, boolean acknowledged, int window, String what)
      throws NetlinkException {
    List<Integer> windows = new ArrayList<>();
    int[] pending = new int[1];
    family.onDo(
        ECHO,
        (request, answer) -> {
          pending[0]++;
          windows.add(pending[0]);
          echo(request, answer);
        });
    kernel.limitBuffers(buffer, buffer);
    try (Genl small = kernel.open()) {
      List<GenlRequest> many = requests(50, payload, acknowledged);
      small.batch(
          many,
          m -> {
            pending[0] = 0;
            return number(m);
          });
    }

    assertThat(windows).as(what).hasSize(50);
    assertThat(Collections.max(windows)).as(what).isEqualTo(window);
  }

  @Test
  void nothingIsSentWhereNoRequestCanBeWritten() throws NetlinkException {
    List<Integer> sent = new ArrayList<>();
    Transport.Factory sockets = kernel.sockets();
    try (Genl watched =
        Genl.open(
            NetlinkOptions.DEFAULTS,
            (protocol, purpose) ->
                new ForwardingTransport(sockets.open(protocol, purpose)) {
                  @Override
                  public int exchange(MessageWriter request, Datagrams into, int count) {
                    sent.add(request.length());
                    return super.exchange(request, into, count);
                  }
                })) {
      List<Outcome<Long>> outcomes =
          watched.batch(
              List.of(GenlRequest.of(demo, ECHO).withHeader((byte) 1)), BatchTest::number);

      assertThatThrownBy(outcomes.get(0)::get).isInstanceOf(IllegalArgumentException.class);
    }

    assertThat(sent).isEmpty();
  }

  private List<GenlRequest> requests(int count, boolean acknowledged) {
    return requests(count, 0, acknowledged);
  }

  private List<GenlRequest> requests(int count, int payload, boolean acknowledged) {
    List<GenlRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      GenlRequest request =
          GenlRequest.of(
              demo,
              ECHO,
              a -> {
                a.putU32(NUMBER, number);
                if (payload > 0) {
                  a.putBytes(TEXT, new byte[payload]);
                }
              });
      requests.add(acknowledged ? request : request.withoutAck());
    }
    return requests;
  }

  private static void echo(FakeRequest request, FakeAnswer answer) {
    long number = request.attributes().get(NUMBER).u32();
    answer.message(ECHO, a -> a.putU32(NUMBER, number));
  }

  private static long number(GenlMessage message) {
    return message.attributes().get(NUMBER).u32();
  }

  private static List<Long> values(List<Outcome<Long>> outcomes) throws NetlinkException {
    List<Long> values = new ArrayList<>();
    for (Outcome<Long> outcome : outcomes) {
      values.add(outcome.get());
    }
    return values;
  }
}
