package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses that follow one another: each is told, where it happened. */
class OverrunTest {

  private static final int LIST = 1;
  private static final int NUMBER = 1;

  /** Far more than the buffer holds. */
  private static final int FLOOD = 1000;

  private final FakeKernel kernel = new FakeKernel();
  private final FakeFamily family = kernel.family("demo").group("events");
  private Genl genl;
  private GenlFamily demo;

  /** Next to be sent. */
  private long next;

  /** Those who hear the same group. */
  enum Listener {
    SUBSCRIPTION {
      @Override
      Source open(Genl genl, GenlFamily demo) throws NetlinkException {
        GenlSubscription s = genl.subscribe(demo, "events");
        return s::poll;
      }
    },
    LIST_AND_WATCH {
      @Override
      Source open(Genl genl, GenlFamily demo) throws NetlinkException {
        GenlSubscription s = genl.subscribe(GenlRequest.of(demo, LIST), "events");
        return s::poll;
      }
    },
    CONNECTION {
      @Override
      Source open(Genl genl, GenlFamily demo) throws NetlinkException {
        GenlConnection c = genl.connect();
        c.join(demo, "events");
        return c::poll;
      }
    };

    /** Closed with the instance. */
    abstract Source open(Genl genl, GenlFamily demo) throws NetlinkException;
  }

  /** Where events come from. */
  interface Source {
    Optional<Event<GenlMessage>> poll(Duration timeout) throws NetlinkException;
  }

  @BeforeEach
  void open() throws NetlinkException {
    kernel.limitBuffers(8192, 8192);
    family.onDump(LIST, (request, answer) -> answer.message(LIST, a -> a.putU32(NUMBER, next)));
    genl = kernel.open();
    demo = genl.family("demo");
  }

  @AfterEach
  void close() {
    genl.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T18 a loss while the one before is not told yet is told as well")
  void lossBehindALossIsTold(Listener listener) throws NetlinkException {
    Source source = listener.open(genl, demo);
    send(FLOOD);
    int held = drain(source).indexOf("gap");
    assertThat(held).isPositive();
    long second = next;
    send(FLOOD);
    for (int i = 0; i < held; i++) {
      assertThat(nextNotification(source)).isEqualTo(second + i);
    }
    // All that was queued is read, and the loss behind it is not told yet, when more is lost.
    long third = next;
    send(FLOOD);

    List<String> events = drain(source);

    assertThat(events).startsWith("gap", Long.toString(third)).endsWith("gap");
    assertThat(events).hasSize(held + 2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T18 a gap stands before what was sent when it was read")
  void gapStandsBeforeWhatFollowsTheLoss(Listener listener) throws NetlinkException {
    Source source = listener.open(genl, demo);
    send(FLOOD);
    int held = drain(source).indexOf("gap");
    send(FLOOD);
    for (int i = 0; i < held; i++) {
      nextNotification(source);
    }
    long behind = next;
    send(3);

    assertThat(drain(source))
        .containsExactly(
            "gap", Long.toString(behind), Long.toString(behind + 1), Long.toString(behind + 2));
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      long number = next++;
      family.notify("events", n -> n.message(LIST, a -> a.putU32(NUMBER, number)));
    }
  }

  private static long nextNotification(Source source) throws NetlinkException {
    for (; ; ) {
      Event<GenlMessage> event = source.poll(Duration.ofSeconds(5)).orElseThrow();
      if (event instanceof Event.Notification<GenlMessage> n) {
        return n.message().attributes().get(NUMBER).u32();
      }
    }
  }

  private static List<String> drain(Source source) throws NetlinkException {
    List<String> events = new ArrayList<>();
    for (; ; ) {
      Optional<Event<GenlMessage>> event = source.poll(Duration.ofMillis(100));
      if (event.isEmpty()) {
        return events;
      }
      if (event.get() instanceof Event.Notification<GenlMessage> n) {
        events.add(Long.toString(n.message().attributes().get(NUMBER).u32()));
      } else if (event.get() instanceof Event.Gap) {
        events.add("gap");
      }
    }
  }
}
