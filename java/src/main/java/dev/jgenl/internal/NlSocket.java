package dev.jgenl.internal;

import java.nio.ByteBuffer;

/**
 * The functions of {@code jgenl_socket.h}, whose comments are the contract. A handle is the address
 * of a {@code struct jgenl_socket}; whoever calls guarantees that it is open.
 */
final class NlSocket {

  static {
    NativeLibrary.load();
  }

  private NlSocket() {}

  /** Returns a handle, or a negative errno. */
  static native long open(boolean kernelOnly);

  static native void free(long handle);

  static native int port(long handle);

  static native int setBuffers(long handle, int receive, int send);

  static native int resolve(long handle, String family, long reply, int size);

  static native int resolveGroup(long handle, String family, String group);

  static native int join(long handle, int group);

  static native int leave(long handle, int group);

  static native int send(long handle, long datagram, int length);

  static native int exchange(
      long handle, long datagram, int length, long memory, int count, int stride);

  static native int receive(long handle, long memory, int count, int stride, long timeoutNanos);

  static native int makeWakeable(long handle);

  static native void wake(long handle);

  /** Returns the address of a direct buffer's memory. */
  static native long address(ByteBuffer buffer);
}
