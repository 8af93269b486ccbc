package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_DONE;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_ERROR;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_ACK_TLVS;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_CAPPED;

import dev.jgenl.wire.Memory;
import dev.jgenl.wire.MessageReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A request, and the answers to it that a kernel would give, drawn as {@link Memory} understands.
 *
 * @param request the whole request, header included
 */
record RefusedRequest(Memory memory, byte[] request) {

  private static final int ERRNO = -22;

  /**
   * Makes a request.
   *
   * @param payload what follows {@code struct nlmsghdr}
   */
  static RefusedRequest of(Memory memory, String payload) {
    return new RefusedRequest(memory, message(memory, 0x1c, 5, memory.bytes(payload)));
  }

  /** Reads the attributes of an NLMSG_ERROR that holds the whole request. */
  ExtendedAck error(String attributes) {
    return read(errorMessage(NLM_F_ACK_TLVS, request, attributes), 0);
  }

  /** Reads the attributes of an NLMSG_ERROR that holds only the header of the request. */
  ExtendedAck cappedError(String attributes) {
    return read(cappedMessage(attributes), 0);
  }

  /** Reads the attributes of an NLMSG_DONE. */
  ExtendedAck done(String attributes) {
    byte[] body = concat(number(ERRNO), memory.bytes(attributes));
    return read(message(memory, NLMSG_DONE, NLM_F_ACK_TLVS, body), 0);
  }

  byte[] cappedMessage(String attributes) {
    byte[] header = new byte[NLMSG_HDRLEN];
    System.arraycopy(request, 0, header, 0, NLMSG_HDRLEN);
    return errorMessage(NLM_F_ACK_TLVS | NLM_F_CAPPED, header, attributes);
  }

  /** Draws an NLMSG_ERROR with what is echoed of the request, padded, and attributes. */
  byte[] errorMessage(int flags, byte[] echoed, String attributes) {
    byte[] padding = new byte[-echoed.length & 3];
    byte[] body = concat(number(ERRNO), echoed, padding, memory.bytes(attributes));
    return message(memory, NLMSG_ERROR, flags, body);
  }

  /**
   * Reads an answer that ends where its buffer does.
   *
   * @param headerSize the length of the family's own header
   */
  ExtendedAck read(byte[] answer, int headerSize) {
    MessageReader reader = new MessageReader().read(memory.of(answer), 0, answer.length);
    reader.next();
    return ExtendedAck.read(
        reader, memory.of(request), 0, request.length, GENL_HDRLEN + headerSize);
  }

  static byte[] message(Memory memory, int type, int flags, byte[] payload) {
    ByteBuffer message = memory.allocate(NLMSG_HDRLEN + payload.length);
    message.putInt(message.capacity());
    message.putShort((short) type).putShort((short) flags).putInt(7).putInt(100).put(payload);
    return Memory.copy(message, 0, message.capacity());
  }

  private byte[] number(int number) {
    return Memory.copy(memory.allocate(4).putInt(0, number), 0, 4);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
