package dev.jgenl.engine;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What comes unasked on an owned connection, in its order, as events. A loss is a gap behind what
 * was queued before it.
 *
 * <p>One thread at a time takes events; any may make the connection hear.
 *
 * @param <M> the type of the messages
 */
public final class Reception<M> {

  /**
   * Knows what the messages mean.
   *
   * @param <M> the type of the messages
   */
  public interface Hearer<M> {

    /**
     * Makes an event of a message.
     *
     * @param message stands on it; valid for the length of the call
     * @param group the multicast group that it was sent to, or 0
     * @return the event; null if it is none for the user
     * @throws dev.jgenl.wire.MalformedMessageException if it is malformed
     */
    @Nullable Event<M> heard(MessageReader message, int group);

    /** Something was lost: what is known by hearing may be out of date. */
    void lost();

    /**
     * Tells whether something is to be settled before more is heard.
     *
     * @return whether {@link #settle} is to be called
     */
    default boolean isUnsettled() {
      return false;
    }

    /**
     * Settles one such thing; if that fails it stays to be settled.
     *
     * @param patience how long to wait, in nanoseconds
     * @return an event about it, or null
     * @throws NetlinkException if it is of no use to go on
     */
    default @Nullable Event<M> settle(long patience) throws NetlinkException {
      return null;
    }
  }

  /** How often is tried what could not be settled, in nanoseconds. */
  private static final long SETTLING = 100_000_000;

  /** How often is looked whether the connection can be used, in nanoseconds. */
  private static final long LOOK = 5_000_000;

  /** How many events wait for the program at most. */
  private static final int QUEUE_MAX = 4096;

  private final OwnedConnection connection;
  private final Hearer<M> hearer;
  private final Queue<Event<M>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  /** Whether events were dropped behind those that are queued. */
  private volatile boolean dropped;

  /** The thread that waits for events while another uses the connection. */
  private volatile @Nullable Thread waiter;

  /**
   * Starts to hear.
   *
   * @param connection a connection that has just been opened
   * @param hearer knows what the messages mean
   */
  public Reception(OwnedConnection connection, Hearer<M> hearer) {
    this.connection = connection;
    this.hearer = hearer;
    connection.listen(new Listener());
  }

  /**
   * Waits for the next event.
   *
   * @param limit how long, in nanoseconds, or {@link Deadline#FOREVER}
   * @param listing the list that is to be complete before more is heard, if there is one
   * @return the event; null if time ran out
   * @throws dev.jgenl.ClosedException if the connection is closed, also meanwhile
   * @throws dev.jgenl.RequestInterruptedException if the thread is interrupted
   * @throws NetlinkException if the list fails, but not as it did before
   */
  public @Nullable Event<M> next(long limit, @Nullable Listing<M> listing) throws NetlinkException {
    Deadline deadline = connection.deadline(limit);
    int late = 0;
    for (boolean waited = false; ; ) {
      if (connection.isClosed()) {
        throw Failures.closed();
      }
      Event<M> event = known(deadline, listing);
      if (event != null) {
        return event;
      }
      // What came may be nothing for the user, and an event be behind it.
      if (deadline.isOver() && (waited || ++late > Incoming.FLOOD)) {
        return null;
      }
      long pause = listing == null ? Deadline.FOREVER : listing.pause();
      if (listing != null && pause == 0) {
        event = listing.next(deadline.left());
        if (event != null) {
          return event;
        }
        waited = true;
      } else {
        long left = Math.min(deadline.left(), pause);
        waited = !hear(hearer.isUnsettled() ? Math.min(left, SETTLING) : left);
      }
    }
  }

  /** Returns an event that needs no wait for messages, or null. */
  private @Nullable Event<M> known(Deadline deadline, @Nullable Listing<M> listing)
      throws NetlinkException {
    Event<M> event = poll();
    if (event == null && hearer.isUnsettled()) {
      event = hearer.settle(deadline.left());
    }
    if (event instanceof Event.Gap<M> && listing != null) {
      listing.begin();
    }
    return event;
  }

  private @Nullable Event<M> poll() {
    Event<M> event = queue.poll();
    if (event != null) {
      size.decrementAndGet();
    } else if (dropped) {
      dropped = false;
      hearer.lost();
      return new Event.Gap<>(
          Event.Reason.QUEUE_FULL, QUEUE_MAX + " events waited to be read: others were dropped");
    }
    return event;
  }

  /** Returns whether something came. */
  private boolean hear(long timeoutNanos) throws NetlinkException {
    OwnedConnection.Heard heard = connection.hear(timeoutNanos, () -> !queue.isEmpty());
    if (heard == OwnedConnection.Heard.BUSY) {
      // Whoever uses the connection hears what comes meanwhile.
      waiter = Thread.currentThread();
      if (queue.isEmpty()) {
        LockSupport.parkNanos(this, Math.min(timeoutNanos, LOOK));
      }
      waiter = null;
    }
    if (queue.isEmpty() && Thread.currentThread().isInterrupted()) {
      throw Failures.interrupted("wait for an event");
    }
    return heard == OwnedConnection.Heard.SOMETHING;
  }

  private void add(Event<M> event) {
    if (dropped || size.get() >= QUEUE_MAX) {
      dropped = true;
    } else {
      size.incrementAndGet();
      queue.add(event);
      LockSupport.unpark(waiter);
    }
  }

  private final class Listener implements Incoming.Listener {

    @Override
    public void event(MessageReader message, int group) {
      try {
        Event<M> event = hearer.heard(message, group);
        if (event != null) {
          add(event);
        }
      } catch (MalformedMessageException e) {
        lost(Event.Reason.MALFORMED, String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void lost(Event.Reason reason, String text) {
      hearer.lost();
      add(new Event.Gap<>(reason, text));
    }
  }
}
