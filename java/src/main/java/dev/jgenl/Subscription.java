package dev.jgenl;

import static dev.jgenl.wire.Netlink.NLMSG_MIN_TYPE;

import dev.jgenl.internal.Datagrams;
import dev.jgenl.internal.Errno;
import dev.jgenl.internal.Transport;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.Netlink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one or several multicast groups, on a socket of their own.
 *
 * <p>A subscriber that is too slow loses notifications; the loss appears as a {@link Gap} among the
 * events, and the subscription goes on. When the module of a family is loaded anew, its groups are
 * joined anew, behind a {@link Gap}.
 *
 * <p>A subscription with a list (see {@link Genl#subscribe(GenlRequest, String...)}) keeps a
 * picture complete: it joins first, then lists, so that nothing is missed in between, and lists
 * again after each {@link Gap}.
 *
 * <p>Must be closed. One thread at a time reads, also through {@link #publisher}; any thread may
 * join, leave and close.
 */
public final class Subscription implements AutoCloseable {

  /** What a subscriber is told. */
  public sealed interface Event {}

  /**
   * A notification.
   *
   * @param message valid for ever; its sequence number is whatever the sender chose
   */
  public record Notification(GenlMessage message) implements Event {}

  /**
   * Notifications were lost here, or may have been.
   *
   * @param reason why, for people
   */
  public record Gap(String reason) implements Event {}

  /**
   * An entry of the list.
   *
   * @param message valid for ever
   */
  public record Listed(GenlMessage message) implements Event {}

  /** The list is complete: notifications follow, the first of which may already be in the list. */
  public record Synchronized() implements Event {}

  private record Membership(String family, String group, int id) {}

  /** What the kernel charges at least for a queued notification ({@code skb->truesize}). */
  private static final int LEAST_CHARGE = 512;

  private final Genl genl;
  private final @Nullable GenlRequest list;
  private final Transport transport;
  private final int queueLimit;
  private final Runnable waker;
  private final Map<String, Membership> memberships = new ConcurrentHashMap<>();

  /** The length of the header of each family's messages, by the number of the family. */
  private final Map<Integer, Integer> headerSizes = new ConcurrentHashMap<>();

  private final Deque<Event> events = new ArrayDeque<>();
  private final MessageReader reader = new MessageReader();
  private final Buffers buffers = Buffers.take();
  private @Nullable Dump dump;
  private @Nullable Datagrams largerDatagrams;
  private int generation;

  /** How many datagrams at most are still queued from before a loss; 0 if there was none. */
  private int beforeGap;

  Subscription(Genl genl, GenlFamily family, List<String> groups, @Nullable GenlRequest list)
      throws NetlinkException {
    this.genl = genl;
    this.list = list;
    generation = genl.watch().generation();
    transport = genl.openTransport(Transport.Purpose.NOTIFICATIONS);
    waker = transport::wake;
    try {
      int granted = transport.setBuffers(genl.options().receiveBuffer(), 0);
      if (granted < 0) {
        throw Failures.system("set the size of the receive buffer", -granted);
      }
      queueLimit = granted / LEAST_CHARGE;
      for (String group : groups) {
        join(family, group);
      }
      startListing();
    } catch (NetlinkException | RuntimeException | Error e) {
      transport.close();
      throw e;
    }
    genl.watch().addListener(waker);
  }

  /**
   * Joins another group, of the same or of another family.
   *
   * @param family the family
   * @param group the name of the group
   * @throws KernelException with ENOENT if the family has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public void join(GenlFamily family, String group) throws NetlinkException {
    GenlFamily current = genl.current(family);
    int id = genl.resolveGroup(current.name(), group);
    int err = transport.join(id);
    if (err < 0) {
      throw Failures.system("join group '" + group + "' of family '" + family.name() + "'", -err);
    }
    headerSizes.put(current.id(), current.headerSize());
    memberships.put(key(family, group), new Membership(family.name(), group, id));
  }

  /**
   * Leaves a group; notifications that are queued still come.
   *
   * @param family the family
   * @param group the name of the group; nothing happens if it was not joined
   * @throws NetlinkException if the kernel refuses
   */
  public void leave(GenlFamily family, String group) throws NetlinkException {
    Membership left = memberships.remove(key(family, group));
    if (left != null) {
      int err = transport.leave(left.id);
      if (err < 0) {
        throw Failures.system("leave group '" + group + "' of '" + family.name() + "'", -err);
      }
    }
  }

  /**
   * Waits for the next event, for ever.
   *
   * @return the event
   * @throws ClosedException if the subscription is closed, also by another thread meanwhile
   * @throws RequestInterruptedException if the thread is interrupted
   * @throws NetlinkException if listing fails
   */
  public Event next() throws NetlinkException {
    for (; ; ) {
      Event event = advance(-1);
      if (event != null) {
        return event;
      }
    }
  }

  /**
   * Waits for the next event.
   *
   * @param timeout how long; 0 does not wait
   * @return the event, or empty if none came in time
   * @throws ClosedException if the subscription is closed, also by another thread meanwhile
   * @throws RequestInterruptedException if the thread is interrupted
   * @throws NetlinkException if listing fails
   */
  public Optional<Event> poll(Duration timeout) throws NetlinkException {
    long deadline = Reception.deadline(timeout);
    for (; ; ) {
      long left = Math.max(0, deadline - System.nanoTime());
      Event event = advance(left);
      if (event != null || left == 0) {
        return Optional.ofNullable(event);
      }
    }
  }

  /**
   * Views the events as a publisher for one subscriber. The socket is read only as far as the
   * subscriber requests, so that a slow one loses notifications, with a {@link Gap}, rather than
   * memory. The end of the subscription completes the subscriber; cancelling closes it.
   *
   * @param executor runs the subscriber, one call at a time; a task of it blocks while an event
   *     that was requested is not there
   * @return the publisher
   */
  public Flow.Publisher<Event> publisher(Executor executor) {
    return new SubscriptionPublisher(this, executor);
  }

  /** Leaves all groups and ends a wait; more than once does no harm. */
  @Override
  public void close() {
    genl.watch().removeListener(waker);
    transport.close();
  }

  boolean isOpen() {
    return transport.isOpen();
  }

  /**
   * Does one step towards the next event.
   *
   * @param timeoutNanos how long to wait at most; negative for ever
   * @return the event, or null if the step brought none
   */
  private @Nullable Event advance(long timeoutNanos) throws NetlinkException {
    if (!transport.isOpen()) {
      throw Failures.closed();
    }
    if (!events.isEmpty()) {
      return events.remove();
    }
    if (dump != null) {
      return nextListed(dump);
    }
    rejoinIfFamiliesChanged();
    if (events.isEmpty()) {
      receive(beforeGap > 0 ? 0 : timeoutNanos);
    }
    return events.poll();
  }

  private void startListing() throws NetlinkException {
    if (list != null) {
      dump = genl.dump(list);
    }
  }

  private @Nullable Event nextListed(Dump dump) throws NetlinkException {
    try {
      GenlMessage message = dump.next();
      if (message != null) {
        return new Listed(message);
      }
      this.dump = null;
      return new Synchronized();
    } catch (DumpInterruptedException e) {
      // The change is also in the queue, but what was listed may not fit together.
      startListing();
      return new Gap(Objects.requireNonNull(e.getMessage()));
    }
  }

  private void gap(String reason) throws NetlinkException {
    events.add(new Gap(reason));
    startListing();
  }

  private void receive(long timeoutNanos) throws NetlinkException {
    Datagrams datagrams = largerDatagrams == null ? buffers.datagrams : largerDatagrams;
    int n = transport.receive(datagrams, datagrams.slots(), timeoutNanos);
    if (n == -Errno.ENOBUFS) {
      // What is queued is from before the loss: the kernel queues nothing more until all of it is
      // read (NETLINK_S_CONGESTED). The gap is behind it.
      beforeGap = queueLimit;
      return;
    }
    if (n < 0) {
      throw Failures.receive(-n);
    }
    for (int i = 0; i < n; i++) {
      readDatagram(datagrams, i);
    }
    if (beforeGap > 0) {
      beforeGap = n == 0 ? 0 : Math.max(0, beforeGap - n);
      if (beforeGap == 0) {
        gap("the receive buffer was full: notifications were lost (ENOBUFS)");
      }
    } else if (n == 0 && Thread.currentThread().isInterrupted()) {
      throw Failures.interrupted();
    }
  }

  private void readDatagram(Datagrams datagrams, int i) throws NetlinkException {
    if (datagrams.sender(i) != 0) {
      return;
    }
    if (datagrams.isTruncated(i)) {
      int length = datagrams.length(i);
      largerDatagrams = new Datagrams(1, Netlink.align(length));
      gap("a notification of " + length + " bytes was larger than the receive buffer");
      return;
    }
    ByteBuffer copy = datagrams.copy(i);
    reader.read(copy, 0, copy.capacity());
    try {
      while (reader.next()) {
        if (reader.type() >= NLMSG_MIN_TYPE) {
          int headerSize = headerSizes.getOrDefault(reader.type(), 0);
          reader.requireGenericHeader();
          events.add(
              new Notification(new GenlMessage(copy, reader.start(), reader.end(), headerSize)));
        }
      }
    } catch (MalformedMessageException e) {
      gap("a malformed notification: " + e.getMessage());
    }
  }

  /** A family that was registered anew has other numbers, and the old memberships are gone. */
  private void rejoinIfFamiliesChanged() throws NetlinkException {
    int now = genl.watch().generation();
    if (now == generation) {
      return;
    }
    generation = now;
    boolean rejoined = false;
    for (Membership m : new ArrayList<>(memberships.values())) {
      try {
        rejoined |= rejoin(m);
      } catch (FamilyNotFoundException e) {
        // Its module may come back, which is another change.
        memberships.put(m.family + "/" + m.group, new Membership(m.family, m.group, -1));
      }
    }
    if (rejoined) {
      gap("a family was registered anew");
    }
  }

  private boolean rejoin(Membership m) throws NetlinkException {
    GenlFamily current = genl.family(m.family);
    int id = current.group(m.group).map(MulticastGroup::id).orElse(-1);
    boolean changed = !headerSizes.containsKey(current.id()) || id != m.id;
    if (changed && id >= 0) {
      join(current, m.group);
    }
    return changed;
  }

  private static String key(GenlFamily family, String group) {
    return family.name() + "/" + group;
  }
}
