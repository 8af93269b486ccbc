package dev.jgenl;

import dev.jgenl.netlink.NetlinkSubscription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * The notifications of multicast groups, on a socket of their own.
 *
 * <p>It delivers, or says that it did not: a subscriber that is too slow loses notifications, and
 * the loss appears as a {@link Event.Gap} among the events, behind what came before it; then the
 * subscription goes on.
 *
 * <p>A subscription with a list keeps a picture complete: it joins first, then lists, so that
 * nothing is missed in between, and lists again after each {@link Event.Gap}. A list that fails is
 * an exception, and is begun again by the next call. If it fails in the same way again, that is not
 * told: notifications come as they are heard, and in between the list is tried on, ever less often,
 * at least every ten seconds, until {@link Event.Synchronized} says that it is complete.
 *
 * <pre>{@code
 * int devGet = 1; // NETDEV_CMD_DEV_GET
 * GenlRequest list = GenlRequest.of(genl.family("netdev"), devGet);
 * try (GenlSubscription devices = genl.subscribe(list, "mgmt")) {
 *   Event<GenlMessage> event = devices.next();
 *   while (event instanceof Event.Listed<GenlMessage> entry) {
 *     System.out.print(entry.message());
 *     event = devices.next();
 *   }
 *   System.out.println(event); // it is complete, or has changed and comes again
 * }
 * }</pre>
 *
 * <p>Must be closed. One thread at a time reads, also through {@link #publisher}; any thread may
 * close.
 *
 * @param <M> the type of the messages, each valid for ever
 */
public sealed interface Subscription<M> extends AutoCloseable
    permits GenlSubscription, NetlinkSubscription {

  /**
   * Waits for the next event, for ever.
   *
   * @return the event
   * @throws ClosedException if the subscription or what it was opened through is closed, also by
   *     another thread meanwhile
   * @throws RequestInterruptedException if the thread is interrupted
   * @throws NetlinkException if listing fails, other than it did since it was complete last; the
   *     next call lists again
   */
  Event<M> next() throws NetlinkException;

  /**
   * Waits for the next event.
   *
   * @param timeout how long; 0 or less does not wait, what is too long to count waits for ever
   * @return the event, or empty if none came in time
   * @throws ClosedException if the subscription or what it was opened through is closed, also by
   *     another thread meanwhile
   * @throws RequestInterruptedException if the thread is interrupted
   * @throws NetlinkException if listing fails, other than it did since it was complete last; the
   *     next call lists again
   */
  Optional<Event<M>> poll(Duration timeout) throws NetlinkException;

  /**
   * Views the events as a publisher for one subscriber, also if there are several publishers. The
   * socket is read only as far as the subscriber requests, so that a slow one loses notifications,
   * with a {@link Event.Gap}, rather than memory. The end of the subscription completes the
   * subscriber; cancelling closes it, and so does whatever the subscriber throws.
   *
   * @param executor runs the subscriber, one call at a time; a task of it blocks while an event
   *     that was requested is not there
   * @return the publisher
   */
  Flow.Publisher<Event<M>> publisher(Executor executor);

  /** Leaves all groups and ends a wait; more than once does no harm. */
  @Override
  void close();
}
