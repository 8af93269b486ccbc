package dev.jgenl.spec;

import dev.jgenl.spec.model.Family;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;

/** Values as the bytes behind the headers of a message, and back. */
final class Wire {

  private static final int HEADER = 16;

  private final Operations operations;
  private final ByteOrder order;

  Wire(Family family, ByteOrder order) {
    operations = new Operations(family, order);
    this.order = order;
  }

  private MessageCodec codec(String operation) {
    return operations.message(operations.operation(operation));
  }

  /** Returns struct and attributes. */
  byte[] write(String operation, Value value) {
    MessageWriter writer =
        new MessageWriter(
            ByteBuffer.allocate(64).order(order), n -> ByteBuffer.allocate(n).order(order));
    MessageCodec codec = codec(operation);
    NestValue nest = (NestValue) value;
    var attributes = writer.begin(16, 0, 1, 0, codec.header(nest, order));
    codec.writeAttributes(attributes, nest, null);
    writer.end();
    byte[] bytes = new byte[writer.length() - HEADER];
    writer.buffer().get(HEADER, bytes);
    return bytes;
  }

  Value read(String operation, byte[] bytes) {
    MessageCodec codec = codec(operation);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    int start = Math.min(bytes.length, (codec.headerLength() + 3) & ~3);
    return codec.read(buffer, Attributes.of(buffer, start, bytes.length), null);
  }

  /** Hexadecimal digits, in which spaces do not matter. */
  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).toLowerCase(Locale.ROOT);
  }
}
