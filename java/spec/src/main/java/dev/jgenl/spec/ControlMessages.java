package dev.jgenl.spec;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import dev.jgenl.ExtendedAck;
import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.spec.DescribedMessage.Kind;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes errors, acknowledgements and ends of dumps, with what was asked for. */
final class ControlMessages {

  private static final int GENERIC = 16;

  private final FamilyNumbers families;
  private final PastRequests requests;

  ControlMessages(FamilyNumbers families, PastRequests requests) {
    this.families = families;
    this.requests = requests;
  }

  DescribedMessage describe(CapturedDatagram datagram, MessageReader message) {
    Map<String, Object> said = new LinkedHashMap<>();
    PastRequests.Request asked = requests.find(datagram.protocol(), message.sequence());
    Kind kind = kind(message);
    if (kind != Kind.CONTROL) {
      putError(message, said);
      putAck(message, asked, said);
    } else {
      said.put("type", message.type());
    }
    KnownMessage known = asked == null ? quoted(datagram, message) : asked.known();
    return DescribedMessage.of(
        datagram,
        message,
        kind,
        known == null ? "" : known.family(),
        known == null ? "" : known.operation().name(),
        HeaderFlags.names(message.flags(), HeaderFlags.Use.CONTROL),
        Value.of(said));
  }

  private static Kind kind(MessageReader message) {
    int length = message.end() - message.start();
    return switch (message.type()) {
      case NetlinkConstants.NLMSG_ERROR ->
          length < NLMSG_HDRLEN + Integer.BYTES
              ? Kind.CONTROL
              : message.error() == 0 ? Kind.ACKNOWLEDGEMENT : Kind.ERROR;
      case NetlinkConstants.NLMSG_DONE -> Kind.DONE;
      default -> Kind.CONTROL;
    };
  }

  private static void putError(MessageReader message, Map<String, Object> said) {
    int error = message.error();
    if (error < 0 && error != Integer.MIN_VALUE) {
      said.put("error", Errno.describe(-error));
    } else if (error != 0) {
      said.put("result", error);
    }
  }

  private static void putAck(
      MessageReader message, PastRequests.@Nullable Request asked, Map<String, Object> said) {
    ByteBuffer request = asked == null ? ByteBuffer.allocate(0) : asked.bytes();
    int headerLength = asked == null ? 0 : asked.known().headerLength();
    ExtendedAck ack;
    try {
      ack = ExtendedAck.read(message, request, 0, request.limit(), headerLength);
    } catch (MalformedMessageException e) {
      said.put("malformed", String.valueOf(e.getMessage()));
      return;
    }
    ack.message().ifPresent(text -> said.put("text", text));
    List<Integer> path = new ArrayList<>(ack.path());
    if (ack.missingType().isPresent()) {
      path.add(ack.missingType().getAsInt());
      said.put("missing", names(path, asked));
    } else if (!path.isEmpty()) {
      said.put("attribute", names(path, asked));
    } else if (ack.offset().isPresent()) {
      said.put("offset", ack.offset().getAsInt());
    }
    ack.policy().ifPresent(policy -> said.put("takes", policy.toString()));
    if (ack.cookie().length > 0) {
      said.put("cookie", ack.cookie());
    }
  }

  /** Says such as "header.dev-name". */
  private static String names(List<Integer> path, PastRequests.@Nullable Request asked) {
    AttributeCodec.@Nullable Level level =
        asked == null ? null : asked.known().codec().level(asked.value());
    List<String> names = new ArrayList<>();
    for (int id : path) {
      String name = level == null ? null : level.name(id);
      names.add(name == null ? Integer.toUnsignedString(id) : name);
      level = level == null ? null : level.within(id);
    }
    return String.join(".", names);
  }

  /** Returns what was asked for by the request within an error. */
  private @Nullable KnownMessage quoted(CapturedDatagram datagram, MessageReader message) {
    int start = message.start() + NLMSG_HDRLEN + Integer.BYTES;
    if (message.type() != NetlinkConstants.NLMSG_ERROR || message.end() - start < NLMSG_HDRLEN) {
      return null;
    }
    ByteBuffer buffer = message.buffer();
    boolean generic = datagram.protocol() == GENERIC;
    boolean capped = (message.flags() & NetlinkConstants.NLM_F_CAPPED) != 0;
    boolean whole = !capped && message.end() - start > NLMSG_HDRLEN;
    if (generic && !whole) {
      return null;
    }
    return families.find(
        datagram.protocol(),
        Short.toUnsignedInt(buffer.getShort(start + 4)),
        generic ? buffer.get(start + NLMSG_HDRLEN) & 0xff : 0,
        buffer.order(),
        true,
        null);
  }
}
