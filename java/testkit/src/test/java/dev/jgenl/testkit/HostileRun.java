package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Every way to ask a family, of a kernel whose datagrams are bent on their way. */
final class HostileRun {

  private static final int COMMAND = Scripted.COMMAND;
  private static final int REFUSED = 2;
  private static final NetlinkOptions OPTIONS =
      NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(100));

  private final FakeKernel kernel = new FakeKernel();
  private final FakeFamily family =
      kernel
          .family("demo")
          .group("events")
          .policy(
              COMMAND,
              p ->
                  p.string(Scripted.TEXT, 20)
                      .number(Scripted.NUMBER, FakePolicy.NumberType.U32, 0, 1000)
                      .nested(3, within -> within.mask(1, FakePolicy.NumberType.U16, 7)))
          .onDo(COMMAND, Scripted::echo)
          .onDump(
              COMMAND,
              (request, answer) -> {
                Scripted.echo(request, answer);
                Scripted.echo(request, answer);
              })
          .onDo(
              REFUSED,
              (request, answer) -> answer.error(22, a -> a.putString(1, "no").putU32(2, 20)));

  private final FuzzedDataProvider data;

  HostileRun(FuzzedDataProvider data) {
    this.data = data;
    // Nobody waits for what does not come.
    kernel.clock().skipWaits();
  }

  /** Calls as long as there is a script, then once more on a kernel that is itself again. */
  void run() throws Exception {
    BentTransports transports = new BentTransports(kernel.sockets(), data, false);
    try (Genl genl = Genl.open(OPTIONS, transports)) {
      while (data.remainingBytes() > 0) {
        call(genl, data.consumeInt(0, 9));
      }
      transports.straighten();
      GenlFamily demo = genl.family("demo");
      assertThat(genl.request(ask(demo), Scripted::number)).isEqualTo(42);
      try (Dump<GenlMessage> dump = genl.dump(ask(demo))) {
        assertThat(dump.toList()).hasSize(2);
      }
    }
    assertThat(kernel.openSockets()).isZero();
  }

  /** Asks who a family is. What the answer says is then true, as far as anybody can know. */
  void resolve() throws Exception {
    try (Genl genl = Genl.open(OPTIONS, new BentTransports(kernel.sockets(), data, true))) {
      tried(() -> genl.family("demo"));
    }
    assertThat(kernel.openSockets()).isZero();
  }

  private void call(Genl genl, int which) throws Exception {
    GenlFamily demo = named();
    switch (which) {
      case 0 -> tried(() -> genl.family("demo"));
      case 1 -> tried(() -> genl.request(ask(demo)));
      case 2 -> tried(() -> genl.execute(ask(demo)));
      case 3 -> tried(() -> genl.execute(GenlRequest.of(demo, REFUSED)));
      case 4 -> tried(() -> dump(genl, demo));
      case 5 -> tried(genl::families);
      case 6 -> tried(() -> genl.policy(demo));
      case 7 -> batch(genl, demo);
      case 8 -> tried(() -> subscribe(genl, demo));
      default -> tried(() -> own(genl, demo));
    }
  }

  /** As the kernel would tell it. */
  private GenlFamily named() throws NetlinkException {
    try (Genl other = kernel.open()) {
      return other.family("demo");
    }
  }

  private static GenlRequest ask(GenlFamily demo) {
    return GenlRequest.of(demo, COMMAND, a -> a.putU32(Scripted.NUMBER, 42));
  }

  private static List<GenlMessage> dump(Genl genl, GenlFamily demo) throws NetlinkException {
    try (Dump<GenlMessage> dump = genl.dump(ask(demo))) {
      return dump.toList();
    }
  }

  private static void batch(Genl genl, GenlFamily demo) throws Exception {
    Object outcomes = tried(() -> genl.batch(List.of(ask(demo), ask(demo), ask(demo))));
    if (outcomes instanceof List<?> list) {
      assertThat(list).hasSize(3).allMatch(o -> o instanceof Outcome<?>);
    }
  }

  private Object subscribe(Genl genl, GenlFamily demo) throws Exception {
    try (GenlSubscription events = genl.subscribe(ask(demo), "events")) {
      family.notify("events", Scripted.event(1));
      family.notify("events", Scripted.event(2));
      Optional<Event<GenlMessage>> event;
      int most = 20;
      do {
        event = events.poll(Duration.ZERO);
        shown(event);
      } while (event.isPresent() && most-- > 0);
      return events;
    }
  }

  private Object own(Genl genl, GenlFamily demo) throws NetlinkException {
    try (GenlConnection own = genl.connect()) {
      own.join(demo, "events");
      family.notify("events", Scripted.event(3));
      shown(own.request(ask(demo)));
      shown(own.poll(Duration.ZERO));
      return own;
    }
  }

  /** What it throws is declared, and safe to show, and so is what it returns. */
  private static Object tried(Callable<?> action) throws Exception {
    Object outcome;
    try {
      outcome = action.call();
    } catch (NetlinkException | MalformedMessageException e) {
      outcome = e;
    }
    shown(outcome);
    return outcome;
  }

  private static void shown(Object outcome) {
    String text = outcome.toString();
    assertThat(text.lines())
        .allMatch(line -> Printable.escape(line).replace("\\\\", "\\").equals(line));
  }
}
