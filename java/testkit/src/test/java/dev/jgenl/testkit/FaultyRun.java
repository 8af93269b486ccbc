package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.jgenl.NetlinkException;
import dev.jgenl.testkit.FaultyTransports.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a scenario, with one failure, or with all calls failing from one on. */
abstract class FaultyRun {

  final FakeKernel kernel = new FakeKernel();
  final FaultyTransports transports;
  private final boolean lasting;
  private final String what;
  private @Nullable String failure;

  FaultyRun(Fault fault, int first, int last) {
    transports = new FaultyTransports(kernel.sockets(), fault, first, last);
    lasting = last > first;
    what = fault + " at call " + first + (lasting ? " and all behind it" : "");
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("EMFILE", 24),
        new Fault("ENOMEM", 12),
        new Fault("ENOBUFS", 105),
        new Fault("EINTR", 4),
        new Fault("OutOfMemoryError", 0));
  }

  /** Returns those that may stay for a while. */
  static Stream<Fault> lastingFaults() {
    return faults().filter(f -> !Set.of("ENOMEM", "EINTR").contains(f.name()));
  }

  /** Does all that there is to do, and closes it. */
  abstract void scenario() throws Exception;

  /** Runs, and tells whether anything failed. */
  boolean fails() throws Exception {
    Set<Thread> before = threads();
    scenario();
    assertThat(kernel.openSockets()).as(description()).isZero();
    assertThat(threads()).as(description()).isSubsetOf(before);
    return transports.failed() != null;
  }

  /** Does something that may fail if a call has failed, and then as it should. */
  <T> @Nullable T step(Callable<T> action) {
    try {
      return action.call();
    } catch (NetlinkException e) {
      failed(e);
    } catch (OutOfMemoryError e) {
      assertThat(e).hasMessage("made by a test");
      failed(e);
    } catch (Exception e) {
      throw new AssertionError(description(), e);
    }
    return null;
  }

  @Nullable Boolean step(Threaded.Action action) {
    return step(
        () -> {
          action.run();
          return Boolean.TRUE;
        });
  }

  /** Something has failed, which may be only if a call has. */
  void failed(Object why) {
    failure = why.toString();
    assertThat(transports.failed()).as(description()).isNotNull();
  }

  /** Awaits an event, before which there may be a list, and a gap or an exception, once. */
  void await(String expected, Callable<String> next) throws Exception {
    List<String> seen = new ArrayList<>();
    for (String event = ""; !event.equals(expected); seen.add(event)) {
      try {
        event = next.call();
      } catch (NetlinkException | OutOfMemoryError e) {
        event = e.toString();
        failed(event);
      }
      if (lasting && transports.failed() != null) {
        return;
      }
      if (event.equals("nothing") || seen.size() > 100) {
        fail(description() + ": no " + expected + " but " + seen);
      }
      if (event.startsWith("gap OVERRUN") && transports.failed() != null) {
        // It stands for what was lost.
        return;
      }
    }
  }

  String description() {
    return what + ", which is " + transports.failed() + ", with " + failure;
  }

  /** Returns the threads that run, but for the one of the cleaner, which is there once. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> !t.getName().startsWith("Cleaner-"))
        .collect(Collectors.toSet());
  }
}
