package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on one connection. */
@Timeout(60)
class ThreadsTest {

  private static final int ECHO = 1;
  private static final int NUMBER = 1;

  @Test
  @DisplayName(
      "T26 64 threads on one connection get their own answers from at most 32 request sockets")
  void threadsGetTheirOwnAnswers() throws Exception {
    FakeKernel kernel = new FakeKernel();
    kernel
        .family("demo")
        .onDo(
            ECHO,
            (request, answer) -> {
              long number = request.attributes().get(NUMBER).u32();
              answer.message(ECHO, a -> a.putU32(NUMBER, number));
            });
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try (Genl genl = kernel.open()) {
      GenlFamily demo = genl.family("demo");
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int t = 0; t < 64; t++) {
        int base = t * 1000;
        tasks.add(() -> echoes(genl, demo, base));
      }
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
      assertThat(kernel.openSockets()).isBetween(2, 33);
    } finally {
      threads.shutdownNow();
    }
    assertThat(kernel.openSockets()).isZero();
  }

  private static boolean echoes(Genl genl, GenlFamily demo, int base) throws Exception {
    for (int i = 0; i < 500; i++) {
      int number = base + i;
      long answer =
          genl.request(demo, ECHO, a -> a.putU32(NUMBER, number)).attributes().get(NUMBER).u32();
      if (answer != number) {
        return false;
      }
    }
    return true;
  }
}
