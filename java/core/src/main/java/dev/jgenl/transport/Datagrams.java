package dev.jgenl.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Room for received datagrams in the memory of a {@link Transport}, laid out as {@code struct
 * jgenl_slots} of {@code jgenl_socket.h} wants it:
 *
 * <pre>
 * | length, sender, group of datagram 0 | of datagram 1 | ... 31 | slot 0 | slot 1 | ...
 * </pre>
 *
 * <p>One thread at a time uses it, and nobody once its transport is closed.
 */
public final class Datagrams {

  /** The most datagrams that one call receives; {@code JGENL_SLOTS_MAX}. */
  public static final int SLOTS_MAX = 32;

  /**
   * The usual room for one datagram in bytes. The kernel makes no part of a dump larger than 32 KiB
   * ({@code netlink_recvmsg()}), and an attribute is at most 64 KiB. Not a power of two, so that
   * the first bytes of all slots do not compete for one set of a cache.
   */
  public static final int SLOT_SIZE = 64 * 1024 + 4160;

  private static final int LENGTH = 0;
  private static final int SENDER = Integer.BYTES;
  private static final int GROUP = 2 * Integer.BYTES;
  private static final int ENTRY_SIZE = 3 * Integer.BYTES;
  private static final int TABLE_SIZE = SLOTS_MAX * ENTRY_SIZE;

  private final ByteBuffer memory;
  private final int slots;
  private final int slotSize;

  /**
   * Lays out memory.
   *
   * @param memory of {@link #size} bytes, in native byte order
   * @param slots how many datagrams, 1 to {@link #SLOTS_MAX}
   * @param slotSize the room for one, in bytes
   * @throws IllegalArgumentException if the memory has another size
   */
  public Datagrams(ByteBuffer memory, int slots, int slotSize) {
    if (memory.capacity() != size(slots, slotSize) || memory.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          memory + " for " + slots + " datagrams of " + slotSize + " bytes");
    }
    this.memory = memory;
    this.slots = slots;
    this.slotSize = slotSize;
  }

  /**
   * Returns how much memory is needed.
   *
   * @param slots how many datagrams, 1 to {@link #SLOTS_MAX}
   * @param slotSize the room for one, in bytes
   * @return bytes
   * @throws IllegalArgumentException if slots is out of range
   * @throws ArithmeticException if it is more than a buffer can hold
   */
  public static int size(int slots, int slotSize) {
    if (slots < 1 || slots > SLOTS_MAX || slotSize < 1) {
      throw new IllegalArgumentException(slots + " slots of " + slotSize + " bytes");
    }
    return Math.addExact(TABLE_SIZE, Math.multiplyExact(slots, slotSize));
  }

  /**
   * Returns how many datagrams there is room for.
   *
   * @return 1 to {@link #SLOTS_MAX}
   */
  public int slots() {
    return slots;
  }

  /**
   * Returns the room for one datagram.
   *
   * @return bytes
   */
  public int slotSize() {
    return slotSize;
  }

  /**
   * Returns the memory that the datagrams lie in.
   *
   * @return a buffer in native byte order
   */
  public ByteBuffer memory() {
    return memory;
  }

  /**
   * Returns where a datagram starts.
   *
   * @param i the number of the datagram
   * @return an index into {@link #memory()}
   */
  public int offset(int i) {
    return TABLE_SIZE + i * slotSize;
  }

  /**
   * Returns the length that was sent.
   *
   * @param i the number of the datagram
   * @return bytes, unsigned; more than {@link #slotSize()} if it did not fit
   */
  public int length(int i) {
    return memory.getInt(i * ENTRY_SIZE + LENGTH);
  }

  /**
   * Tells whether a datagram did not fit and is of no use.
   *
   * @param i the number of the datagram
   * @return whether some of it is missing
   */
  public boolean isTruncated(int i) {
    return Integer.compareUnsigned(length(i), slotSize) > 0;
  }

  /**
   * Returns who sent a datagram.
   *
   * @param i the number of the datagram
   * @return a port ID; 0 is the kernel
   */
  public int sender(int i) {
    return memory.getInt(i * ENTRY_SIZE + SENDER);
  }

  /**
   * Returns the multicast group to which a datagram was sent ({@code struct nl_pktinfo}).
   *
   * @param i the number of the datagram
   * @return the number of the group; 0 if it was sent to this socket alone, or if the socket is a
   *     member of no group
   */
  public int group(int i) {
    return memory.getInt(i * ENTRY_SIZE + GROUP);
  }

  /**
   * Copies a datagram to the heap, where it outlives the next that is received.
   *
   * @param i the number of a datagram that is not truncated
   * @return its bytes, in native byte order
   */
  public ByteBuffer copy(int i) {
    byte[] bytes = new byte[length(i)];
    memory.get(offset(i), bytes);
    return ByteBuffer.wrap(bytes).order(memory.order());
  }

  /**
   * Puts a datagram into a slot, as a transport without native code does.
   *
   * @param i the number of the datagram
   * @param datagram the bytes between position and limit; what does not fit is cut
   * @param sender the port ID of the sender; 0 is the kernel
   * @param group the multicast group, or 0
   */
  public void put(int i, ByteBuffer datagram, int sender, int group) {
    describe(i, datagram.remaining(), sender, group);
    int length = Math.min(datagram.remaining(), slotSize);
    memory.put(offset(i), datagram, datagram.position(), length);
  }

  /**
   * Describes a datagram whose bytes are in their slot already.
   *
   * @param i the number of the datagram
   * @param length the length that was sent, in bytes
   * @param sender the port ID of the sender; 0 is the kernel
   * @param group the multicast group, or 0
   */
  public void describe(int i, int length, int sender, int group) {
    memory.putInt(i * ENTRY_SIZE + LENGTH, length);
    memory.putInt(i * ENTRY_SIZE + SENDER, sender);
    memory.putInt(i * ENTRY_SIZE + GROUP, group);
  }
}
