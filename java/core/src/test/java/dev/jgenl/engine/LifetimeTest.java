package dev.jgenl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LifetimeTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 200;

  /** What happened, in its order. */
  private final List<String> log = new ArrayList<>();

  private final Lifetime lifetime = new Lifetime(() -> log.add("wake"), () -> log.add("free"));

  @Test
  void useLeavesItOpen() {
    assertThat(lifetime.enter()).isTrue();
    lifetime.exit();

    assertThat(lifetime.isClosed()).isFalse();
    assertThat(log).isEmpty();
  }

  @Test
  void closeWakesThenFrees() {
    lifetime.close();

    assertThat(lifetime.isClosed()).isTrue();
    assertThat(log).containsExactly("wake", "free");
  }

  @Test
  @DisplayName("T10 closing twice does no harm")
  void secondCloseDoesNothing() {
    lifetime.close();
    lifetime.close();

    assertThat(log).containsExactly("wake", "free");
  }

  @Test
  @DisplayName("T10 nobody enters what is closed, and trying frees nothing again")
  void nobodyEntersWhatIsClosed() {
    lifetime.close();

    assertThat(lifetime.enter()).isFalse();
    assertThat(lifetime.enter()).isFalse();
    assertThat(lifetime.isClosed()).isTrue();
    assertThat(log).containsExactly("wake", "free");
  }

  @Test
  @DisplayName("T10 closing while it is used wakes; the last exit frees")
  void lastExitFrees() {
    lifetime.enter();
    lifetime.enter();

    lifetime.close();

    assertThat(lifetime.isClosed()).isTrue();
    assertThat(log).containsExactly("wake");
    lifetime.exit();
    assertThat(log).containsExactly("wake");
    lifetime.exit();
    assertThat(log).containsExactly("wake", "free");
  }

  @Test
  @DisplayName("T10 nobody enters between the close and the last exit")
  void nobodyEntersBetweenCloseAndLastExit() {
    lifetime.enter();
    lifetime.close();

    assertThat(lifetime.enter()).isFalse();

    assertThat(log).containsExactly("wake");
    lifetime.exit();
    assertThat(log).containsExactly("wake", "free");
  }

  @Test
  @DisplayName("T10 closing twice while it is used frees once, after the last exit")
  void secondCloseWhileItIsUsedFreesNothing() {
    lifetime.enter();
    lifetime.close();
    lifetime.close();

    assertThat(log).containsExactly("wake");
    lifetime.exit();
    assertThat(log).containsExactly("wake", "free");
  }

  @Test
  void wakeLeavesItOpen() {
    lifetime.wake();
    lifetime.wake();

    assertThat(lifetime.isClosed()).isFalse();
    assertThat(log).containsExactly("wake", "wake");
  }

  @Test
  @DisplayName("T10 what is freed is not woken")
  void whatIsFreedIsNotWoken() {
    lifetime.close();

    lifetime.wake();

    assertThat(log).containsExactly("wake", "free");
  }

  @Test
  @DisplayName("T49 it is freed though the wake fails")
  void wakeThatFailsKeepsNothing() {
    Lifetime failing =
        new Lifetime(
            () -> {
              throw new IllegalStateException("cannot wake");
            },
            () -> log.add("free"));

    assertThatIllegalStateException().isThrownBy(failing::close);

    assertThat(failing.isClosed()).isTrue();
    assertThat(log).containsExactly("free");
  }

  @Test
  @DisplayName("T49 a wake that fails is no use that lasts")
  void wakeThatFailsIsNoUse() {
    AtomicBoolean failing = new AtomicBoolean(true);
    Lifetime fragile =
        new Lifetime(
            () -> {
              if (failing.get()) {
                throw new IllegalStateException("cannot wake");
              }
            },
            () -> log.add("free"));
    assertThatIllegalStateException().isThrownBy(fragile::wake);
    failing.set(false);

    fragile.close();

    assertThat(log).containsExactly("free");
  }

  @RepeatedTest(3)
  @Timeout(60)
  @DisplayName("T10 eight threads use, wake and close: freed once, and never while it is used")
  void freedOnceAndNeverWhileItIsUsed() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Storm storm = new Storm(round);
        List<Future<Void>> ends = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          ends.add(threads.submit(storm.part(thread)));
        }
        for (Future<Void> end : ends) {
          end.get(30, TimeUnit.SECONDS);
        }
        storm.check();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Two threads close at some time, the others use it until they see that it is closed. */
  private static final class Storm {

    private final CyclicBarrier start = new CyclicBarrier(THREADS);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger woken = new AtomicInteger();
    private final AtomicInteger freed = new AtomicInteger();
    private final AtomicInteger usedWhenFreed = new AtomicInteger();
    private final int round;
    private final Lifetime lifetime = new Lifetime(this::wake, this::free);

    Storm(int round) {
      this.round = round;
    }

    Callable<Void> part(int thread) {
      return () -> {
        start.await(10, TimeUnit.SECONDS);
        if (thread < 2) {
          for (int i = 0; i < round * 20; i++) {
            Thread.onSpinWait();
          }
          lifetime.close();
        } else {
          use(thread == 2);
        }
        lifetime.close();
        return null;
      };
    }

    void check() {
      assertThat(freed).hasValue(1);
      assertThat(usedWhenFreed).hasValue(0);
      assertThat(woken).hasPositiveValue();
      assertThat(lifetime.isClosed()).isTrue();
      assertThat(lifetime.enter()).isFalse();
      assertThat(freed).hasValue(1);
    }

    private void use(boolean waking) {
      while (lifetime.enter()) {
        inside.incrementAndGet();
        usedWhenFreed.addAndGet(freed.get());
        inside.decrementAndGet();
        lifetime.exit();
        if (waking) {
          lifetime.wake();
        }
      }
      assertThat(lifetime.isClosed()).isTrue();
    }

    private void wake() {
      woken.incrementAndGet();
      usedWhenFreed.addAndGet(freed.get());
    }

    private void free() {
      usedWhenFreed.addAndGet(inside.get());
      freed.incrementAndGet();
    }
  }
}
