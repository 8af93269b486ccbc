package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a program that used a {@link Genl} takes to end, from the end of main on. */
@Timeout(120)
class GenlExitIT {

  private static final int RUNS = 5;
  private static final double LIMIT_MILLIS = 10;

  @ParameterizedTest(name = "T64 a program ends as fast as an empty one: {0}")
  @ValueSource(strings = {"closed", "open", "waiting"})
  void endsAsFastAsAnEmptyProgram(String kind) throws Exception {
    double empty = Double.MAX_VALUE;
    double used = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      empty = Math.min(empty, millisToEnd("empty"));
      used = Math.min(used, millisToEnd(kind));
    }

    assertThat(used).isLessThan(empty + LIMIT_MILLIS);
  }

  /** Both processes read the same clock, CLOCK_MONOTONIC. */
  private static double millisToEnd(String kind) throws Exception {
    Process process =
        new ProcessBuilder(Command.javaWords(Ending.class, kind))
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
      switch (args[0]) {
        case "closed" -> {
          try (Genl genl = Genl.open()) {
            use(genl);
          }
        }
        case "open" -> use(Genl.open());
        case "waiting" -> await(Genl.open());
        default -> {}
      }
      System.out.println(System.nanoTime());
    }

    /** The family is used again later, so that it is watched. */
    private static void use(Genl genl) throws Exception {
      String name = genl.families().get(0).name();
      for (int i = 0; i < 3; i++) {
        genl.family(name);
        Thread.sleep(3);
      }
      GenlFamily controller = genl.family("nlctrl");
      genl.subscribe(controller, "notify").close();
      genl.batch(List.of());
    }

    private static void await(Genl genl) throws Exception {
      use(genl);
      GenlFamily controller = genl.family("nlctrl");
      GenlSubscription subscription = genl.subscribe(controller, "notify");
      GenlConnection connection = genl.connect();
      connection.join(controller, "notify");
      inAThread(subscription::next);
      inAThread(connection::next);
      Thread.sleep(100);
    }

    private static void inAThread(Callable<?> wait) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  wait.call();
                } catch (NetlinkException e) {
                  // The program is over.
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }
  }
}
