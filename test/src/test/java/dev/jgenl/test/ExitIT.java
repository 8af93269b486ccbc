package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.internal.LibnlTransports;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.Transport.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a program takes to end, from the end of its main method on. */
@Timeout(300)
class ExitIT {

  private static final int GENERIC = 16;
  private static final int RUNS = 7;
  private static final double LIMIT_MILLIS = 10;

  @ParameterizedTest
  @CsvSource({
    "open, return",
    "wait, return",
    "wait, exit",
    "woken, return",
    "virtual, return",
    "many, return"
  })
  @DisplayName("T64 a program that waits in other threads ends as fast as an empty one")
  void endsAsFastAsAnEmptyProgram(String kind, String ending) throws Exception {
    double empty = Double.MAX_VALUE;
    double used = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      empty = Math.min(empty, millisToEnd("empty", ending));
      used = Math.min(used, millisToEnd(kind, ending));
    }

    assertThat(used).isLessThan(empty + LIMIT_MILLIS);
  }

  @Test
  @DisplayName("T64 a shutdown hook of the application may still ask and wait")
  void hookMayStillAsk() throws Exception {
    Command child = Command.java(Ending.class, "hook", "return");

    assertThat(child.output())
        .contains("hook resolved 1", "hook waited 0", "hook woken 0", "hook interrupted 0");
    assertThat(child.status()).isZero();
  }

  /** Both processes read the same clock, CLOCK_MONOTONIC. */
  private static double millisToEnd(String kind, String ending) throws Exception {
    Process process =
        new ProcessBuilder(Command.javaWords(Ending.class, kind, ending))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    long end = System.nanoTime();
    assertThat(process.exitValue()).as(output).isZero();
    return (end - Long.parseLong(output.strip())) / 1e6;
  }

  /** A program that prints when its main method ends. */
  static final class Ending {

    public static void main(String[] args) throws Exception {
      if (!args[0].equals("empty")) {
        use(args[0]);
      }
      if (!args[0].equals("hook")) {
        System.out.println(System.nanoTime());
      }
      if (args[1].equals("exit")) {
        System.exit(0);
      }
    }

    private static void use(String kind) throws Exception {
      LibnlTransports factory = LibnlTransports.inNamespace(null);
      Transport transport = factory.open(GENERIC, Purpose.REQUESTS);
      Datagrams datagrams = datagrams(transport);
      if (transport.resolve("nlctrl", 1, datagrams, 1_000_000_000) != 1) {
        throw new AssertionError();
      }
      switch (kind) {
        case "open" -> {}
        case "hook" -> {
          waitInAThread(transport, datagrams);
          Transport another = factory.open(GENERIC, Purpose.REQUESTS);
          Runtime.getRuntime().addShutdownHook(new Thread(() -> ask(another)));
        }
        case "many" -> {
          for (int i = 0; i < 30; i++) {
            Transport another = factory.open(GENERIC, Purpose.REQUESTS);
            waitInAThread(another, datagrams(another));
          }
        }
        case "virtual" -> {
          try {
            Thread.class
                .getMethod("startVirtualThread", Runnable.class)
                .invoke(null, (Runnable) () -> transport.receive(datagrams, 1, Long.MAX_VALUE));
          } catch (NoSuchMethodException e) {
            waitInAThread(transport, datagrams);
          }
        }
        default -> waitInAThread(transport, datagrams);
      }
      if (!kind.equals("open")) {
        Thread.sleep(100);
      }
      if (kind.equals("woken")) {
        transport.wake();
      }
    }

    private static void waitInAThread(Transport transport, Datagrams datagrams) throws Exception {
      CountDownLatch started = new CountDownLatch(1);
      Thread thread =
          new Thread(
              () -> {
                started.countDown();
                for (; ; ) {
                  transport.receive(datagrams, 1, Long.MAX_VALUE);
                }
              });
      thread.setDaemon(true);
      thread.start();
      started.await();
    }

    private static void ask(Transport transport) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      Datagrams datagrams = datagrams(transport);
      System.out.println("hook resolved " + transport.resolve("nlctrl", 2, datagrams, 1000000));
      System.out.println("hook waited " + transport.receive(datagrams, 1, 20_000_000));
      transport.wake();
      System.out.println("hook woken " + transport.receive(datagrams, 1, Long.MAX_VALUE));
      Thread.currentThread().interrupt();
      System.out.println("hook interrupted " + transport.receive(datagrams, 1, Long.MAX_VALUE));
      transport.close();
    }

    private static Datagrams datagrams(Transport transport) {
      return new Datagrams(transport.allocate(Datagrams.size(1, 16384)), 1, 16384);
    }
  }
}
