package dev.jgenl;

import dev.jgenl.internal.Datagrams;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The memory in which a socket writes requests and receives answers. A program that opens and
 * closes often would otherwise leave much direct memory to the garbage collector, which does not
 * see its size; so a few are kept for the next socket.
 *
 * <p>One thread at a time uses an instance.
 */
final class Buffers {

  /** An answer and its acknowledgement are two datagrams. */
  private static final int SLOTS = 2;

  private static final int MANY_SLOTS = Datagrams.SLOTS_MAX;
  private static final int REQUEST_SIZE = 4096;
  private static final int KEPT = 8;

  private static final AtomicReferenceArray<Buffers> SPARE = new AtomicReferenceArray<>(KEPT);

  final MessageWriter request =
      new MessageWriter(ByteBuffer.allocateDirect(REQUEST_SIZE).order(ByteOrder.nativeOrder()));
  final Datagrams datagrams = new Datagrams(SLOTS, Datagrams.SLOT_SIZE);
  final MessageReader reader = new MessageReader();

  private @Nullable Datagrams manyDatagrams;

  private Buffers() {}

  /** Returns room for many datagrams, which only batches need. */
  Datagrams manyDatagrams() {
    if (manyDatagrams == null) {
      manyDatagrams = new Datagrams(MANY_SLOTS, Datagrams.SLOT_SIZE);
    }
    return manyDatagrams;
  }

  static Buffers take() {
    for (int i = 0; i < KEPT; i++) {
      Buffers spare = SPARE.getAndSet(i, null);
      if (spare != null) {
        return spare;
      }
    }
    return new Buffers();
  }

  /**
   * Keeps these for the next socket, or leaves them to the collector; nobody uses them any more.
   */
  void release() {
    request.clear();
    for (int i = 0; i < KEPT; i++) {
      if (SPARE.compareAndSet(i, null, this)) {
        return;
      }
    }
  }
}
