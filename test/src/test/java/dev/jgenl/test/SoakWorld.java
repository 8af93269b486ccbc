package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** What a stage of the soak works with, and what goes on beside it. */
final class SoakWorld implements AutoCloseable {

  private static final int GETFAMILY = 3;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;

  final Genl genl = Genl.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofSeconds(5)));
  final GenlFamily controller = genl.family("nlctrl");
  final GenlRequest all = GenlRequest.of(controller, GETFAMILY);
  private final GenlRequest self =
      GenlRequest.of(controller, GETFAMILY, a -> a.putString(FAMILY_NAME, "nlctrl"));

  /** How much was asked for beside the stage, was told to be lost, or could not be had. */
  final LongAdder beside = new LongAdder();

  final LongAdder gaps = new LongAdder();
  final LongAdder absences = new LongAdder();

  private final ExecutorService background = Executors.newCachedThreadPool();
  private final List<Future<?>> repeated = new ArrayList<>();
  private GenlSubscription flooded;
  private volatile boolean over;

  SoakWorld() throws NetlinkException {}

  void requireSelf() throws NetlinkException {
    int id = genl.<Integer>request(self, m -> m.attributes().get(FAMILY_ID).u16());
    if (id != 16) {
      throw new AssertionError("nlctrl is " + id);
    }
  }

  /** Does something over and over until this is closed. */
  void repeat(Lab.Action action) {
    Callable<Void> loop =
        () -> {
          while (!over) {
            action.run();
            beside.increment();
          }
          return null;
        };
    repeated.add(background.submit(loop));
  }

  /** The same; the module may be absent. */
  void repeatWithModule(Lab.Action action) {
    repeat(
        () -> {
          if (Lab.outcome(action).isPresent()) {
            absences.increment();
          }
        });
  }

  /** Lets more be sent to a subscription than it can take. */
  void flood() throws NetlinkException {
    flooded = genl.subscribe(genl.family(Lab.NAME), "events");
    repeat(() -> Lab.burst(genl, 0, 1000, 100));
  }

  GenlSubscription flooded() {
    return flooded;
  }

  /** Uses the module in several ways. */
  void useModule() throws NetlinkException {
    GenlFamily lab = genl.family(Lab.NAME);
    GenlRequest dump = GenlRequest.of(lab, Lab.DUMP, a -> a.putU32(Lab.COUNT, 100));
    repeatWithModule(() -> assertThat(Lab.echo(genl, lab, 7)).isEqualTo(7));
    repeatWithModule(
        () -> {
          try (Dump<GenlMessage> messages = genl.dump(dump)) {
            assertThat(messages.toList()).hasSize(100);
          }
          // While there is always a dump under way, the module cannot go.
          sleep(20);
        });
    repeatWithModule(
        () -> {
          try (GenlSubscription s = genl.subscribe(lab, "events")) {
            s.poll(Duration.ofMillis(1));
          }
        });
  }

  /** Throws what has gone wrong beside the stage, if anything. */
  void requireBackground() throws Exception {
    for (Future<?> future : repeated) {
      if (future.isDone()) {
        future.get();
      }
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws Exception {
    over = true;
    try {
      for (Future<?> future : repeated) {
        future.get();
      }
    } finally {
      background.shutdownNow();
      genl.close();
    }
  }
}
