package dev.jgenl.internal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code jgenl_socket.h} and {@code jgenl_namespace.h}, whose comments are the
 * contract. A handle is the address of a {@code struct jgenl_socket}, or 0 for one that is closed;
 * a namespace is a descriptor. Whoever calls guarantees that no other handle, address or size is
 * passed than was given out, and that {@link NativeLibrary#load()} has returned. It is not called
 * here: what the library does when loaded initializes this class, and so would load it once more.
 */
final class NlSocket {

  /** Results of {@link #await}: {@code enum jgenl_wait}. */
  static final int TIMEOUT = 0;

  static final int READABLE = 1;
  static final int WOKEN = 2;
  static final int ENDED = 3;

  /** How many native methods this class has: a library of the same version has as many. */
  static final int FUNCTIONS = 23;

  private NlSocket() {}

  /** Returns a handle, or a negative errno. */
  static native long open(int protocol, boolean kernelOnly);

  /** Returns a handle, or a negative errno. */
  static native long openIn(int namespace, int protocol, boolean kernelOnly);

  static native void free(long handle);

  static native int port(long handle);

  /** Returns a negative errno, or the cookie of the socket's network namespace. */
  static native long cookie(long handle);

  static native int namespace(long handle);

  static native boolean hasCookies();

  /** Opens the namespace at a path; null: that of the calling thread. */
  static native int openNamespace(byte @Nullable [] path);

  static native boolean isCurrent(int namespace);

  static native void closeNamespace(int namespace);

  /** Returns memory that is freed with the socket, or null if there is none. */
  static native @Nullable ByteBuffer allocate(long handle, int size);

  static native int setBuffers(long handle, int receive, int send);

  static native int resolve(
      long handle, byte @Nullable [] family, int sequence, boolean sent, long reply, int size);

  static native int join(long handle, int group);

  static native int leave(long handle, int group);

  static native int send(long handle, long datagram, int length);

  static native int exchange(
      long handle, long datagram, int length, long memory, int count, int stride);

  static native int receive(long handle, long memory, int count, int stride);

  static native int await(long handle, long timeoutNanos);

  static native void wake(long handle);

  static native void endWaits(long handle);

  /** Returns the address of a direct buffer's memory; 0 if there is none. */
  static native long address(ByteBuffer buffer);

  /** Returns how many functions the library has: {@link #FUNCTIONS}, if it is the right one. */
  static native int functions();
}
