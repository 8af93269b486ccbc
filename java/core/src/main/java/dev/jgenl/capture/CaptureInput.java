package dev.jgenl.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A file of blocks of bytes, and how much of it was read. */
final class CaptureInput implements Closeable {

  /** No recording has larger blocks; a number that says so is wrong. */
  static final int BLOCK_MAX = 16 << 20;

  private final InputStream in;
  private ByteOrder order;
  private long offset;

  CaptureInput(InputStream in, ByteOrder order) {
    this.in = in;
    this.order = order;
  }

  ByteOrder order() {
    return order;
  }

  void order(ByteOrder order) {
    this.order = order;
  }

  /** Reads a header, or returns null if the file ends where it would begin. */
  @Nullable ByteBuffer readHeader(int length) throws IOException {
    ByteBuffer header = readSome(length);
    if (header.remaining() == 0) {
      return null;
    }
    return requireWhole(header, length);
  }

  /** Reads bytes that have to be there; their number is of the file. */
  ByteBuffer read(long length) throws IOException {
    if (length < 0 || length > BLOCK_MAX) {
      throw malformed("a block of " + length + " bytes");
    }
    return requireWhole(readSome((int) length), (int) length);
  }

  /** Memory is taken for what is there, not for what a number promises. */
  private ByteBuffer readSome(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    offset += bytes.length;
    return ByteBuffer.wrap(bytes).order(order);
  }

  private ByteBuffer requireWhole(ByteBuffer bytes, int length) throws IOException {
    if (bytes.remaining() < length) {
      throw malformed("the file ends within a block");
    }
    return bytes;
  }

  IOException malformed(String what) {
    return new IOException("at byte " + offset + " of the recording: " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
