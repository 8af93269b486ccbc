package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual threads, on a JDK that has them; the tests are compiled for one that has not. */
@Timeout(60)
class VirtualThreadIT {

  private static final int GETFAMILY = 3;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;

  @BeforeAll
  static void needVirtualThreads() {
    Prerequisite.requireJdk(21, "virtual threads");
  }

  @Test
  @DisplayName("T26 virtual threads that wait for notifications do not hold their carriers")
  void waitsDoNotHoldCarriers() throws Exception {
    int waiting = 4 * Runtime.getRuntime().availableProcessors() + 4;
    List<GenlSubscription> subscriptions = new ArrayList<>();
    ExecutorService threads = virtualThreads();
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      List<Future<?>> waits = new ArrayList<>();
      for (int i = 0; i < waiting; i++) {
        GenlSubscription s = genl.subscribe(controller, "notify");
        subscriptions.add(s);
        waits.add(threads.submit(s::next));
      }
      Thread.sleep(200);
      Future<Boolean> another = threads.submit(() -> resolvesItself(genl, controller, 10));

      assertThat(another.get(5, TimeUnit.SECONDS)).isTrue();
      assertThat(waits).noneMatch(Future::isDone);
    } finally {
      subscriptions.forEach(GenlSubscription::close);
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("T26 1,000 virtual threads share one connection")
  void virtualThreadsShareOneConnection() throws Exception {
    ExecutorService threads = virtualThreads();
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        tasks.add(() -> resolvesItself(genl, controller, 20));
      }
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean resolvesItself(Genl genl, GenlFamily controller, int times)
      throws NetlinkException {
    GenlRequest request =
        GenlRequest.of(controller, GETFAMILY, a -> a.putString(FAMILY_NAME, "nlctrl"));
    for (int i = 0; i < times; i++) {
      GenlMessage answer = genl.request(request, GenlMessage::copy);
      if (answer.attributes().get(FAMILY_ID).u16() != 16) {
        return false;
      }
    }
    return true;
  }

  static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
