package dev.jgenl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import dev.jgenl.wire.Printable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whatever the kernel says of a request is read, or refused as what it is. The inputs beside it are
 * run; with JAZZER_FUZZ=1 in the environment it looks for more (test/torture/codec.sh).
 */
class HostileAckTest {

  @FuzzTest(maxDuration = "10m")
  void anyExtendedAckIsReadOrMalformed(FuzzedDataProvider data) {
    ByteOrder order = data.consumeBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int headerLength = data.consumeInt(0, 64);
    byte[] request = data.consumeBytes(data.consumeInt(0, 200));
    boolean error = data.consumeBoolean();
    int flags = data.consumeInt(0, 0xffff);
    MessageReader message =
        message(
            order,
            error ? NetlinkConstants.NLMSG_ERROR : NetlinkConstants.NLMSG_DONE,
            flags,
            data.consumeRemainingAsBytes());

    ExtendedAck ack;
    try {
      ack =
          ExtendedAck.read(
              message, ByteBuffer.wrap(request).order(order), 0, request.length, headerLength);
    } catch (MalformedMessageException e) {
      return;
    }

    String text = ack.toString();
    assertThat(Printable.escape(text).replace("\\\\", "\\")).isEqualTo(text);
    assertThat(ack.path()).hasSizeLessThanOrEqualTo(request.length / 4);
  }

  /** The header is as it ought to be, so that what is behind it is looked at. */
  private static MessageReader message(ByteOrder order, int type, int flags, byte[] payload) {
    int length = NetlinkConstants.NLMSG_HDRLEN + payload.length;
    ByteBuffer datagram = ByteBuffer.allocate(length).order(order);
    datagram.putInt(length).putShort((short) type).putShort((short) flags).putLong(0).put(payload);
    MessageReader reader = new MessageReader().read(datagram, 0, length);
    assertThat(reader.next()).isTrue();
    return reader;
  }
}
