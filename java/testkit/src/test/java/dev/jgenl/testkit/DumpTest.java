package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.NetlinkConstants;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A dump and its end, with every fault on the way. */
class DumpTest {

  private static final int LIST = 3;
  private static final int INDEX = 1;
  private static final int EBUSY = 16;

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
  void dumpEndsWithDone() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 10));

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThat(dump.toList()).extracting(DumpTest::index).hasSize(10).isSorted();
      assertThat(dump.next()).isNull();
    }
  }

  @Test
  void emptyDumpIsEmpty() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> {});

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThat(dump.toList()).isEmpty();
    }
  }

  @Test
  @DisplayName("T06 several messages of a dump may share a datagram with its end")
  void messagesMayShareADatagram() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> answer.together(a -> list(a, 0, 5).error(0)));

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThat(dump.toList()).hasSize(5);
    }
  }

  @Test
  void nextDumpTakesTheSocketOfOneThatEnded() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2));
    readAll();
    int port = lastPort();

    readAll();

    assertThat(lastPort()).isEqualTo(port);
    assertThat(requestSockets()).isEqualTo(1);
  }

  @Test
  void dumpThatIsGivenUpClosesItsSocket() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2));
    int others = requestSockets() - 1;

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      dump.next();
    }

    assertThat(requestSockets()).isEqualTo(others);
  }

  @Test
  void closingADumpAfterItsEndLeavesTheNextAlone() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2));
    Dump<GenlMessage> ended = genl.dump(demo, LIST);
    ended.toList();

    try (Dump<GenlMessage> next = genl.dump(demo, LIST)) {
      ended.close();

      assertThat(next.toList()).hasSize(2);
    }
  }

  @Test
  @DisplayName("T02 what an earlier dump has left behind is not taken for the next one's")
  void messagesOfAnEarlierDumpAreSkipped() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2));
    readAll();
    family.onDump(
        LIST,
        (request, answer) -> {
          list(answer.sequence(request.sequence() - 1), 7, 8);
          list(answer.sequence(request.sequence()), 0, 2);
        });

    assertThat(readAll()).containsExactly(0L, 1L);
  }

  @Test
  void socketOfADumpWithAnySequenceIsNotKept() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer.sequence(7), 0, 2));
    int before = requestSockets();

    try (Dump<GenlMessage> dump = genl.dump(GenlRequest.of(demo, LIST).withAnySequence())) {
      assertThat(requestSockets()).isEqualTo(before + 1);
      assertThat(dump.toList()).hasSize(2);
    }

    assertThat(requestSockets()).isEqualTo(before);
  }

  /** Not that which follows the families, which is there or not, depending on the time. */
  private int requestSockets() {
    return kernel.openSockets(Transport.Purpose.REQUESTS);
  }

  private int lastPort() {
    List<FakeRequest> requests = family.requests();
    return requests.get(requests.size() - 1).portId();
  }

  private List<Long> readAll() throws NetlinkException {
    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      return dump.toList().stream().map(DumpTest::index).toList();
    }
  }

  @Test
  void forEachClosesAlsoIfTheActionFails() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2));
    int others = requestSockets() - 1;
    Dump<GenlMessage> dump = genl.dump(demo, LIST);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                dump.forEach(
                    m -> {
                      throw new IllegalStateException("the action");
                    }));

    assertThat(requestSockets()).isEqualTo(others);
    assertThatThrownBy(dump::next).isInstanceOf(ClosedException.class);
  }

  @Test
  void messagesAreMadeSomethingElseAsTheyComeAndWhatThatThrowsCloses() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2));
    int others = requestSockets() - 1;
    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThat(dump.readAll(DumpTest::index)).containsExactly(0L, 1L);
    }
    Dump<GenlMessage> failing = genl.dump(demo, LIST);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                failing.readAll(
                    m -> {
                      throw new IllegalStateException("the function");
                    }));

    assertThat(requestSockets()).isEqualTo(others);
  }

  @Test
  @DisplayName("T12 an interrupted dump delivers all messages, then says so")
  void interruptedDumpDeliversThenFails() throws NetlinkException {
    family.onDump(
        LIST,
        (request, answer) -> {
          list(answer, 0, 2);
          list(answer.flags(NetlinkConstants.NLM_F_DUMP_INTR), 2, 4);
        });

    List<Long> seen = new ArrayList<>();
    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThatThrownBy(() -> dump.forEach(m -> seen.add(index(m))))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(DumpInterruptedException.class);
    }
    assertThat(seen).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  @DisplayName("T12 the flag on NLMSG_DONE alone counts")
  void interruptOnDoneCounts() throws NetlinkException {
    family.onDump(
        LIST, (request, answer) -> list(answer, 0, 2).flags(NetlinkConstants.NLM_F_DUMP_INTR));

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThatThrownBy(dump::toList).isInstanceOf(DumpInterruptedException.class);
    }
  }

  @Test
  @DisplayName(
      "T12 an inconsistent dump is repeated as often as asked, then fails with its messages")
  void inconsistentDumpIsRepeated() throws NetlinkException {
    int[] interruptions = {2};
    family.onDump(
        LIST,
        (request, answer) -> {
          if (interruptions[0]-- > 0) {
            answer.flags(NetlinkConstants.NLM_F_DUMP_INTR);
          }
          list(answer, 0, 3);
        });
    try (Genl patient = kernel.open(NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(2)));
        Dump<GenlMessage> dump = patient.dump(demo, LIST)) {
      assertThat(dump.toList()).hasSize(3);
    }

    interruptions[0] = 3;
    try (Genl patient = kernel.open(NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(2)));
        Dump<GenlMessage> dump = patient.dump(demo, LIST)) {
      DumpInterruptedException e =
          catchThrowableOfType(DumpInterruptedException.class, dump::toList);
      assertThat(e.messages(GenlMessage.class)).hasSize(3);
    }
  }

  @Test
  @DisplayName("T12 an inconsistent dump is delivered and marked where that is the policy")
  void inconsistentDumpIsMarked() throws NetlinkException {
    family.onDump(
        LIST, (request, answer) -> list(answer.flags(NetlinkConstants.NLM_F_DUMP_INTR), 0, 3));
    try (Genl lenient = kernel.open(NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.mark()));
        Dump<GenlMessage> dump = lenient.dump(demo, LIST)) {
      assertThat(dump.isConsistent()).isTrue();
      assertThat(dump.toList()).hasSize(3);
      assertThat(dump.isConsistent()).isFalse();
    }
  }

  @Test
  void dumpThatTheKernelHasFilteredSaysSo() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2));
    family.onDump(
        LIST + 1,
        (request, answer) -> list(answer.flags(NetlinkConstants.NLM_F_DUMP_FILTERED), 0, 2));
    try (Dump<GenlMessage> whole = genl.dump(demo, LIST);
        Dump<GenlMessage> filtered = genl.dump(demo, LIST + 1)) {
      assertThat(filtered.isFiltered()).isFalse();

      assertThat(whole.toList()).hasSize(2);
      assertThat(filtered.toList()).hasSize(2);

      assertThat(whole.isFiltered()).isFalse();
      assertThat(filtered.isFiltered()).isTrue();
    }
  }

  @Test
  void streamIsLazyAndClosesTheDump() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 10));
    Dump<GenlMessage> dump = genl.dump(demo, LIST);
    try (Stream<GenlMessage> messages = dump.stream()) {
      assertThat(messages.limit(2).map(DumpTest::index)).containsExactly(0L, 1L);
    }

    assertThatThrownBy(dump::next).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T13 the error inside NLMSG_DONE, with its extended ACK, is the outcome")
  void errorInsideDoneIsTheOutcome() throws NetlinkException {
    family.onDump(
        LIST, (request, answer) -> list(answer, 0, 2).error(EBUSY, a -> a.putString(1, "later")));

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      KernelException e = catchThrowableOfType(KernelException.class, dump::toList);
      assertThat(e.error()).isEqualTo(Errno.EBUSY);
      assertThat(e.extendedAck().message()).isEqualTo(Optional.of("later"));
    }
  }

  @Test
  void refusedDumpIsAKernelException() throws NetlinkException {
    try (Dump<GenlMessage> dump = genl.dump(demo, 99)) {
      assertThatThrownBy(dump::next)
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("EOPNOTSUPP");
    }
  }

  @Test
  @DisplayName("T14 two dumps at once do not mix, and one given up does not disturb the other")
  void dumpsDoNotMix() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 3));
    family.onDump(LIST + 1, (request, answer) -> list(answer, 10, 13));

    try (Dump<GenlMessage> one = genl.dump(demo, LIST);
        Dump<GenlMessage> other = genl.dump(demo, LIST + 1);
        Dump<GenlMessage> abandoned = genl.dump(demo, LIST)) {
      assertThat(index(abandoned.next())).isZero();
      abandoned.close();
      assertThat(index(one.next())).isZero();
      assertThat(index(other.next())).isEqualTo(10);
      assertThat(one.toList()).extracting(DumpTest::index).containsExactly(1L, 2L);
      assertThat(other.toList()).extracting(DumpTest::index).containsExactly(11L, 12L);
      assertThatThrownBy(abandoned::next).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  @DisplayName("T05 a message of another process is dropped")
  void messageOfAnotherProcessIsDropped() throws NetlinkException {
    family.onDump(
        LIST,
        (request, answer) -> {
          list(answer.sender(4711), 90, 99);
          list(answer.sender(0), 0, 1);
        });

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThat(dump.toList()).extracting(DumpTest::index).containsExactly(0L);
    }
  }

  @Test
  @DisplayName("T08 ENOBUFS during a dump is an overrun")
  void enobufsIsAnOverrun() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2).overrun().unanswered());

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThatThrownBy(dump::toList).isInstanceOf(OverrunException.class);
    }
  }

  @Test
  @DisplayName("T35 what came late to an earlier request does not make an empty dump suspect")
  void emptyDumpBehindALateAnswer() throws NetlinkException {
    family.onDo(
        LIST, (request, answer) -> list(answer.error(0).sequence(request.sequence()), 0, 1));
    family.onDump(LIST, (request, answer) -> answer.done());
    genl.execute(demo, LIST, a -> {});
    genl.execute(demo, LIST, a -> {});

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThat(dump.toList()).isEmpty();
    }
  }

  @Test
  @DisplayName("T09 a dump that stops half way is a timeout")
  void stoppedDumpIsATimeout() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer, 0, 2).unanswered());

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThatThrownBy(dump::toList).isInstanceOf(RequestTimeoutException.class);
    }
  }

  @Test
  void wrongSequenceIsAProtocolError() throws NetlinkException {
    family.onDump(LIST, (request, answer) -> list(answer.sequence(0), 0, 1));

    try (Dump<GenlMessage> dump = genl.dump(demo, LIST)) {
      assertThatThrownBy(dump::next).isInstanceOf(ProtocolException.class);
    }
  }

  private static FakeAnswer list(FakeAnswer answer, int from, int to) {
    for (int i = from; i < to; i++) {
      int index = i;
      answer.message(LIST, a -> a.putU32(INDEX, index));
    }
    return answer;
  }

  private static long index(GenlMessage message) {
    return message.attributes().get(INDEX).u32();
  }
}
