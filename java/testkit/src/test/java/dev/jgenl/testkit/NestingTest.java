package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users' code does in the middle of a request: ask for something else, or fail. */
class NestingTest extends Scripted {

  private static final int THREADS = 32;

  @ParameterizedTest
  @EnumSource
  @DisplayName("T54 32 threads whose readers ask through the same instance, in each way")
  void readersThatAsk(Way way) throws Exception {
    CyclicBarrier all = new CyclicBarrier(THREADS);
    assertAllServed(
        t -> {
          all.await();
          for (int i = 0; i < 10; i++) {
            long outer = 1000L * t + i;
            assertThat(
                    genl.<Long>request(
                        ask(outer),
                        m -> {
                          assertNested(way, outer + 500);
                          return number(m);
                        }))
                .isEqualTo(outer);
          }
        });
  }

  @Test
  @DisplayName("T54 32 readers that are all at work when the first of them asks")
  void readersThatAllHoldASocket() throws Exception {
    CyclicBarrier all = new CyclicBarrier(THREADS);
    assertAllServed(
        t ->
            assertThat(
                    genl.<Long>request(
                        ask(t),
                        m -> {
                          awaitAll(all);
                          assertNested(Way.REQUEST, 500 + t);
                          assertNested(Way.BATCH, 600 + t);
                          awaitAll(all);
                          return number(m);
                        }))
                .isEqualTo(t));
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(THREADS + 1);
  }

  @Test
  @DisplayName("T54 32 batches whose readers ask, and 32 writers that do")
  void batchesAndWritersThatAsk() throws Exception {
    CyclicBarrier all = new CyclicBarrier(THREADS);
    assertAllServed(
        t -> {
          List<GenlRequest> requests =
              IntStream.range(0, 3).mapToObj(i -> nesting(Way.EXECUTE, 10L * t + i)).toList();
          all.await();
          List<Outcome<Long>> outcomes =
              genl.batch(
                  requests,
                  m -> {
                    assertNested(Way.BATCH_WITH_READER, 7000 + t);
                    return number(m);
                  });
          for (int i = 0; i < 3; i++) {
            assertThat(outcomes.get(i).get()).isEqualTo(10L * t + i);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T54 attributes whose writer asks, in each way, for a request in each way")
  void writerThatAsks(Way inner) throws NetlinkException {
    for (Way outer : Way.values()) {
      assertThat(outer.ask(genl, nesting(inner, 5)))
          .as("%s within %s", inner, outer)
          .extracting(Scripted::number)
          .containsExactly(5L);
    }
  }

  @Test
  @DisplayName("T54 five deep")
  void fiveDeep() throws NetlinkException {
    assertThat(deep(5)).isEqualTo(15);
  }

  private long deep(int depth) throws NetlinkException {
    return depth == 0
        ? 0
        : genl.<Long>request(
            ask(depth),
            m -> {
              try {
                long inner = deep(depth - 1);
                return number(m) + inner;
              } catch (NetlinkException e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  @DisplayName("T54 a reader of an owned connection that asks through the instance")
  void readerOfAnOwnedConnection() throws NetlinkException {
    try (GenlConnection c = genl.connect()) {
      for (Way way : Way.values()) {
        assertThat(
                c.<Long>request(
                    ask(5),
                    m -> {
                      assertNested(way, 6);
                      return number(m);
                    }))
            .isEqualTo(5);
      }
    }
  }

  /** What users' code throws. */
  enum Thrown {
    EXCEPTION {
      @Override
      void now() {
        throw new UnsupportedOperationException("thrown");
      }
    },
    ERROR {
      @Override
      void now() {
        throw new StackOverflowError("thrown");
      }
    },
    CHECKED {
      @Override
      void now() {
        sneak(new InterruptedException("thrown"));
      }

      @SuppressWarnings("unchecked")
      private static <E extends Throwable> void sneak(Throwable e) throws E {
        throw (E) e;
      }
    };

    abstract void now();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T54 a reader that throws: it is thrown, and what is asked next works")
  void readerThatThrows(Thrown thrown) throws NetlinkException {
    for (GenlRequest request : List.of(ask(1), ask(1).withoutAck(), ask(1).withAnyPort())) {
      assertThatThrownBy(
              () ->
                  genl.request(
                      request,
                      m -> {
                        thrown.now();
                        return 0;
                      }))
          .hasMessage("thrown");
      assertServed();
    }
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T54 a writer that throws, in each way: it is thrown, and what is asked next works")
  void writerThatThrows(Way way) throws NetlinkException {
    for (Thrown thrown : Thrown.values()) {
      GenlRequest request =
          GenlRequest.of(
              demo,
              COMMAND,
              a ->
                  a.putU32(NUMBER, 1)
                      .putNested(TEXT, n -> n.putNested(TEXT, inner -> thrown.now())));
      assertThatThrownBy(() -> way.ask(genl, request)).hasMessage("thrown");
      assertThat(family.requests().stream().filter(r -> r.attributes().find(TEXT).isPresent()))
          .isEmpty();
      assertServed();
    }
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("T54 a reader that fails 100 times takes no socket with it")
  void readerThatFailsOften() throws NetlinkException {
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(
              () ->
                  genl.request(
                      ask(1),
                      m -> {
                        throw new AssertionError("reader");
                      }))
          .hasMessage("reader");
    }
    assertServed();
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("T54 a reader that closes the instance: its own answer still counts, then no more")
  void readerThatCloses() throws NetlinkException {
    Genl other = kernel.open();
    assertThat(
            other.<Long>request(
                ask(5),
                m -> {
                  other.close();
                  return number(m);
                }))
        .isEqualTo(5);
    assertThatThrownBy(() -> other.request(ask(5), GenlMessage::copy))
        .isInstanceOf(ClosedException.class);
  }

  private GenlRequest nesting(Way inner, long number) {
    return GenlRequest.of(
        demo,
        COMMAND,
        a -> {
          a.putNested(
              TEXT,
              n -> {
                n.putU32(NUMBER, 1);
                assertNested(inner, 500);
                n.putU32(NUMBER, 2);
              });
          assertNested(inner, 501);
          a.putU32(NUMBER, number);
        });
  }

  private void assertNested(Way way, long number) {
    try {
      assertThat(way.ask(genl, ask(number)))
          .as("%s", way)
          .extracting(Scripted::number)
          .containsExactly(number);
    } catch (NetlinkException e) {
      throw new AssertionError(way.toString(), e);
    }
  }

  private void assertServed() throws NetlinkException {
    for (Way way : Way.values()) {
      assertThat(way.ask(genl, ask(77))).extracting(Scripted::number).containsExactly(77L);
    }
  }

  @FunctionalInterface
  private interface Task {
    void run(int thread) throws Exception;
  }

  private void assertAllServed(Task task) throws Exception {
    List<Future<Boolean>> all = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      all.add(
          start(
              () -> {
                task.run(thread);
                return true;
              }));
    }
    for (Future<Boolean> one : all) {
      assertThat(await(one, Duration.ofSeconds(20))).isTrue();
    }
  }

  private static void awaitAll(CyclicBarrier all) {
    try {
      all.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
