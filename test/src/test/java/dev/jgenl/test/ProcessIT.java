package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.RequestInterruptedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads, sockets and descriptors, on the running kernel's controller. */
@Timeout(60)
class ProcessIT {

  private static final int GETFAMILY = 3;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;

  @Test
  @DisplayName("T26 64 threads share one connection")
  void threadsShareOneConnection() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      List<Callable<Boolean>> tasks =
          Collections.nCopies(64, () -> resolvesItself(genl, controller, 500));
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("T26 T27 a thousand connections have a thousand ports and are all closed")
  void thousandConnections() throws Exception {
    long before = descriptors();
    List<Genl> all = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        Genl genl = Genl.open();
        all.add(genl);
        assertThat(genl.family("nlctrl").id()).isEqualTo(16);
      }
    } finally {
      all.forEach(Genl::close);
    }
    assertThat(descriptors()).isBetween(before - 2, before + 2);
  }

  @Test
  @DisplayName("T27 a child process does not inherit descriptors")
  void descriptorsAreCloseOnExec() throws Exception {
    try (Genl genl = Genl.open();
        Dump<GenlMessage> dump = genl.dump(genl.family("nlctrl"), GETFAMILY)) {
      Command child = Command.run("ls", "-l", "/proc/self/fd");

      assertThat(dump.next()).isNotNull();
      assertThat(child.output()).doesNotContain("socket:").doesNotContain("eventfd");
    }
  }

  @Test
  @DisplayName("T10 close from another thread ends the wait of a subscription at once")
  void closeEndsTheWait() throws Exception {
    try (Genl genl = Genl.open()) {
      GenlSubscription s = genl.subscribe(genl.family("nlctrl"), "notify");
      CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> outcomeOf(s));
      Thread.sleep(100);
      long start = System.nanoTime();
      s.close();

      assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(ClosedException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  @DisplayName("T10 an interrupt ends the wait of a subscription, which stays usable")
  void interruptEndsTheWait() throws Exception {
    try (Genl genl = Genl.open();
        GenlSubscription s = genl.subscribe(genl.family("nlctrl"), "notify")) {
      Thread waiting = Thread.currentThread();
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(waiting::interrupt);

      assertThatThrownBy(s::next).isInstanceOf(RequestInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(s.poll(Duration.ofMillis(10))).isEmpty();
    }
  }

  @Test
  @DisplayName("T10 sockets that are closed while others use them never crash")
  void closeRacesWithUse() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int i = 0; i < 300; i++) {
        Genl genl = Genl.open();
        GenlFamily controller = genl.family("nlctrl");
        List<Future<?>> users = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
          users.add(threads.submit(() -> useUntilClosed(genl, controller)));
        }
        Thread.sleep(0, 200_000);
        genl.close();
        for (Future<?> user : users) {
          user.get(10, TimeUnit.SECONDS);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("T14 dumps at once do not mix, and abandoned ones disturb nobody")
  void dumpsDoNotMix() throws Exception {
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      List<String> expected = names(genl.dump(controller, GETFAMILY));
      for (int i = 0; i < 50; i++) {
        Dump<GenlMessage> abandoned = genl.dump(controller, GETFAMILY);
        assertThat(abandoned.next()).isNotNull();
        try (Dump<GenlMessage> one = genl.dump(controller, GETFAMILY);
            Dump<GenlMessage> other = genl.dump(controller, GETFAMILY)) {
          assertThat(names(one)).isEqualTo(expected);
          assertThat(names(other)).isEqualTo(expected);
        }
        abandoned.close();
      }
    }
  }

  @Test
  void batchOfAThousandIsAnswered() throws Exception {
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      GenlRequest request =
          GenlRequest.of(controller, GETFAMILY, a -> a.putString(FAMILY_NAME, "nlctrl"));
      for (GenlRequest r : List.of(request, request.withoutAck())) {
        List<Outcome<Integer>> outcomes =
            genl.batch(Collections.nCopies(1000, r), m -> m.attributes().get(FAMILY_ID).u16());
        for (Outcome<Integer> outcome : outcomes) {
          assertThat(outcome.get()).isEqualTo(16);
        }
      }
    }
  }

  @Test
  void everyPolicyOfEveryFamilyIsRead() throws Exception {
    try (Genl genl = Genl.open()) {
      for (GenlFamily family : genl.families()) {
        assertThat(genl.policy(family)).isNotNull();
      }
      assertThat(genl.policy(genl.family("nlctrl")).ofDo(GETFAMILY))
          .containsKeys(FAMILY_ID, FAMILY_NAME);
    }
  }

  private static boolean resolvesItself(Genl genl, GenlFamily controller, int times)
      throws NetlinkException {
    GenlRequest request =
        GenlRequest.of(controller, GETFAMILY, a -> a.putString(FAMILY_NAME, "nlctrl"));
    for (int i = 0; i < times; i++) {
      if (genl.request(request, m -> m.attributes().get(FAMILY_ID).u16()) != 16) {
        return false;
      }
    }
    return true;
  }

  private static void useUntilClosed(Genl genl, GenlFamily controller) {
    try {
      resolvesItself(genl, controller, Integer.MAX_VALUE);
    } catch (ClosedException e) {
      // That was awaited.
    } catch (NetlinkException e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable outcomeOf(GenlSubscription s) {
    try {
      return new AssertionError(s.next().toString());
    } catch (NetlinkException e) {
      return e;
    }
  }

  private static List<String> names(Dump<GenlMessage> dump) {
    try (Stream<String> names = dump.stream().map(m -> m.attributes().get(FAMILY_NAME).string())) {
      return names.toList();
    }
  }

  private static long descriptors() throws Exception {
    try (Stream<Path> list = Files.list(Path.of("/proc/self/fd"))) {
      return list.count();
    }
  }
}
