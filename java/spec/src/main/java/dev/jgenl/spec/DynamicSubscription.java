package dev.jgenl.spec;

import dev.jgenl.Event;
import dev.jgenl.Message;
import dev.jgenl.NetlinkException;
import dev.jgenl.Subscription;
import dev.jgenl.wire.MalformedMessageException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the kernel tells by itself, by the names of the spec. As {@link Subscription}: for one
 * thread at a time; must be closed, which any thread may do.
 */
public final class DynamicSubscription implements AutoCloseable {

  /**
   * Where the events come from.
   *
   * @param subscription the messages
   * @param told makes a value of a notification
   * @param listed makes a value of what is listed
   */
  record Source<M extends Message>(
      Subscription<M> subscription,
      Function<M, DynamicMessage> told,
      Function<M, DynamicMessage> listed) {

    Event<DynamicMessage> next() throws NetlinkException {
      return event(subscription.next());
    }

    Optional<Event<DynamicMessage>> poll(Duration timeout) throws NetlinkException {
      Optional<Event<M>> event = subscription.poll(timeout);
      return event.isEmpty() ? Optional.empty() : Optional.of(event(event.get()));
    }

    /** What cannot be read is lost, and said to be. */
    private Event<DynamicMessage> event(Event<M> event) {
      try {
        return readable(event);
      } catch (MalformedMessageException e) {
        return new Event.Gap<>(Event.Reason.MALFORMED, String.valueOf(e.getMessage()));
      }
    }

    private Event<DynamicMessage> readable(Event<M> event) {
      if (event instanceof Event.Notification<M> n) {
        return new Event.Notification<>(told.apply(n.message()), n.family(), n.group());
      } else if (event instanceof Event.Listed<M> l) {
        return new Event.Listed<>(listed.apply(l.message()));
      } else if (event instanceof Event.Gap<M> gap) {
        return new Event.Gap<>(gap.reason(), gap.text());
      } else if (event instanceof Event.Synchronized<M> s) {
        return new Event.Synchronized<>(s.consistent());
      }
      return new Unrecognized(event.toString());
    }
  }

  /**
   * An event of a kind that is newer than this.
   *
   * @param text what it is
   */
  public record Unrecognized(String text) implements Event.Other<DynamicMessage> {}

  private final Source<?> source;

  DynamicSubscription(Source<?> source) {
    this.source = source;
  }

  /**
   * Waits for the next event.
   *
   * @return the event
   * @throws NetlinkException as {@link Subscription#next()}
   */
  public Event<DynamicMessage> next() throws NetlinkException {
    return source.next();
  }

  /**
   * Waits for the next event for a while.
   *
   * @param timeout how long; zero does not wait
   * @return the event; empty if none came
   * @throws NetlinkException as {@link Subscription#poll(Duration)}
   */
  public Optional<Event<DynamicMessage>> poll(Duration timeout) throws NetlinkException {
    return source.poll(timeout);
  }

  /** Ends it, and a wait. More than once does no harm. */
  @Override
  public void close() {
    source.subscription().close();
  }

  /** Names what it listens to, and says whether it is closed. */
  @Override
  public String toString() {
    return source.subscription().toString();
  }
}
