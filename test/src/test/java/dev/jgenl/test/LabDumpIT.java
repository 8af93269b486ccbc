package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Dump;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that are large, slow, abandoned, inconsistent, or end with an error. */
@Tag("vm")
@Timeout(60)
class LabDumpIT {

  @ParameterizedTest(name = "T13 a dump of {0} messages is complete")
  @ValueSource(ints = {0, 1, 3, 500})
  void dumpIsComplete(int count) throws NetlinkException {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> dump =
            dump(genl, a -> a.putU32(Lab.COUNT, count).putU32(Lab.SIZE, 101))) {
      List<GenlMessage> messages = dump.toList();

      assertThat(messages).hasSize(count);
      for (int i = 0; i < count; i++) {
        Lab.assertMessage(messages.get(i), i, count, 101);
      }
    }
  }

  @Test
  @DisplayName("T07 messages of a dump that nearly fill 64 KiB each arrive whole")
  void largestMessagesArriveWhole() throws NetlinkException {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> dump = dump(genl, a -> a.putU32(Lab.COUNT, 3).putU32(Lab.SIZE, 60_000))) {
      int i = 0;
      for (GenlMessage m : dump) {
        Lab.assertMessage(m, i++, 3, 60_000);
      }
      assertThat(i).isEqualTo(3);
    }
  }

  @Test
  @DisplayName("T15 the heap does not grow with a dump of 100,000 messages that is read lazily")
  void heapDoesNotGrow() throws NetlinkException {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> dump =
            dump(genl, a -> a.putU32(Lab.COUNT, 100_000).putU32(Lab.SIZE, 100))) {
      long early = 0;
      for (int i = 0; i < 100_000; i++) {
        assertThat(Lab.index(dump.next()) == i).isTrue();
        if (i == 2_000) {
          early = heapAfterCollection();
        }
      }
      long late = heapAfterCollection();

      assertThat(dump.next()).isNull();
      // All messages would be 15 MB.
      assertThat(late - early).isLessThan(1_000_000);
    }
  }

  @Test
  @DisplayName("T14 T30 a slow dump and one that nobody reads delay neither requests nor dumps")
  void slowDumpsDelayNobody() throws Exception {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (Genl genl = Genl.open();
        Dump<GenlMessage> unread = dump(genl, a -> a.putU32(Lab.COUNT, 1_000_000));
        Dump<GenlMessage> slow =
            dump(
                genl,
                a -> a.putU32(Lab.COUNT, 100).putU32(Lab.SIZE, 30_000).putU32(Lab.DELAY, 250))) {
      Future<List<GenlMessage>> slowly = reader.submit(slow::toList);
      for (int i = 0; i < 100; i++) {
        assertThat(Lab.echo(genl, i)).isEqualTo(i);
        assertThat(genl.families()).anyMatch(f -> f.name().equals(Lab.NAME));
      }
      try (Dump<GenlMessage> other = dump(genl, a -> a.putU32(Lab.COUNT, 1000))) {
        assertThat(other.toList()).hasSize(1000);
      }
      // Who registers a family waits for the lock that an original held during a dump.
      Lab.remove("gnl_foobar_xmpl");
      Lab.insert("gnl_foobar_xmpl");

      assertThat(slowly.isDone()).isFalse();
      slow.close();
      assertThat(Lab.index(unread.next())).isZero();
    } finally {
      reader.shutdownNow();
    }
  }

  @Test
  @DisplayName("T14 several slow dumps at once do not mix")
  void slowDumpsDoNotMix() throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(8);
    try (Genl genl = Genl.open()) {
      List<Callable<List<GenlMessage>>> tasks = new ArrayList<>();
      for (int i = 1; i <= 8; i++) {
        int count = 20 * i;
        tasks.add(
            () -> {
              try (Dump<GenlMessage> dump =
                  dump(
                      genl,
                      a ->
                          a.putU32(Lab.COUNT, count).putU32(Lab.SIZE, 3000).putU32(Lab.DELAY, 5))) {
                return dump.toList();
              }
            });
      }
      List<Future<List<GenlMessage>>> results = readers.invokeAll(tasks);
      for (int i = 1; i <= 8; i++) {
        List<GenlMessage> messages = results.get(i - 1).get();
        assertThat(messages).hasSize(20 * i);
        for (int n = 0; n < 20 * i; n++) {
          Lab.assertMessage(messages.get(n), n, 20 * i, 3000);
        }
      }
    } finally {
      readers.shutdownNow();
    }
  }

  @ParameterizedTest(name = "T12 a change at message {0} of 3: all are delivered, then it fails")
  @ValueSource(ints = {1, 2, 3})
  void changeFailsTheDump(int changed) throws NetlinkException {
    try (Genl genl = open(DumpPolicy.fail())) {
      try (Dump<GenlMessage> dump = interrupted(genl, changed)) {
        for (int i = 0; i < 3; i++) {
          assertThat(Lab.index(dump.next())).isEqualTo(i);
        }
        assertThatThrownBy(dump::next).isInstanceOf(DumpInterruptedException.class);
        assertThat(dump.isConsistent()).isFalse();
      }
      try (Dump<GenlMessage> dump = interrupted(genl, changed)) {
        DumpInterruptedException e =
            catchThrowableOfType(DumpInterruptedException.class, dump::toList);
        assertThat(e.messages(GenlMessage.class)).hasSize(3);
      }
    }
  }

  @Test
  @DisplayName("T12 an inconsistent dump is repeated, then fails with its messages")
  void changeRepeatsTheDump() throws NetlinkException {
    try (Genl genl = open(DumpPolicy.retry(3));
        Dump<GenlMessage> dump = interrupted(genl, 2)) {
      DumpInterruptedException e =
          catchThrowableOfType(DumpInterruptedException.class, dump::toList);
      assertThat(e.messages(GenlMessage.class)).hasSize(3);
    }
  }

  @ParameterizedTest(name = "T12 a change at message {0} of 3 is marked")
  @ValueSource(ints = {1, 2, 3})
  void changeMarksTheDump(int changed) throws NetlinkException {
    try (Genl genl = open(DumpPolicy.mark());
        Dump<GenlMessage> dump = interrupted(genl, changed)) {
      assertThat(dump.toList()).hasSize(3);
      assertThat(dump.isConsistent()).isFalse();
    }
  }

  @Test
  @DisplayName("T13 an error at the end of a dump follows its messages")
  void errorFollowsTheMessages() throws NetlinkException {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> dump = dump(genl, a -> a.putU32(Lab.COUNT, 3).putU32(Lab.ERRNO, 5))) {
      for (int i = 0; i < 3; i++) {
        assertThat(Lab.index(dump.next())).isEqualTo(i);
      }
      KernelException e = catchThrowableOfType(KernelException.class, dump::next);
      assertThat(e.error()).isEqualTo(Errno.EIO);
      assertThat(e.extendedAck().message()).isEmpty();
    }
  }

  @ParameterizedTest(name = "T13 the extended ACK of the error behind {0} messages")
  @ValueSource(ints = {0, 1, 2000})
  void extendedAckOfTheEnd(int count) throws NetlinkException {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> dump =
            dump(
                genl,
                a ->
                    a.putU32(Lab.COUNT, count)
                        .putU32(Lab.ERRNO, 5)
                        .putString(Lab.TEXT, "the list broke"))) {
      for (int i = 0; i < count; i++) {
        assertThat(Lab.index(dump.next()) == i).isTrue();
      }
      KernelException e = catchThrowableOfType(KernelException.class, dump::next);
      assertThat(e.error()).isEqualTo(Errno.EIO);
      assertThat(e.extendedAck().message()).isEqualTo(Optional.of("the list broke"));
      Lab.assertUsable(genl);
    }
  }

  @Test
  @DisplayName("T16 a parameter of a dump that breaks the policy is refused with its path")
  void wrongParameterIsRefused() throws NetlinkException {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> dump = dump(genl, a -> a.putU32(Lab.COUNT, 1).putU32(Lab.DELAY, 251))) {
      KernelException e = catchThrowableOfType(KernelException.class, dump::next);
      assertThat(e.error()).isEqualTo(Errno.ERANGE);
      assertThat(e.extendedAck().path()).containsExactly(Lab.DELAY);
    }
  }

  private static Genl open(DumpPolicy policy) throws NetlinkException {
    return Genl.open(
        NetlinkOptions.DEFAULTS.withDumpPolicy(policy).withTimeout(Duration.ofSeconds(10)));
  }

  private static Dump<GenlMessage> interrupted(Genl genl, int changed) throws NetlinkException {
    return dump(genl, a -> a.putU32(Lab.COUNT, 3).putU32(Lab.INTR, changed));
  }

  private static Dump<GenlMessage> dump(Genl genl, Consumer<AttributeWriter> attributes)
      throws NetlinkException {
    return genl.dump(Lab.request(genl, Lab.DUMP, attributes));
  }

  private static long heapAfterCollection() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
