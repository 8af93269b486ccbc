package dev.jgenl.cli;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A message of netlink for people. Nothing of it is printed raw. */
final class NetlinkText {

  /** {@code struct genlmsghdr}. */
  static final int GENERIC_HEADER = 4;

  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  private final ByteBuffer message;
  private final int headerLength;

  /**
   * Takes a message.
   *
   * @param message the bytes between position and limit, in the order of the host
   * @param headerLength what stands between the header of netlink and the attributes, in bytes
   */
  NetlinkText(ByteBuffer message, int headerLength) {
    this.message = message;
    this.headerLength = headerLength;
  }

  /** Takes the next message off what there is; the rest if it is cut or malformed. */
  static ByteBuffer next(ByteBuffer rest) {
    int start = rest.position();
    long length = rest.remaining() < NLMSG_HDRLEN ? 0 : rest.getInt(start) & 0xffff_ffffL;
    int end =
        length < NLMSG_HDRLEN || length > rest.remaining() ? rest.limit() : start + (int) length;
    ByteBuffer message = rest.duplicate().order(rest.order()).limit(end);
    rest.position(Math.min(rest.limit(), NetlinkConstants.align(end - start) + start));
    return message;
  }

  /** Returns the digits of all bytes. */
  static String hex(ByteBuffer bytes) {
    return HexFormat.of().formatHex(bytes(bytes));
  }

  /** Returns a copy of the bytes. */
  static byte[] bytes(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return copy;
  }

  private boolean isCut() {
    return message.remaining() < NLMSG_HDRLEN;
  }

  int type() {
    return isCut() ? 0 : message.getShort(message.position() + 4) & 0xffff;
  }

  /** Tells whether it is of netlink itself. */
  boolean isControl() {
    return type() < NetlinkConstants.NLMSG_MIN_TYPE;
  }

  /** Returns the names of its flags; what is left over as a number. */
  List<String> flagNames() {
    int flags = isCut() ? 0 : message.getShort(message.position() + 6) & 0xffff;
    List<String> names = new ArrayList<>();
    flags -= name(flags, NetlinkConstants.NLM_F_REQUEST, "REQUEST", names);
    flags -= name(flags, NetlinkConstants.NLM_F_MULTI, "MULTI", names);
    flags -= name(flags, NetlinkConstants.NLM_F_ACK, "ACK", names);
    flags -= name(flags, NetlinkConstants.NLM_F_ECHO, "ECHO", names);
    if (type() == NetlinkConstants.NLMSG_ERROR) {
      flags -= name(flags, NetlinkConstants.NLM_F_CAPPED, "CAPPED", names);
      flags -= name(flags, NetlinkConstants.NLM_F_ACK_TLVS, "ACK_TLVS", names);
    }
    flags -= name(flags, NetlinkConstants.NLM_F_DUMP, "DUMP", names);
    flags -= name(flags, NetlinkConstants.NLM_F_REPLACE, "REPLACE", names);
    flags -= name(flags, NetlinkConstants.NLM_F_EXCL, "EXCL", names);
    flags -= name(flags, NetlinkConstants.NLM_F_CREATE, "CREATE", names);
    flags -= name(flags, NetlinkConstants.NLM_F_APPEND, "APPEND", names);
    if (flags != 0 || names.isEmpty()) {
      names.add("0x" + Integer.toHexString(flags));
    }
    return names;
  }

  private static int name(int flags, int flag, String name, List<String> names) {
    if ((flags & flag) != flag) {
      return 0;
    }
    names.add(name);
    return flag;
  }

  /** Returns some lines, the first of which begins with a text. */
  String explain(String what) {
    if (isCut()) {
      return what + ": cut: " + hex(message) + "\n";
    }
    int start = message.position();
    StringBuilder text = new StringBuilder(what);
    text.append(": ").append(message.remaining()).append(" bytes, type ").append(type());
    text.append(kind()).append(", flags ").append(String.join("|", flagNames()));
    text.append(", sequence ").append(Integer.toUnsignedString(message.getInt(start + 8)));
    text.append(", port ").append(Integer.toUnsignedString(message.getInt(start + 12)));
    text.append('\n');
    int attributes = start + NLMSG_HDRLEN + NetlinkConstants.align(headerLength);
    if (isControl() || attributes > message.limit()) {
      line("  ", start + NLMSG_HDRLEN, message.limit(), text);
    } else {
      line("  header ", start + NLMSG_HDRLEN, attributes, text);
      attributes(attributes, text);
    }
    return text.toString();
  }

  private String kind() {
    return switch (type()) {
      case NetlinkConstants.NLMSG_ERROR -> " (error or acknowledgement)";
      case NetlinkConstants.NLMSG_DONE -> " (end of a dump)";
      default -> "";
    };
  }

  private void line(String before, int from, int to, StringBuilder text) {
    if (from < to) {
      byte[] bytes = new byte[to - from];
      message.get(from, bytes);
      text.append(before).append(SPACED.formatHex(bytes)).append('\n');
    }
  }

  private void attributes(int from, StringBuilder text) {
    for (String line : Attributes.of(message, from, message.limit()).toString().split("\n")) {
      if (!line.isEmpty()) {
        text.append("  ").append(line).append('\n');
      }
    }
  }
}
