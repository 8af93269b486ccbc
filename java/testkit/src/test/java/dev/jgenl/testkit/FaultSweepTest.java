package dev.jgenl.testkit;

import static dev.jgenl.testkit.Scripted.COMMAND;
import static dev.jgenl.testkit.Scripted.NUMBER;
import static dev.jgenl.testkit.Threaded.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.testkit.FaultyTransports.Fault;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The n-th call to the system fails, for every n until none fails; then all is as if nothing had
 * been.
 */
@Timeout(120)
class FaultSweepTest {

  @ParameterizedTest
  @MethodSource("dev.jgenl.testkit.FaultyRun#faults")
  @DisplayName("T49 the n-th call fails: an exception, nothing leaked, full service afterwards")
  void everyCallFailsOnce(Fault fault) throws Exception {
    int n = 1;
    while (new Run(fault, n, n).fails()) {
      n++;
    }
    // Less would mean that some step was not reached.
    assertThat(n).isGreaterThan(fault.isError() ? 8 : 60);
  }

  @ParameterizedTest
  @MethodSource("dev.jgenl.testkit.FaultyRun#lastingFaults")
  @DisplayName("T49 all calls fail from the n-th on: the same, once that is over")
  void everyCallFailsFromThereOn(Fault fault) throws Exception {
    int n = 1;
    while (new Run(fault, n, Integer.MAX_VALUE).fails()) {
      n++;
    }
  }

  /** Every way to use a family, which goes and comes in between. */
  private static final class Run extends FaultyRun {

    private final FakeFamily family = kernel.family("demo").group("events").group("other");

    Run(Fault fault, int first, int last) {
      super(fault, first, last);
      family
          .onDo(COMMAND, Scripted::echo)
          .onDump(
              COMMAND,
              (request, answer) -> {
                for (int i = 0; i < 20; i++) {
                  Scripted.echo(request, answer);
                }
              });
    }

    @Override
    void scenario() throws Exception {
      Genl genl = step(() -> Genl.open(NetlinkOptions.DEFAULTS, transports));
      if (genl != null) {
        try (genl) {
          GenlFamily demo = step(() -> genl.family("demo"));
          scenario(genl, demo == null ? kernelsOwn() : demo);
          assertFullService(genl);
        }
      }
    }

    private void scenario(Genl genl, GenlFamily demo) throws Exception {
      // The controller is asked, then listened to.
      awaitGrace();
      step(() -> assertEcho(genl.request(ask(demo, 1), Scripted::number), 1));
      awaitGrace();
      step(() -> assertEcho(only(genl.execute(ask(demo, 2))), 2));
      step(() -> assertEcho(genl.request(large(demo, 12), Scripted::number), 12));
      step(() -> assertEcho(only(genl.execute(ask(demo, 3).withAnyPort())), 3));
      batch(genl, demo);
      step(() -> dumpToTheEnd(genl.dump(ask(demo, 4)), 4));
      step(() -> dumpHalfWay(genl.dump(ask(demo, 5))));
      step(() -> assertThat(genl.families()).hasSize(2));
      list(genl, demo);
      own(genl, demo);
      kernel.unregister(family);
      kernel.registerAgain(family);
      step(() -> assertEcho(genl.request(ask(demo, 6), Scripted::number), 6));
      awaitGrace();
      step(() -> assertThat(genl.family("demo").id()).as(description()).isEqualTo(family.id()));
    }

    /** It takes more memory than a connection has, and so does its answer. */
    private static GenlRequest large(GenlFamily demo, long number) {
      return GenlRequest.of(
          demo, COMMAND, a -> a.putU32(NUMBER, number).putBytes(2, new byte[60_000]));
    }

    private void batch(Genl genl, GenlFamily demo) {
      List<GenlRequest> requests = LongStream.range(0, 100).mapToObj(i -> ask(demo, i)).toList();
      List<Outcome<Long>> outcomes = step(() -> genl.batch(requests, Scripted::number));
      if (outcomes == null) {
        return;
      }
      assertThat(outcomes).as(description()).hasSize(100);
      for (int i = 0; i < 100; i++) {
        if (outcomes.get(i) instanceof Outcome.Failure<Long> f) {
          assertThat(f.cause()).as(description()).isInstanceOf(NetlinkException.class);
          failed("outcome " + i + ": " + f.cause());
        } else {
          assertThat(outcomes.get(i)).as(description()).isEqualTo(new Outcome.Success<>((long) i));
        }
      }
    }

