package dev.jgenl.spec;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.Direction;
import dev.jgenl.spec.DescribedMessage.Kind;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what recorded messages are, by the names of their specs. Whatever comes is described:
 * malformed as that, without a spec as bytes.
 *
 * <p>The numbers of families of Generic Netlink are given by the kernel when they are registered.
 * They are learned from what the controller tells in the recording, from its start on; what stands
 * there without that may be told by {@link #learn}. Answers are described as such if the request
 * was described before.
 *
 * <p>Not safe for use by several threads.
 */
public final class MessageDescriber {

  private static final int GENERIC = 16;
  private static final int CONTROLLER = 16;
  private static final int NEW_FAMILY = 1;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;

  private final FamilyNumbers families;
  private final ControlMessages control;
  private final PastRequests requests = new PastRequests();
  private final MessageReader reader = new MessageReader();

  /** Reads the attributes of a family that has no spec. */
  private final MessageCodec unknown = new MessageCodec(null, null, new NestCodec());

  /**
   * Makes one that has not seen anything.
   *
   * @param specs what is known of families
   */
  public MessageDescriber(Specs specs) {
    families = new FamilyNumbers(specs);
    control = new ControlMessages(families, requests);
  }

  /**
   * Tells the number of a family, until the recording has another.
   *
   * @param id its number
   * @param family the name by which the kernel knows it
   */
  public void learn(int id, String family) {
    families.learn(id, family);
  }

  /**
   * Describes the messages of a datagram.
   *
   * @param datagram the datagram; of a recording in their order
   * @return at least one, unless the datagram is empty
   */
  public List<DescribedMessage> describe(CapturedDatagram datagram) {
    ByteBuffer bytes = datagram.bytes();
    List<DescribedMessage> messages = new ArrayList<>(1);
    reader.read(bytes, 0, bytes.limit());
    int at = 0;
    try {
      while (reader.next()) {
        at = NetlinkConstants.align(reader.end());
        messages.add(describe(datagram, reader));
      }
    } catch (MalformedMessageException e) {
      messages.add(malformed(datagram, at, String.valueOf(e.getMessage())));
    }
    return messages;
  }

  private static DescribedMessage malformed(CapturedDatagram datagram, int from, String why) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("error", datagram.isWhole() ? why : "cut: " + why);
    said.put("bytes", copy(datagram.bytes(), from, datagram.bytes().limit()));
    return new DescribedMessage(
        datagram.time(),
        datagram.direction(),
        datagram.protocolName(),
        Kind.MALFORMED,
        "",
        "",
        List.of(),
        0,
        0,
        Value.of(said));
  }

  private DescribedMessage describe(CapturedDatagram datagram, MessageReader message) {
    if (message.type() < NetlinkConstants.NLMSG_MIN_TYPE) {
      return control.describe(datagram, message);
    }
    int protocol = datagram.protocol();
    boolean toKernel = datagram.direction() == Direction.TO_KERNEL;
    boolean hasCommand = protocol == GENERIC && message.end() - message.start() >= NLMSG_HDRLEN + 4;
    int command = hasCommand ? message.buffer().get(message.start() + NLMSG_HDRLEN) & 0xff : 0;
    if (hasCommand && message.type() == CONTROLLER && command == NEW_FAMILY && !toKernel) {
      learn(message);
    }
    PastRequests.Request asked = toKernel ? null : requests.find(protocol, message.sequence());
    KnownMessage known =
        families.find(
            protocol,
            message.type(),
            command,
            message.buffer().order(),
            toKernel,
            asked == null ? null : asked.known());
    Value value = known == null ? unknown(protocol, message) : read(known, message);
    if (toKernel && known != null) {
      requests.add(protocol, message, known, value);
    }
    String number = Integer.toString(hasCommand ? command : message.type());
    return DescribedMessage.of(
        datagram,
        message,
        Kind.MESSAGE,
        known == null ? families.name(protocol, message.type()) : known.family(),
        known == null ? number : known.operation().name(),
        HeaderFlags.names(
            message.flags(), known == null ? HeaderFlags.Use.GET : known.use(toKernel)),
        value);
  }

  private void learn(MessageReader message) {
    try {
      Attributes attributes =
          Attributes.of(
              message.buffer(), message.start() + NLMSG_HDRLEN + GENL_HDRLEN, message.end());
      if (attributes.has(FAMILY_ID) && attributes.has(FAMILY_NAME)) {
        learn(attributes.get(FAMILY_ID).u16(), attributes.get(FAMILY_NAME).string());
      }
    } catch (MalformedMessageException e) {
      // It is described as what it is; nothing can be learned from it.
      return;
    }
  }

  private static Value read(KnownMessage known, MessageReader message) {
    int start = message.start() + known.headerStart();
    try {
      return known.codec().read(view(message, start), null);
    } catch (MalformedMessageException e) {
      return bytes(message);
    }
  }

  private Value unknown(int protocol, MessageReader message) {
    int start = message.start() + NLMSG_HDRLEN + GENL_HDRLEN;
    if (protocol != GENERIC || start > message.end()) {
      return bytes(message);
    }
    try {
      Attributes attributes = Attributes.of(message.buffer(), start, message.end());
      return unknown.read(ByteBuffer.allocate(0), attributes, null);
    } catch (MalformedMessageException e) {
      return bytes(message);
    }
  }

  private static ByteBuffer view(MessageReader message, int from) {
    int start = Math.min(from, message.end());
    ByteBuffer buffer = message.buffer();
    return buffer.slice(start, message.end() - start).order(buffer.order());
  }

  private static Value bytes(MessageReader message) {
    int start = message.start() + NLMSG_HDRLEN;
    return Value.of(Map.of("bytes", copy(message.buffer(), start, message.end())));
  }

  private static byte[] copy(ByteBuffer buffer, int from, int to) {
    byte[] bytes = new byte[Math.max(0, to - from)];
    buffer.get(Math.min(from, to), bytes);
    return bytes;
  }
}
