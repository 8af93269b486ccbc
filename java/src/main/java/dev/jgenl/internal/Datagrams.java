package dev.jgenl.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Room for received datagrams in memory that the native side writes to, laid out as {@code struct
 * jgenl_slots} of {@code jgenl_socket.h} wants it:
 *
 * <pre>
 * | length, sender of datagram 0 | of datagram 1 | ... 31 | slot 0 | slot 1 | ...
 * </pre>
 *
 * <p>One thread at a time uses it.
 */
public final class Datagrams {

  /** The most datagrams that one call receives; {@code JGENL_SLOTS_MAX}. */
  public static final int SLOTS_MAX = 32;

  /**
   * The room for one datagram in bytes. The kernel makes no part of a dump larger than 32 KiB
   * ({@code netlink_recvmsg()}), and an attribute is at most 64 KiB. Not a power of two, so that
   * the first bytes of all slots do not compete for one set of a cache.
   */
  public static final int SLOT_SIZE = 64 * 1024 + 4160;

  private static final int ENTRY_SIZE = 2 * Integer.BYTES;
  private static final int TABLE_SIZE = SLOTS_MAX * ENTRY_SIZE;

  private final ByteBuffer memory;

  /** 0 until the native side asks for it: a transport without native code never does. */
  private long address;

  private final int slots;
  private final int slotSize;

  /**
   * Allocates.
   *
   * @param slots how many datagrams, 1 to {@link #SLOTS_MAX}
   * @param slotSize the room for one, in bytes
   */
  public Datagrams(int slots, int slotSize) {
    if (slots < 1 || slots > SLOTS_MAX) {
      throw new IllegalArgumentException(slots + " slots");
    }
    this.slots = slots;
    this.slotSize = slotSize;
    memory =
        ByteBuffer.allocateDirect(Math.addExact(TABLE_SIZE, Math.multiplyExact(slots, slotSize)))
            .order(ByteOrder.nativeOrder());
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
   * @return a direct buffer in native byte order
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
   * @return bytes; more than {@link #slotSize()} if it did not fit
   */
  public int length(int i) {
    return memory.getInt(i * ENTRY_SIZE);
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
    return memory.getInt(i * ENTRY_SIZE + Integer.BYTES);
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
   */
  public void put(int i, ByteBuffer datagram, int sender) {
    describe(i, datagram.remaining(), sender);
    int length = Math.min(datagram.remaining(), slotSize);
    memory.put(offset(i), datagram, datagram.position(), length);
  }

  /** Fills the table for a datagram whose bytes are in their slot. */
  void describe(int i, int length, int sender) {
    memory.putInt(i * ENTRY_SIZE, length);
    memory.putInt(i * ENTRY_SIZE + Integer.BYTES, sender);
  }

  long address() {
    if (address == 0) {
      address = NlSocket.address(memory);
    }
    return address;
  }
}
