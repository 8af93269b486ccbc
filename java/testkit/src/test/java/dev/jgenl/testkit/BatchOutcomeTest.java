package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad request of a batch, whatever is wrong with it, spoils no other outcome. */
class BatchOutcomeTest extends Scripted {

  private static final int EINVAL = 22;
  private static final int EMSGSIZE = 90;
  private static final int EMFILE = 24;

  /** A number that no request of a test has had. */
  private static final int FAR = 0x7f00_0000;

  private GenlFamily gone;

  @BeforeEach
  void loseAFamily() throws NetlinkException {
    FakeFamily lost = kernel.family("lost");
    gone = genl.family("lost");
    kernel.unregister(lost);
  }

  /** What can be wrong with one request. */
  enum Bad {
    TOO_LONG {
      @Override
      GenlRequest request(BatchOutcomeTest t, long number) {
        return GenlRequest.of(
            t.demo,
            COMMAND,
            a -> {
              for (int i = 0; i < 100; i++) {
                a.putBytes(TEXT, new byte[65_531]);
              }
            });
      }

      @Override
      void check(Throwable cause) {
        assertThat(((KernelException) cause).errno()).isEqualTo(EMSGSIZE);
      }
    },
    LONG_ATTRIBUTE {
      @Override
      GenlRequest request(BatchOutcomeTest t, long number) {
        return GenlRequest.of(t.demo, COMMAND, a -> a.putBytes(TEXT, new byte[65_532]));
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(IllegalArgumentException.class);
      }
    },
    FAMILY_GONE {
      @Override
      GenlRequest request(BatchOutcomeTest t, long number) {
        return GenlRequest.of(t.gone, COMMAND);
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(FamilyNotFoundException.class);
      }
    },
    WRITER_THROWS {
      @Override
      GenlRequest request(BatchOutcomeTest t, long number) {
        return GenlRequest.of(
            t.demo,
            COMMAND,
            a -> {
              a.putU32(NUMBER, number).putNested(TEXT, n -> n.putU32(NUMBER, number));
              throw new UnsupportedOperationException("writer");
            });
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(UnsupportedOperationException.class).hasMessage("writer");
      }
    },
    FLAGS_OF_A_DUMP {
      @Override
      GenlRequest request(BatchOutcomeTest t, long number) {
        return t.ask(number).withFlags(0x300);
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(IllegalArgumentException.class);
      }
    },
    WRONG_HEADER {
      @Override
      GenlRequest request(BatchOutcomeTest t, long number) {
        return t.ask(number).withHeader((byte) 1);
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(IllegalArgumentException.class);
      }
    },
    REFUSED {
      @Override
      void answer(FakeRequest request, FakeAnswer answer) {
        answer.error(EINVAL, a -> a.putString(1, "not this"));
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(KernelException.class).hasMessageContaining("not this");
      }
    },
    REFUSED_BEHIND_ITS_ANSWER {
      @Override
      void answer(FakeRequest request, FakeAnswer answer) {
        if ((request.flags() & 4) != 0) {
          echo(request, answer);
        }
        answer.error(EINVAL);
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(KernelException.class).hasMessageContaining("EINVAL");
      }
    },
    WRONG_SEQUENCE {
      @Override
      void answer(FakeRequest request, FakeAnswer answer) {
        echo(request, answer.sequence(FAR));
        answer.sequence(request.sequence());
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(ProtocolException.class);
      }
    },
    WRONG_PORT {
      @Override
      void answer(FakeRequest request, FakeAnswer answer) {
        echo(request, answer.portId(1));
        answer.portId(request.portId());
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(ProtocolException.class);
      }
    },
    MALFORMED {
      @Override
      void answer(FakeRequest request, FakeAnswer answer) {
        answer.datagram(ByteBuffer.allocate(20));
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(ProtocolException.class);
      }
    },
    MALFORMED_WARNING {
      @Override
      void answer(FakeRequest request, FakeAnswer answer) {
        // NLM_F_CAPPED and NLM_F_ACK_TLVS: errno 0, a header, an attribute of length 0.
        answer.flags(0x300).control(2, new byte[4 + 16 + 4]).flags(0);
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(ProtocolException.class).hasMessageContaining("malformed");
      }
    },
    TRUNCATED {
      @Override
      void answer(FakeRequest request, FakeAnswer answer) {
        answer.datagram(ByteBuffer.allocate(100_000));
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(ProtocolException.class).hasMessageContaining("100000");
      }
    },
    TWO_ANSWERS {
      @Override
      void answer(FakeRequest request, FakeAnswer answer) {
        echo(request, answer);
        if ((request.flags() & 4) != 0) {
          echo(request, answer);
        } else {
          answer.error(EINVAL);
        }
      }

      @Override
      void check(Throwable cause) {
        assertThat(cause).isInstanceOf(ProtocolException.class).hasMessageContaining("2 messages");
      }

      @Override
      boolean onlyAcknowledged() {
        return true;
      }
    };

