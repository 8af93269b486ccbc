package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events of a subscription, or of a connection. */
final class Events {

  /** Longer than a busy machine takes for what is on its way. */
  private static final Duration COMES = Duration.ofSeconds(10);

  private static final Duration QUIET = Duration.ofMillis(300);

  /** Waits for an event for as long as it is told. */
  interface Poll<M> {
    Optional<Event<M>> poll(Duration timeout) throws NetlinkException;
  }

  private Events() {}

  /** Waits for the first, then reads until none comes for a while. */
  static <M> List<Event<M>> drain(Poll<M> source) throws NetlinkException {
    List<Event<M>> events = new ArrayList<>();
    Optional<Event<M>> event = source.poll(COMES);
    while (event.isPresent()) {
      events.add(event.get());
      event = source.poll(QUIET);
    }
    assertThat(events).as("events within %s", COMES).isNotEmpty();
    return events;
  }

  static <M> void assertNone(Poll<M> source) throws NetlinkException {
    assertThat(source.poll(QUIET)).isEmpty();
  }
}
