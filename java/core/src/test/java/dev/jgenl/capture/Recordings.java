package dev.jgenl.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes recordings and reads them. */
final class Recordings {

  private Recordings() {}

  /** A message of nothing but its header. */
  static ByteBuffer message(ByteOrder order, int type, int flags, int sequence) {
    ByteBuffer message = ByteBuffer.allocate(16).order(order);
    message.putInt(16).putShort((short) type).putShort((short) flags).putInt(sequence).flip();
    return message.limit(16);
  }

  static List<CapturedDatagram> read(byte[] file) throws IOException {
    List<CapturedDatagram> all = new ArrayList<>();
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file))) {
      CapturedDatagram datagram = reader.next();
      for (; datagram != null; datagram = reader.next()) {
        all.add(datagram);
      }
    }
    return all;
  }

  static List<CapturedDatagram> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
