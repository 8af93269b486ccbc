package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A family on a scripted kernel, and what is connected to it: in the end nothing may be left. */
abstract class Scripted extends Threaded {

  static final int COMMAND = 1;
  static final int CHANGED = 7;
  static final int NUMBER = 1;
  static final int TEXT = 2;
  static final int GETFAMILY = 3;

  final FakeKernel kernel = new FakeKernel();
  final FakeFamily family = kernel.family("demo").group("events").group("other");
  Genl genl;
  GenlFamily demo;

  @BeforeEach
  void open() throws NetlinkException {
    genl = kernel.open(options());
    demo = genl.family("demo");
    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
  }

  /** Returns how the instance behaves. */
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS;
  }

  @AfterEach
  void closeAll() throws InterruptedException {
    genl.close();
    endThreads();
    assertThat(kernel.openSockets()).isZero();
  }

  /** Answers with the number that was asked for. */
  static void echo(FakeRequest request, FakeAnswer answer) {
    long number = request.attributes().find(NUMBER).map(a -> a.u32()).orElse(0L);
    answer.message(COMMAND, a -> a.putU32(NUMBER, number));
  }

  GenlRequest ask(long number) {
    return GenlRequest.of(demo, COMMAND, a -> a.putU32(NUMBER, number));
  }

  static long number(GenlMessage message) {
    return message.attributes().get(NUMBER).u32();
  }

  /** Notifies a group of some numbers. */
  void notify(String group, long... numbers) {
    for (long number : numbers) {
      family.notify(group, n -> n.message(CHANGED, a -> a.putU32(NUMBER, number)));
    }
  }

  /** Makes an event of a number, for {@link FakeFamily#send}. */
  static Consumer<FakeAnswer> event(long number) {
    return e -> e.message(CHANGED, a -> a.putU32(NUMBER, number));
  }

  /** Shows an event in a word or two. */
  static String show(Event<GenlMessage> event) {
    if (event instanceof Event.Notification<GenlMessage> n) {
      return "event " + number(n.message());
    }
    if (event instanceof Event.Listed<GenlMessage> l) {
      return "listed " + number(l.message());
    }
    return event instanceof Event.Gap<GenlMessage> gap
        ? "gap " + gap.reason()
        : "synchronized " + ((Event.Synchronized<GenlMessage>) event).consistent();
  }
}
