package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Transport;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A socket is used again if its exchange has come to its end, and nothing came that none wanted.
 */
class ReuseTest extends Scripted {

  private static final int EINVAL = 22;
  private static final int EXPLANATION_OFFSET = 2;

  /** What is no reason to take another socket, and what is. */
  enum Answer {
    MESSAGE(true) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        echo(request, answer);
      }
    },
    REFUSAL(true) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        answer.error(EINVAL, a -> a.putString(1, "not this"));
      }
    },
    MESSAGE_OF_AN_EARLIER_REQUEST(true) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        echo(request, answer.sequence(request.sequence() - 1));
        echo(request, answer.sequence(request.sequence()));
      }
    },
    MALFORMED_REFUSAL(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        answer.error(EINVAL, a -> a.putU8(EXPLANATION_OFFSET, 1));
      }
    },
    MALFORMED_WARNING(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        echo(request, answer);
        answer.error(0, a -> a.putU8(EXPLANATION_OFFSET, 1));
      }
    },
    MALFORMED_DATAGRAM(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        echo(request, answer.datagram(ByteBuffer.allocate(5)));
      }
    },
    SHORT_ERROR(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        echo(request, answer.control(2, new byte[2]));
      }
    },
    EVENT(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        echo(request, answer.portId(0));
        echo(request, answer.portId(request.portId()));
      }
    },
    PORT_OF_ANOTHER(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        echo(request, answer.portId(4711));
      }
    },
    NUMBER_OF_NOBODY(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        echo(request, answer.sequence(request.sequence() + 1));
      }
    },
    LOSS(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        answer.overrun();
      }
    },
    NONE(false) {
      @Override
      void come(FakeRequest request, FakeAnswer answer) {
        answer.unanswered();
      }
    };

    private final boolean clean;

    Answer(boolean clean) {
      this.clean = clean;
    }

    abstract void come(FakeRequest request, FakeAnswer answer);
  }

  /** Each way through the pool. */
  static Stream<Arguments> answers() {
    return Stream.of(Answer.values())
        .flatMap(
            answer ->
                Arrays.stream(Way.values())
                    .filter(way -> !way.isOwned())
                    // Nobody reads the warning of a dump.
                    .filter(way -> !way.isDump() || answer != Answer.MALFORMED_WARNING)
                    .map(way -> Arguments.of(answer, way)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  @DisplayName("T38 a socket is used again unless something has gone wrong on it")
  void cleanSocketIsUsedAgain(Answer answer, Way way) {
    kernel.clock().skipWaits();
    family.onDo(COMMAND, answer::come).onDump(COMMAND, answer::come);

    List<Integer> ports = ports(() -> way.ask(genl, ask(1)));

    assertThat(ports.get(0).equals(ports.get(1))).isEqualTo(answer.clean);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  @DisplayName("T38 an event behind the acknowledgement: the next request has another socket")
  void eventBehindTheEnd(int late) {
    FakeFamily.Script script =
        (request, answer) -> {
          echo(request, answer);
          answer.error(0);
          answer.sequence(request.sequence());
          for (int i = 0; i < late; i++) {
            echo(request, answer);
          }
          echo(request, answer.portId(0));
        };
    family.onDo(COMMAND, script);

    assertThat(ports(() -> genl.execute(ask(1)))).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  @DisplayName("T38 an event behind the end of a dump: the next request has another socket")
  void eventBehindTheEndOfADump(int late) {
    family.onDump(
        COMMAND,
        (request, answer) ->
            answer.together(
                all -> {
                  echo(request, all);
                  all.done();
                  for (int i = 0; i < late; i++) {
                    echo(request, all);
                  }
                  echo(request, all.portId(0));
                }));

    assertThat(ports(() -> Way.DUMP.ask(genl, ask(1)))).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("T38 a reader that throws: the next request has another socket")
  void readerThatThrows() {
    assertThat(
            ports(
                () ->
                    genl.request(
                        ask(1),
                        m -> {
                          throw new IllegalStateException("the reader");
                        })))
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("T38 a request that the system does not take: the socket is used again")
  void requestThatCannotBeSent() {
    GenlRequest tooLong =
        GenlRequest.of(
            demo,
            COMMAND,
            a -> {
              for (int i = 0; i < 100; i++) {
                a.putBytes(TEXT, new byte[65_000]);
              }
            });

    catchThrowable(() -> genl.execute(ask(1)));
    assertThat(ports(() -> genl.execute(tooLong))).hasSize(2).containsOnly(port());
    assertThat(kernel.openSockets(Transport.Purpose.REQUESTS)).isEqualTo(1);
  }

  @Test
  @DisplayName("T38 a resolution in vain, and one that is answered: the socket is used again")
  void resolution() {
    kernel.family("other");

    assertThat(ports(() -> genl.family("nobody"), () -> genl.family("other"))).containsOnly(port());
  }

  @Test
  @DisplayName("T38 a resolution that is never answered: the next request has another socket")
  void resolutionWithoutAnswer() throws NetlinkException {
    genl.execute(ask(1));
    int before = port();
    kernel.clock().skipWaits();
    kernel.controller().onDo(GETFAMILY, (request, answer) -> answer.unanswered());

    assertThatThrownBy(() -> genl.family("other")).isInstanceOf(RequestTimeoutException.class);

    kernel.controller().onDo(GETFAMILY, (request, answer) -> answer.message(1, family::describe));
    genl.execute(ask(1));
    assertThat(port()).isNotEqualTo(before);
  }

  @Test
  @DisplayName("T03 from one exchange to the next the numbers jump, also over a resolution")
  void numbersJump() throws NetlinkException {
    kernel.family("other");
    kernel.forgetRequests();

    genl.execute(ask(1));
    genl.family("other");
    genl.batch(List.of(ask(1)));
    genl.family("other");

    List<Integer> numbers = kernel.requests().stream().map(FakeRequest::sequence).toList();
    assertThat(numbers).hasSize(4);
    for (int i = 1; i < numbers.size(); i++) {
      assertThat(numbers.get(i) - numbers.get(i - 1)).isGreaterThan(64);
    }
  }

  private interface Call {
    void run() throws NetlinkException;
  }

  /** Asks in some ways, then once more, and returns the ports of the family's requests. */
  private List<Integer> ports(Call... calls) {
    for (Call call : calls) {
      catchThrowable(call::run);
    }
    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
    catchThrowable(() -> genl.execute(ask(1)));
    return family.requests().stream().map(FakeRequest::portId).toList();
  }

  private int port() {
    List<FakeRequest> requests = family.requests();
    return requests.get(requests.size() - 1).portId();
  }
}
