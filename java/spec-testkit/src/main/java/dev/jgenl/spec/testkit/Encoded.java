package dev.jgenl.spec.testkit;

import dev.jgenl.spec.SpecCodec;
import dev.jgenl.spec.Value;
import dev.jgenl.testkit.FakeAnswer;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A message that the spec allows, ready to be sent. */
final class Encoded {

  private final SpecCodec codec;
  private final String operation;
  private final Value value;
  private final int id;
  private final byte[] header;
  private final int length;

  /**
   * Makes a message of a value.
   *
   * @throws dev.jgenl.spec.InvalidValueException if it cannot be one
   */
  Encoded(SpecCodec codec, String operation, int id, Value value) {
    this.codec = codec;
    this.operation = operation;
    this.value = value;
    this.id = id;
    header = codec.header(operation, value);
    MessageWriter tried =
        new MessageWriter(ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder()));
    writeAttributes(tried.begin(id, 0, 0, 0, header));
    tried.end();
    length = NetlinkConstants.align(tried.length()) + NetlinkConstants.GENL_HDRLEN;
  }

  /** Returns how many bytes it takes of a datagram; of other protocols a few less. */
  int length() {
    return length;
  }

  void send(FakeAnswer answer) {
    answer.message(id, header, this::writeAttributes);
  }

  /** Tells a group what a request has done. */
  void tell(Side side, FakeAnswer answer, String group) {
    side.notify(answer, group, id, header, this::writeAttributes);
  }

  private void writeAttributes(AttributeWriter writer) {
    codec.write(operation, value, writer);
  }
}