    private void dumpToTheEnd(Dump<GenlMessage> dump, long number) throws NetlinkException {
      try (dump) {
        assertThat(dump.toList())
            .as(description())
            .hasSize(20)
            .extracting(Scripted::number)
            .containsOnly(number);
      }
    }

    private static void dumpHalfWay(Dump<GenlMessage> dump) throws NetlinkException {
      try (dump) {
        dump.next();
        dump.next();
      }
    }

    private void list(Genl genl, GenlFamily demo) throws Exception {
      GenlSubscription s = step(() -> genl.subscribe(ask(demo, 7), "events", "other"));
      if (s == null) {
        return;
      }
      try (s) {
        await("synchronized true", () -> s.poll(SOON).map(Scripted::show).orElse("nothing"));
        notifyOf(70);
        await("event 70", () -> s.poll(SOON).map(Scripted::show).orElse("nothing"));
        step(() -> s.leave(demo, "other"));
        notifyOf(71);
        await("event 71", () -> s.poll(SOON).map(Scripted::show).orElse("nothing"));
      }
    }

    private void own(Genl genl, GenlFamily demo) throws Exception {
      GenlConnection c = step(genl::connect);
      if (c == null) {
        return;
      }
      try (c) {
        boolean joined = step(() -> c.join(demo, "events")) != null;
        step(() -> assertEcho(c.request(ask(demo, 8), Scripted::number), 8));
        step(() -> dumpToTheEnd(c.dump(ask(demo, 9)), 9));
        step(() -> dumpHalfWay(c.dump(ask(demo, 10))));
        step(() -> assertEcho(only(c.execute(ask(demo, 11))), 11));
        family.send(c.portId(), Scripted.event(80));
        await("event 80", () -> c.poll(SOON).map(Scripted::show).orElse("nothing"));
        if (joined) {
          notifyOf(81);
          await("event 81", () -> c.poll(SOON).map(Scripted::show).orElse("nothing"));
        }
      }
    }

    private void notifyOf(long number) {
      family.notify("events", Scripted.event(number));
    }

    private void assertEcho(long answer, long number) {
      assertThat(answer).as(description()).isEqualTo(number);
    }

    private static long only(Reply<GenlMessage> reply) {
      assertThat(reply.messages()).hasSize(1);
      return Scripted.number(reply.messages().get(0));
    }

    /** No failure is to come, or it was there: everything works, each way. */
    private void assertFullService(Genl genl) throws Exception {
      if (transports.failed() == null) {
        return;
      }
      transports.repair();
      family.onDump(COMMAND, Scripted::echo);
      assertThat(kernel.openSockets()).as(description()).isLessThanOrEqualTo(2);
      GenlFamily demo = genl.family("demo");
      for (Way way : Way.values()) {
        assertThat(way.ask(genl, ask(demo, 42)))
            .as(description())
            .extracting(Scripted::number)
            .containsExactly(42L);
      }
      try (GenlSubscription s = genl.subscribe(demo, "events")) {
        notifyOf(90);
        assertThat(Scripted.show(s.poll(SOON).orElseThrow()))
            .as(description())
            .isEqualTo("event 90");
      }
      assertThat(kernel.openSockets()).as(description()).isLessThanOrEqualTo(2);
    }

    private GenlRequest ask(GenlFamily demo, long number) {
      return GenlRequest.of(demo, COMMAND, a -> a.putU32(NUMBER, number));
    }

    /** What the fault kept from being found out. */
    private GenlFamily kernelsOwn() throws NetlinkException {
      try (Genl other = kernel.open()) {
        return other.family("demo");
      }
    }
  }

  /** Lets the time pass in which a number just found out is used as it is. */
  private static void awaitGrace() throws InterruptedException {
    Thread.sleep(2);
  }
}
