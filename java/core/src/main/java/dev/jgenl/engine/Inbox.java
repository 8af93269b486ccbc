package dev.jgenl.engine;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has received: a cursor over the messages of the datagrams at hand, and the
 * memory that they lie in.
 *
 * <p>One thread at a time uses it.
 */
final class Inbox {

  /**
   * An answer and its acknowledgement are two datagrams; a third place shows that nothing follows.
   */
  static final int SLOTS = 3;

  /** How much memory it starts with, in bytes. */
  static final int SIZE = Datagrams.size(SLOTS, Datagrams.SLOT_SIZE);

  /** What the kernel charges at least for a queued datagram ({@code skb->truesize}). */
  private static final int LEAST_CHARGE = 512;

  private static final int SLOT_SIZE_MAX = 1 << 26;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Transport transport;
  private final MessageReader reader = new MessageReader();
  private Datagrams datagrams;
  private @Nullable Datagrams many;

  /** Of the datagram whose messages are read: in native memory they cost more, for each. */
  private int sender;

  private int group;

  /** Where the datagrams at hand lie; others are used from the next receive on. */
  private Datagrams current;

  private int received;
  private int next;
  private int wantedSize;
  private boolean truncated;
  private boolean full;

  /** How many datagrams at most are still to be read until a loss is reported, and 1; else 0. */
  private int beforeLoss;

  /**
   * Makes one, with nothing received.
   *
   * @param memory of {@link #SIZE} bytes, in native byte order
   */
  Inbox(Transport transport, ByteBuffer memory) {
    this.transport = transport;
    datagrams = new Datagrams(memory, SLOTS, Datagrams.SLOT_SIZE);
    current = datagrams;
  }

  /** Returns the reader, which stands on the message that {@link #next} has moved to. */
  MessageReader reader() {
    return reader;
  }

  /** Returns the multicast group that the message was sent to, or 0. */
  int group() {
    return group;
  }

  /** Returns who sent the message. */
  int sender() {
    return sender;
  }

  /** Tells whether what was passed over last was too long. */
  boolean isTruncated() {
    return truncated;
  }

  /** Returns where the next datagrams go: with room for one answer, or if possible for many. */
  Datagrams datagrams(boolean many) {
    if (many && this.many == null) {
      this.many = allocate(Datagrams.SLOTS_MAX, Datagrams.SLOT_SIZE);
    }
    current = many && this.many != null ? this.many : datagrams;
    return current;
  }

  /**
   * Takes over what was received into the place that was asked for last.
   *
   * @param room for how many datagrams there was room
   */
  void take(int n, int room) {
    full = n == room;
    received = n;
    next = 0;
    reader.read(NOTHING, 0, 0);
  }

  /**
   * Moves to the next message at hand. Those of another process are passed over.
   *
   * @param copying whether its datagram is copied to the heap, where it is valid for ever
   * @return whether there is one
   * @throws MalformedMessageException if what follows is malformed, or was too long; it is then
   *     passed over
   */
  boolean next(boolean copying) {
    truncated = false;
    try {
      while (!reader.next()) {
        if (next == received) {
          return false;
        }
        open(next++, copying);
      }
      return true;
    } catch (MalformedMessageException e) {
      reader.read(NOTHING, 0, 0);
      throw e;
    }
  }

  private void open(int i, boolean copying) {
    sender = current.sender(i);
    group = current.group(i);
    if (sender != 0) {
      return;
    }
    if (current.isTruncated(i)) {
      truncated = true;
      wantedSize = current.length(i);
      throw new MalformedMessageException(
          "message of "
              + Integer.toUnsignedString(wantedSize)
              + " bytes, larger than the receive buffer of "
              + current.slotSize());
    }
    if (copying) {
      reader.read(current.copy(i), 0, current.length(i));
    } else {
      reader.read(current.memory(), current.offset(i), current.length(i));
    }
  }

  /**
   * Receives what is there, or else waits for it.
   *
   * @param count how many datagrams to take at most
   * @param timeoutNanos how long to wait
   * @return as {@link Transport#receive} does, except that {@code -ENOBUFS} comes when what was
   *     queued before the loss has been read: until then the kernel queues nothing more ({@code
   *     NETLINK_S_CONGESTED})
   */
  int receive(int count, long timeoutNanos) {
    if (beforeLoss == 1) {
      beforeLoss = 0;
      return -Errno.ENOBUFS.number();
    }
    grow();
    Datagrams into = datagrams(count > SLOTS);
    int room = Math.min(count, into.slots());
    int n = transport.receive(into, room, beforeLoss > 0 ? 0 : timeoutNanos);
    if (n == -Errno.ENOBUFS.number() && beforeLoss == 0) {
      beforeLoss = mostThatIsQueued();
      n = transport.receive(into, room, 0);
    }
    take(Math.max(n, 0), room);
    if (beforeLoss == 0) {
      return n;
    }
    if (n <= 0) {
      // One that follows the loss that is told now stands behind what is queued by now.
      beforeLoss = n == -Errno.ENOBUFS.number() ? mostThatIsQueued() : 0;
      return -Errno.ENOBUFS.number();
    }
    beforeLoss = full ? Math.max(1, beforeLoss - n) : 1;
    return n;
  }

  /** A bound, since what comes behind the loss is queued as soon as all before it has been read. */
  private int mostThatIsQueued() {
    return 2 + Math.max(0, transport.setBuffers(0, 0)) / LEAST_CHARGE;
  }

  /** Tells whether there was no room for more than was received last, so that more may be there. */
  boolean wasFull() {
    return full;
  }

  /** Tells whether the kernel drops what it sends until more has been received. */
  boolean isBeforeLoss() {
    return beforeLoss > 0;
  }

  /** The next datagram of that size fits, if there is memory. */
  private void grow() {
    int size = Math.max(2 * datagrams.slotSize(), NetlinkConstants.align(wantedSize));
    if (wantedSize > datagrams.slotSize() && size <= SLOT_SIZE_MAX) {
      Datagrams larger = allocate(1, size);
      datagrams = larger == null ? datagrams : larger;
    }
    wantedSize = 0;
  }

  /** Returns null if there is no memory: what is there has to do. */
  private @Nullable Datagrams allocate(int slots, int slotSize) {
    ByteBuffer memory = transport.allocate(Datagrams.size(slots, slotSize));
    return memory == null ? null : new Datagrams(memory, slots, slotSize);
  }
}
