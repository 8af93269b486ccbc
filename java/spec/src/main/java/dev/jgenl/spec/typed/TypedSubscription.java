package dev.jgenl.spec.typed;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.DynamicSubscription;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the kernel tells by itself. As {@link dev.jgenl.Subscription}: for one thread at a time;
 * must be closed, which any thread may do.
 *
 * @param <N> what is told and listed
 */
public final class TypedSubscription<N> implements AutoCloseable {

  /**
   * An event of a kind that is newer than this.
   *
   * @param <N> what is told and listed
   * @param text what it is
   */
  public record Unrecognized<N>(String text) implements Event.Other<N> {}

  private final DynamicSubscription subscription;
  private final Function<DynamicMessage, ? extends N> told;
  private final Function<DynamicMessage, ? extends N> listed;

  TypedSubscription(
      DynamicSubscription subscription,
      Function<DynamicMessage, ? extends N> told,
      Function<DynamicMessage, ? extends N> listed) {
    this.subscription = subscription;
    this.told = told;
    this.listed = listed;
  }

  /**
   * Waits for the next event.
   *
   * @return the event
   * @throws NetlinkException as {@link dev.jgenl.Subscription#next()}
   */
  public Event<N> next() throws NetlinkException {
    return view(subscription.next());
  }

  /**
   * Waits for the next event for a while.
   *
   * @param timeout how long; zero does not wait
   * @return the event; empty if none came
   * @throws NetlinkException as {@link dev.jgenl.Subscription#poll(Duration)}
   */
  public Optional<Event<N>> poll(Duration timeout) throws NetlinkException {
    return subscription.poll(timeout).map(this::view);
  }

  private Event<N> view(Event<DynamicMessage> event) {
    if (event instanceof Event.Notification<DynamicMessage> n) {
      return new Event.Notification<>(told.apply(n.message()), n.family(), n.group());
    } else if (event instanceof Event.Listed<DynamicMessage> l) {
      return new Event.Listed<>(listed.apply(l.message()));
    } else if (event instanceof Event.Gap<DynamicMessage> gap) {
      return new Event.Gap<>(gap.reason(), gap.text());
    } else if (event instanceof Event.Synchronized<DynamicMessage> s) {
      return new Event.Synchronized<>(s.consistent());
    }
    return new Unrecognized<>(event.toString());
  }

  /** Ends it, and a wait. More than once does no harm. */
  @Override
  public void close() {
    subscription.close();
  }

  /** Names what it listens to, and says whether it is closed. */
  @Override
  public String toString() {
    return subscription.toString();
  }
}