    GenlRequest request(BatchOutcomeTest t, long number) {
      return t.ask(number);
    }

    void answer(FakeRequest request, FakeAnswer answer) {
      echo(request, answer);
    }

    abstract void check(Throwable cause);

    boolean onlyAcknowledged() {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T40 one bad request, first, in the middle or last: all others have their answer")
  void oneBadRequest(Bad bad) {
    for (boolean acknowledged : List.of(true, false)) {
      for (int at : List.of(0, 50, 98, 99)) {
        if (acknowledged || !bad.onlyAcknowledged()) {
          assertOutcomes(100, acknowledged, Map.of(at, bad));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("T40 all that can be wrong, spread over 1,000 requests: the others are right")
  void allBadOnes(boolean acknowledged) {
    Map<Integer, Bad> bad = new TreeMap<>();
    for (Bad b : Bad.values()) {
      if (acknowledged || !b.onlyAcknowledged()) {
        bad.put(5 + 77 * b.ordinal(), b);
        bad.put(6 + 77 * b.ordinal(), b);
      }
    }
    assertOutcomes(1000, acknowledged, bad);
  }

  @Test
  @DisplayName("T40 bad ones only")
  void onlyBadOnes() {
    for (Bad bad : Bad.values()) {
      assertOutcomes(2, true, Map.of(0, bad, 1, bad));
    }
  }

  private void assertOutcomes(int count, boolean acknowledged, Map<Integer, Bad> bad) {
    script(bad);
    List<GenlRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      GenlRequest request = bad.containsKey(i) ? bad.get(i).request(this, i) : ask(i);
      requests.add(acknowledged ? request : request.withoutAck());
    }

    List<Outcome<Long>> outcomes = genl.batch(requests, Scripted::number);

    assertThat(outcomes).hasSize(count);
    for (int i = 0; i < count; i++) {
      String what = "outcome " + i + " of " + count + " beside " + bad;
      if (bad.containsKey(i)) {
        assertThat(outcomes.get(i)).as(what).isInstanceOf(Outcome.Failure.class);
        bad.get(i).check(((Outcome.Failure<Long>) outcomes.get(i)).cause());
      } else {
        assertThat(outcomes.get(i)).as(what).isEqualTo(new Outcome.Success<>((long) i));
      }
    }
    assertBatchIsRight();
  }

  private void script(Map<Integer, Bad> bad) {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          int number =
              (int) request.attributes().find(NUMBER).map(a -> a.u32()).orElse(0L).longValue();
          if (bad.containsKey(number)) {
            bad.get(number).answer(request, answer);
          } else {
            echo(request, answer);
          }
        });
  }

  @Test
  @DisplayName("T40 a reader that throws at the 50th answer of 100, whatever it throws")
  void readerThatThrows() {
    for (boolean acknowledged : List.of(true, false)) {
      List<Outcome<Long>> outcomes =
          genl.batch(
              requests(100, acknowledged),
              m -> {
                if (number(m) == 50) {
                  // As if an attribute were missing.
                  return m.attributes().get(99).u32();
                }
                if (number(m) == 51) {
                  throw new UnsupportedOperationException("reader");
                }
                return number(m);
              });

      assertRight(outcomes.subList(0, 50), 0);
      assertThatThrownBy(outcomes.get(50)::get).isInstanceOf(Exception.class);
      assertThatThrownBy(outcomes.get(51)::get).isInstanceOf(UnsupportedOperationException.class);
      assertRight(outcomes.subList(52, 100), 52);
      assertBatchIsRight();
    }
  }

  @Test
  @DisplayName("T40 an Error of a reader or a writer ends the batch, and the next is right")
  void errorEndsTheBatch() {
    for (int at : List.of(0, 50, 99)) {
      assertThatThrownBy(
              () ->
                  genl.batch(
                      requests(100, false),
                      m -> {
                        if (number(m) == at) {
                          throw new StackOverflowError("reader");
                        }
                        return number(m);
                      }))
          .isInstanceOf(StackOverflowError.class);
      assertBatchIsRight();

      List<GenlRequest> requests = requests(100, true);
      requests.set(
          at,
          GenlRequest.of(
              demo,
              COMMAND,
              a -> {
                throw new StackOverflowError("writer");
              }));
      assertThatThrownBy(() -> genl.batch(requests, Scripted::number))
          .isInstanceOf(StackOverflowError.class);
      assertBatchIsRight();
    }
  }

  @Test
  @DisplayName("T40 one answer never comes: a timeout, not sent what comes later, the rest right")
  void oneTimeout() {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          if (request.attributes().get(NUMBER).u32() == 50) {
            answer.unanswered();
          } else {
            echo(request, answer);
          }
        });
    List<Outcome<Long>> outcomes =
        genl.batch(
            requests(1000, true).stream().map(r -> r.withTimeout(Duration.ofMillis(100))).toList(),
            Scripted::number);

    int sent = family.requests().size();
    assertThat(sent).isBetween(51, 999);
    assertRight(outcomes.subList(0, 50), 0);
    assertThatThrownBy(outcomes.get(50)::get).isInstanceOf(RequestTimeoutException.class);
    assertRight(outcomes.subList(51, sent), 51);
    assertThat(outcomes.subList(sent, 1000))
        .allSatisfy(o -> assertThatThrownBy(o::get).isInstanceOf(RequestTimeoutException.class));
    assertBatchIsRight();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("T40 an overrun in the middle: unknown is said of what was lost, the rest is right")
  void overrun(boolean acknowledged) throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          if (request.attributes().get(NUMBER).u32() == 50) {
            answer.overrun();
          }
          echo(request, answer);
        });

