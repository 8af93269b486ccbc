package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Dump;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.ProtocolException;
import dev.jgenl.wire.NetlinkConstants;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is tolerated, and what becomes of a dump whose data changes, whichever way it is read. */
class PolicyTest extends Scripted {

  private static final int EINVAL = 22;

  private int interrupted;
  private boolean atTheEnd;

  @BeforeEach
  void script() {
    interrupted = Integer.MAX_VALUE;
    family.onDump(
        COMMAND,
        (request, answer) -> {
          boolean now = interrupted-- > 0;
          answer.message(COMMAND, a -> a.putU32(NUMBER, 1));
          answer.flags(now && !atTheEnd ? NetlinkConstants.NLM_F_DUMP_INTR : 0);
          answer.message(COMMAND, a -> a.putU32(NUMBER, 2));
          answer.flags(0).message(COMMAND, a -> a.putU32(NUMBER, 3));
          answer.flags(now && atTheEnd ? NetlinkConstants.NLM_F_DUMP_INTR : 0);
        });
  }

  /** The ways to read a dump one by one; what was read is in the list when it throws. */
  enum Reading {
    NEXT {
      @Override
      void read(Dump<GenlMessage> dump, List<Long> into) throws NetlinkException {
        for (GenlMessage m = dump.next(); m != null; m = dump.next()) {
          into.add(number(m));
        }
      }
    },
    ITERATOR {
      @Override
      void read(Dump<GenlMessage> dump, List<Long> into) throws NetlinkException {
        unwrapped(() -> dump.forEach(m -> into.add(number(m))));
      }
    },
    STREAM {
      @Override
      void read(Dump<GenlMessage> dump, List<Long> into) throws NetlinkException {
        unwrapped(() -> dump.stream().forEach(m -> into.add(number(m))));
      }
    },
    NEXT_THEN_LIST {
      @Override
      void read(Dump<GenlMessage> dump, List<Long> into) throws NetlinkException {
        into.add(number(dump.next()));
        try {
          dump.toList().forEach(m -> into.add(number(m)));
        } catch (DumpInterruptedException e) {
          e.messages(GenlMessage.class).forEach(m -> into.add(number(m)));
          throw e;
        }
      }
    };

    abstract void read(Dump<GenlMessage> dump, List<Long> into) throws NetlinkException;

    private static void unwrapped(Runnable reading) throws NetlinkException {
      try {
        reading.run();
      } catch (UncheckedIOException e) {
        throw (NetlinkException) e.getCause();
      }
    }
  }

  static Stream<Arguments> readings() {
    return Stream.of(Reading.values())
        .flatMap(
            r ->
                Stream.of(
                    Arguments.of(r, false, false),
                    Arguments.of(r, false, true),
                    Arguments.of(r, true, false),
                    Arguments.of(r, true, true)));
  }

  @ParameterizedTest(name = "{0}, owned {1}, at the end {2}")
  @MethodSource("readings")
  @DisplayName(
      "T39 a dump that is read one by one fails at its end, or is marked, as the policy is")
  void readOneByOne(Reading reading, boolean owned, boolean atTheEnd) throws NetlinkException {
    this.atTheEnd = atTheEnd;
    for (DumpPolicy policy : List.of(DumpPolicy.fail(), DumpPolicy.retry(3), DumpPolicy.mark())) {
      kernel.forgetRequests();
      try (Genl other = kernel.open(NetlinkOptions.DEFAULTS.withDumpPolicy(policy));
          GenlConnection c = other.connect();
          Dump<GenlMessage> dump = owned ? c.dump(ask(1)) : other.dump(ask(1))) {
        List<Long> read = new ArrayList<>();
        if (policy.marks()) {
          reading.read(dump, read);
        } else {
          assertThatThrownBy(() -> reading.read(dump, read))
              .isInstanceOf(DumpInterruptedException.class);
        }
        assertThat(read).containsExactly(1L, 2L, 3L);
        assertThat(dump.isConsistent()).isFalse();
      }
      assertThat(family.requests()).as("cannot be taken back").hasSize(1);
    }
  }

  @ParameterizedTest(name = "owned {0}, at the end {1}")
  @MethodSource("wholes")
  @DisplayName("T39 a dump that is read as a whole is repeated as often as the policy says")
  void readAsAWhole(boolean owned, boolean atTheEnd) throws NetlinkException {
    this.atTheEnd = atTheEnd;
    try (Genl other = kernel.open(NetlinkOptions.DEFAULTS.withDumpPolicy(DumpPolicy.retry(2)));
        GenlConnection c = other.connect()) {
      for (int times = 0; times < 5; times++) {
        interrupted = times;
        kernel.forgetRequests();
        try (Dump<GenlMessage> dump = owned ? c.dump(ask(1)) : other.dump(ask(1))) {
          if (times < 3) {
            assertThat(dump.toList()).extracting(Scripted::number).containsExactly(1L, 2L, 3L);
            assertThat(dump.isConsistent()).isTrue();
          } else {
            DumpInterruptedException e =
                catchThrowableOfType(DumpInterruptedException.class, dump::toList);
            assertThat(e.messages(GenlMessage.class))
                .extracting(Scripted::number)
                .containsExactly(1L, 2L, 3L);
            assertThat(dump.isConsistent()).isFalse();
          }
        }
        assertThat(family.requests()).hasSize(Math.min(times, 2) + 1);
      }
    }
  }

