package dev.jgenl.spec;

import dev.jgenl.wire.NetlinkConstants;
import java.util.ArrayList;
import java.util.List;

/** The names of the flags in the header of netlink, some of whose bits mean what the type says. */
final class HeaderFlags {

  /** What the upper bits are for. */
  enum Use {
    /** Asks for something. */
    GET,
    /** Makes or changes something, or tells of it. */
    NEW,
    /** Deletes something. */
    DELETE,
    /** An error or an acknowledgement. */
    CONTROL
  }

  private record Named(int bits, String name) {}

  private static final List<Named> ALL =
      List.of(
          new Named(NetlinkConstants.NLM_F_REQUEST, "request"),
          new Named(NetlinkConstants.NLM_F_MULTI, "multi"),
          new Named(NetlinkConstants.NLM_F_ACK, "ack"),
          new Named(NetlinkConstants.NLM_F_ECHO, "echo"),
          new Named(NetlinkConstants.NLM_F_DUMP_INTR, "dump-intr"),
          new Named(NetlinkConstants.NLM_F_DUMP_FILTERED, "dump-filtered"));

  /** {@code NLM_F_ROOT}, {@code NLM_F_MATCH} and {@code NLM_F_ATOMIC} have no use of their own. */
  private static final List<Named> GET =
      List.of(
          new Named(NetlinkConstants.NLM_F_DUMP, "dump"),
          new Named(0x100, "root"),
          new Named(0x200, "match"),
          new Named(0x400, "atomic"));

  private static final List<Named> NEW =
      List.of(
          new Named(NetlinkConstants.NLM_F_REPLACE, "replace"),
          new Named(NetlinkConstants.NLM_F_EXCL, "excl"),
          new Named(NetlinkConstants.NLM_F_CREATE, "create"),
          new Named(NetlinkConstants.NLM_F_APPEND, "append"));

  private static final List<Named> DELETE =
      List.of(
          new Named(NetlinkConstants.NLM_F_NONREC, "nonrec"),
          new Named(NetlinkConstants.NLM_F_BULK, "bulk"));

  private static final List<Named> CONTROL =
      List.of(
          new Named(NetlinkConstants.NLM_F_CAPPED, "capped"),
          new Named(NetlinkConstants.NLM_F_ACK_TLVS, "ack-tlvs"));

  private HeaderFlags() {}

  /** Returns the names; what has none as a number at the end. */
  static List<String> names(int flags, Use use) {
    List<String> names = new ArrayList<>();
    int left = take(flags, ALL, names);
    left =
        take(
            left,
            switch (use) {
              case GET -> GET;
              case NEW -> NEW;
              case DELETE -> DELETE;
              case CONTROL -> CONTROL;
            },
            names);
    if (left != 0) {
      names.add("0x" + Integer.toHexString(left));
    }
    return List.copyOf(names);
  }

  private static int take(int flags, List<Named> known, List<String> names) {
    int left = flags;
    for (Named flag : known) {
      if ((left & flag.bits) == flag.bits) {
        names.add(flag.name);
        left -= flag.bits;
      }
    }
    return left;
  }
}