    List<Outcome<Long>> outcomes = genl.batch(requests(1000, acknowledged), Scripted::number);

    assertRight(outcomes.subList(0, 50), 0);
    int next = 50;
    while (outcomes.get(next) instanceof Outcome.Failure<Long> failure) {
      assertThat(failure.cause())
          .isInstanceOf(OverrunException.class)
          .hasMessageContaining("outcome is unknown");
      next++;
    }
    assertThat(next).isBetween(51, 900);
    assertRight(outcomes.subList(next, 1000), next);
    assertThat(family.requests()).hasSize(1000);
    assertBatchIsRight();
  }

  @Test
  @DisplayName("T40 an answer with another sequence number to its very end")
  void wrongSequenceToTheEnd() throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          if (request.attributes().get(NUMBER).u32() == 50) {
            answer.sequence(FAR);
          }
          echo(request, answer);
        });
    List<GenlRequest> requests = new ArrayList<>();
    for (GenlRequest r : requests(1000, true)) {
      requests.add(r.withTimeout(Duration.ofMillis(100)));
    }

    List<Outcome<Long>> outcomes = genl.batch(requests, Scripted::number);

    assertThat(((Outcome.Failure<Long>) outcomes.get(50)).cause())
        .isInstanceOf(ProtocolException.class);
    assertRight(outcomes.subList(0, 50), 0);
    int sent = family.requests().size();
    assertRight(outcomes.subList(51, sent), 51);
    assertBatchIsRight();
  }

  @Test
  @DisplayName("T40 closed in the middle: what had an answer has it, the others say so")
  void closedInTheMiddle() throws Exception {
    CountDownLatch asked = unansweredAt50();
    Future<List<Outcome<Long>>> batch =
        start(() -> genl.batch(requests(1000, true), Scripted::number));
    asked.await();
    genl.close();

    assertEndedWith(ClosedException.class, await(batch));
  }

  @Test
  @DisplayName("T40 interrupted in the middle: what had an answer has it, the others say so")
  void interruptedInTheMiddle() throws Exception {
    CountDownLatch asked = unansweredAt50();
    Interruptible<List<Outcome<Long>>> batch =
        startInterruptible(
            () -> {
              List<Outcome<Long>> outcomes = genl.batch(requests(1000, true), Scripted::number);
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              return outcomes;
            });
    asked.await();
    batch.thread().interrupt();

    assertEndedWith(RequestInterruptedException.class, await(batch.future()));
    assertBatchIsRight();
  }

  private CountDownLatch unansweredAt50() {
    CountDownLatch asked = new CountDownLatch(1);
    family.onDo(
        COMMAND,
        (request, answer) -> {
          if (request.attributes().get(NUMBER).u32() == 50) {
            answer.unanswered();
            asked.countDown();
          } else {
            echo(request, answer);
          }
        });
    return asked;
  }

  private static void assertEndedWith(Class<?> cause, List<Outcome<Long>> outcomes) {
    assertThat(outcomes).hasSize(1000);
    for (int i = 0; i < 1000; i++) {
      if (outcomes.get(i) instanceof Outcome.Success<Long> success) {
        assertThat(success.value()).isEqualTo(i);
      } else {
        assertThat(((Outcome.Failure<Long>) outcomes.get(i)).cause()).isInstanceOf(cause);
      }
    }
    assertThat(outcomes.get(50)).isInstanceOf(Outcome.Failure.class);
    assertThat(outcomes.get(999)).isInstanceOf(Outcome.Failure.class);
  }

  @Test
  @DisplayName("T40 no socket for the second half: each outcome says so, the first half is right")
  void noSocketForTheSecondHalf() throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          if (request.attributes().get(NUMBER).u32() == 50) {
            // Its connection is not used again.
            kernel.refuseSockets(EMFILE, Integer.MAX_VALUE);
            answer.datagram(ByteBuffer.allocate(20));
          } else {
            echo(request, answer);
          }
        });

    List<Outcome<Long>> outcomes = genl.batch(requests(1000, true), Scripted::number);

    int sent = family.requests().size();
    assertThat(sent).isLessThan(1000);
    assertRight(outcomes.subList(51, sent), 51);
    assertThat(outcomes.subList(sent, 1000))
        .allSatisfy(
            o ->
                assertThatThrownBy(o::get)
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EMFILE"));
    kernel.refuseSockets(EMFILE, 0);
    assertBatchIsRight();
  }

  @Test
  @DisplayName("T39 tolerant requests among others: all have their answer, in their order")
  void tolerantOnesAmongOthers() throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          if (request.attributes().get(NUMBER).u32() % 10 == 3) {
            answer.sequence(0).portId(0);
          }
          echo(request, answer);
        });
    List<GenlRequest> requests = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      requests.add(i % 10 == 3 ? ask(i).withAnySequence().withAnyPort() : ask(i));
    }

    assertRight(genl.batch(requests, Scripted::number), 0);
    List<Outcome<Reply<GenlMessage>>> replies = genl.batch(requests);
    for (int i = 0; i < 100; i++) {
      assertThat(replies.get(i).get().messages())
          .extracting(Scripted::number)
          .containsExactly((long) i);
    }
    assertThat(family.requests().stream().limit(100).map(r -> r.attributes().get(NUMBER).u32()))
        .isEqualTo(LongStream.range(0, 100).boxed().toList());
  }

  @Test
  @DisplayName("T39 the reply to a tolerant request of a batch shows number and warning, too")
  void replyToATolerantRequest() throws NetlinkException {
    GenlRequest request = ask(1).withAnySequence();
    family.onDo(COMMAND, (asked, answer) -> answer.result(42));
    assertThat(genl.batch(List.of(request)).get(0).get().value()).isEqualTo(42);

    family.onDo(COMMAND, (asked, answer) -> answer.error(0, a -> a.putString(1, "if you insist")));
    assertThat(genl.batch(List.of(request)).get(0).get().warning().message())
        .contains("if you insist");

    family.onDo(
        COMMAND,
        (asked, answer) -> {
          echo(asked, answer.portId(0));
          answer.portId(asked.portId());
        });
    assertThatThrownBy(() -> genl.batch(List.of(request), Scripted::number).get(0).get())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("port 0");
  }

  private List<GenlRequest> requests(int count, boolean acknowledged) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(i -> acknowledged ? ask(i) : ask(i).withoutAck())
            .toList());
  }

  /** Checks that all succeeded, with the numbers from one on. */
  private static void assertRight(List<Outcome<Long>> outcomes, int from) {
    for (int i = 0; i < outcomes.size(); i++) {
      assertThat(outcomes.get(i))
          .as("outcome %d", from + i)
          .isEqualTo(new Outcome.Success<>((long) from + i));
    }
  }

  private void assertBatchIsRight() {
    family.onDo(COMMAND, Scripted::echo);
    assertRight(genl.batch(requests(20, true), Scripted::number), 0);
    assertRight(genl.batch(requests(20, false), Scripted::number), 0);
    kernel.forgetRequests();
  }
}
