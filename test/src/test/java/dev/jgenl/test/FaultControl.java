package dev.jgenl.test;

import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tells the preloaded library what is to fail: {@code struct control} of faults.c. */
final class FaultControl {

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private static final int CALL = 0;
  private static final int ERROR = 4;
  private static final int SPARED = 8;
  private static final int ONCE = 12;
  private static final int SEEN = 16;
  private static final int FIRED = 20;
  private static final int BLOCKS = 24;
  private static final int CALLS = 28;

  private final ByteBuffer memory;

  private FaultControl(ByteBuffer memory) {
    this.memory = memory;
  }

  /** Maps the file that the library maps, too. */
  static FaultControl map(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new FaultControl(channel.map(MapMode.READ_WRITE, 0, channel.size()));
    }
  }

  /**
   * From now on a call fails.
   *
   * @param spared how many succeed before
   * @param once whether those that follow succeed again
   */
  void fail(FaultyCall call, Errno error, int spared, boolean once) {
    set(ERROR, error.number());
    set(SPARED, spared);
    set(ONCE, once ? 1 : 0);
    set(SEEN, 0);
    set(FIRED, 0);
    set(CALL, call.ordinal());
  }

  /** From now on none fails; returns how many have. */
  int stop() {
    set(CALL, -1);
    return get(FIRED);
  }

  /** How many blocks of memory the shim and libnl hold. */
  int blocks() {
    return get(BLOCKS);
  }

  /** How often the transport has called. */
  int calls(FaultyCall call) {
    return get(CALLS + 4 * call.ordinal());
  }

  private int get(int at) {
    return (int) INT.getVolatile(memory, at);
  }

  private void set(int at, int value) {
    INT.setVolatile(memory, at, value);
  }
}
