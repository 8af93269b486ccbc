package dev.jgenl.spec;

import dev.jgenl.spec.model.Family;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Values as the bytes behind the headers of a message, and back. */
record Wire(Operations operations, ByteOrder order) {

  Wire(Family family, ByteOrder order) {
    this(new Operations(family, order), order);
  }

  private MessageCodec codec(String operation) {
    return operations.message(operations.operation(operation));
  }

  /** Returns struct and attributes. */
  byte[] write(String operation, Value value) {
    return codec(operation).bytes((NestValue) value, null, order);
  }

  Value read(String operation, byte[] bytes) {
    return codec(operation).read(ByteBuffer.wrap(bytes).order(order), null);
  }

  /** Reads hexadecimal digits, in which spaces do not matter. */
  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
