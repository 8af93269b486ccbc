package dev.jgenl.engine;

import dev.jgenl.KernelException;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/** Memory that is freed with a transport. */
record Allocator(Transport transport) implements IntFunction<ByteBuffer> {

  /**
   * Allocates.
   *
   * @throws UncheckedIOException of a {@link KernelException}, if there is none
   */
  @Override
  public ByteBuffer apply(int bytes) {
    ByteBuffer memory = transport.allocate(bytes);
    if (memory == null) {
      throw new UncheckedIOException(
          new KernelException("allocate " + bytes + " bytes for a socket", Errno.ENOMEM.number()));
    }
    return memory;
  }
}