  static Stream<Arguments> wholes() {
    return Stream.of(
        Arguments.of(false, false),
        Arguments.of(false, true),
        Arguments.of(true, false),
        Arguments.of(true, true));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T39 a dump that is consistent is so under every policy and in every way")
  void consistentDump(Reading reading) throws NetlinkException {
    interrupted = 0;
    for (DumpPolicy policy : List.of(DumpPolicy.fail(), DumpPolicy.retry(3), DumpPolicy.mark())) {
      try (Genl other = kernel.open(NetlinkOptions.DEFAULTS.withDumpPolicy(policy));
          Dump<GenlMessage> dump = other.dump(ask(1))) {
        List<Long> read = new ArrayList<>();
        reading.read(dump, read);
        assertThat(read).containsExactly(1L, 2L, 3L);
        assertThat(dump.isConsistent()).isTrue();
      }
    }
  }

  /** What is wrong with the headers of an answer, and what tolerates it. */
  enum Oddity {
    SEQUENCE {
      @Override
      FakeAnswer of(FakeAnswer answer) {
        return answer.sequence(0x7100_0000);
      }

      @Override
      GenlRequest tolerating(GenlRequest request) {
        return request.withAnySequence();
      }
    },
    SEQUENCE_0 {
      @Override
      FakeAnswer of(FakeAnswer answer) {
        return answer.sequence(0);
      }

      @Override
      GenlRequest tolerating(GenlRequest request) {
        return request.withAnySequence();
      }
    },
    NEGATIVE_SEQUENCE {
      @Override
      FakeAnswer of(FakeAnswer answer) {
        return answer.sequence(-1);
      }

      @Override
      GenlRequest tolerating(GenlRequest request) {
        return request.withAnySequence();
      }
    },
    PORT {
      @Override
      FakeAnswer of(FakeAnswer answer) {
        return answer.portId(4711);
      }

      @Override
      GenlRequest tolerating(GenlRequest request) {
        return request.withAnyPort();
      }
    },
    BOTH {
      @Override
      FakeAnswer of(FakeAnswer answer) {
        return answer.portId(4711).sequence(99);
      }

      @Override
      GenlRequest tolerating(GenlRequest request) {
        return request.withAnyPort().withAnySequence();
      }
    };

    abstract FakeAnswer of(FakeAnswer answer);

    abstract GenlRequest tolerating(GenlRequest request);
  }

  static Stream<Arguments> oddities() {
    return Stream.of(Oddity.values())
        .flatMap(o -> Stream.of(Way.values()).map(way -> Arguments.of(o, way)));
  }

  @ParameterizedTest
  @MethodSource("oddities")
  @DisplayName("T39 any sequence number and port: tolerated where asked for, else said")
  void oddHeaders(Oddity oddity, Way way) throws NetlinkException {
    FakeFamily.Script script = (request, answer) -> echo(request, oddity.of(answer));
    family.onDo(COMMAND, script).onDump(COMMAND, script);

    // A batch waits for the acknowledgement, which the real kernel never numbers wrongly.
    GenlRequest strict = ask(1).withTimeout(Duration.ofMillis(50));
    assertThatThrownBy(() -> way.ask(genl, strict)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> way.ask(genl, strict.withoutAck()))
        .isInstanceOf(ProtocolException.class);
    kernel.forgetRequests();
    for (GenlRequest request : List.of(ask(5), ask(5).withoutAck())) {
      if (way.isOwned()) {
        assertThatThrownBy(() -> way.ask(genl, oddity.tolerating(request)))
            .isInstanceOf(IllegalArgumentException.class);
        assertThat(family.requests()).isEmpty();
      } else {
        assertThat(way.ask(genl, oddity.tolerating(request)))
            .extracting(Scripted::number)
            .containsExactly(5L);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("oddities")
  @DisplayName("T39 a refusal that bears them is a refusal, where they are tolerated")
  void oddRefusal(Oddity oddity, Way way) {
    family.onDo(COMMAND, (request, answer) -> oddity.of(answer).error(EINVAL));
    family.onDump(COMMAND, (request, answer) -> oddity.of(answer).refuse(EINVAL));
    if (!way.isOwned()) {
      assertThatThrownBy(() -> way.ask(genl, oddity.tolerating(ask(1))))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(EINVAL));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T39 any sequence number in a dump that is read one by one")
  void oddDumpReadOneByOne(Reading reading) throws NetlinkException {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          answer.sequence(0).portId(0);
          for (int i = 1; i <= 3; i++) {
            int number = i;
            answer.message(COMMAND, a -> a.putU32(NUMBER, number));
          }
        });
    try (Dump<GenlMessage> dump = genl.dump(ask(1).withAnySequence().withAnyPort())) {
      List<Long> read = new ArrayList<>();
      reading.read(dump, read);
      assertThat(read).containsExactly(1L, 2L, 3L);
    }
  }
}
