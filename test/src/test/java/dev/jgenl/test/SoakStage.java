package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What is done over and over. Each checks that what it got is right. */
enum SoakStage {
  REQUESTS(10_000_000, 100_000, 1),
  DUMPS(100_000, 1_000, 1) {
    @Override
    void run(SoakWorld world) throws NetlinkException {
      try (Dump<GenlMessage> dump = world.genl.dump(world.all)) {
        assertThat(dump.toList()).isNotEmpty();
      }
    }
  },
  SUBSCRIPTIONS(100_000, 1_000, 1) {
    @Override
    void run(SoakWorld world) throws NetlinkException {
      try (GenlSubscription s = world.genl.subscribe(world.controller, "notify")) {
        s.poll(Duration.ZERO);
      }
    }
  },
  THREADS(2_000_000, 20_000, 64),
  /** On a JDK that has them. */
  VIRTUAL_THREADS(2_000_000, 20_000, 1_000) {
    @Override
    ExecutorService executor() throws ReflectiveOperationException {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
  },
  /** Events of a subscription to which more is sent than it can take. */
  FLOOD(1_000_000, 10_000, 1) {
    @Override
    void begin(SoakWorld world) throws NetlinkException {
      world.flood();
    }

    @Override
    void run(SoakWorld world) throws NetlinkException {
      if (world.flooded().next() instanceof Event.Gap<GenlMessage>) {
        world.gaps.increment();
      }
    }
  },
  /** A module is loaded anew each second while it is used. */
  RELOADS(600, 20, 1) {
    @Override
    void begin(SoakWorld world) throws NetlinkException {
      world.useModule();
    }

    @Override
    void run(SoakWorld world) throws Exception {
      long next = System.nanoTime() + 1_000_000_000L;
      // It is refused while a dump is under way.
      while (Command.run("rmmod", Lab.NAME).status() != 0) {
        Thread.sleep(5);
      }
      Lab.insert(Lab.NAME);
      Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
    }
  };

  private final int times;
  private final int quickTimes;
  private final int threads;

  SoakStage(int times, int quickTimes, int threads) {
    this.times = times;
    this.quickTimes = quickTimes;
    this.threads = threads;
  }

  /** How often it is done in all. */
  int times(boolean quick) {
    return quick ? quickTimes : times;
  }

  /** By how many threads. */
  int threads() {
    return threads;
  }

  ExecutorService executor() throws ReflectiveOperationException {
    return Executors.newFixedThreadPool(threads);
  }

  /** Starts what goes on beside it. */
  void begin(SoakWorld world) throws NetlinkException {}

  /** Does it once: asks, unless a stage does something else. */
  void run(SoakWorld world) throws Exception {
    world.requireSelf();
  }
}
