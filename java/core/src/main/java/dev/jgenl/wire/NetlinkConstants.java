package dev.jgenl.wire;

/** The numbers that every netlink message uses; from {@code include/uapi/linux/netlink.h}. */
public final class NetlinkConstants {

  /** The message holds nothing and is skipped. */
  public static final int NLMSG_NOOP = 1;

  /** An error, or an acknowledgement if its code is 0. */
  public static final int NLMSG_ERROR = 2;

  /** The end of a dump. */
  public static final int NLMSG_DONE = 3;

  /** Data was lost. */
  public static final int NLMSG_OVERRUN = 4;

  /** The lowest type that a family may use; those below are control messages. */
  public static final int NLMSG_MIN_TYPE = 16;

  /** The message is a request. */
  public static final int NLM_F_REQUEST = 0x01;

  /** The message is one of several, ended by {@link #NLMSG_DONE}. */
  public static final int NLM_F_MULTI = 0x02;

  /** The request wants an acknowledgement. */
  public static final int NLM_F_ACK = 0x04;

  /** The request wants notifications about its own effect as answer, if the family does that. */
  public static final int NLM_F_ECHO = 0x08;

  /** The dump is inconsistent: the data changed between two of its parts. */
  public static final int NLM_F_DUMP_INTR = 0x10;

  /** The dump holds only what a filter of the request lets through. */
  public static final int NLM_F_DUMP_FILTERED = 0x20;

  /** The request wants all entries. */
  public static final int NLM_F_DUMP = 0x300;

  /** The request replaces what is there; only in one that makes something new. */
  public static final int NLM_F_REPLACE = 0x100;

  /** The request fails with EEXIST if what it makes is there; only in one that does that. */
  public static final int NLM_F_EXCL = 0x200;

  /** The request makes what is not there. */
  public static final int NLM_F_CREATE = 0x400;

  /** The request adds to the end of a list; only in one that makes something new. */
  public static final int NLM_F_APPEND = 0x800;

  /** The request does not delete what is below; only in one that deletes. */
  public static final int NLM_F_NONREC = 0x100;

  /** The request deletes all that it describes, not one; only in one that deletes. */
  public static final int NLM_F_BULK = 0x200;

  /** The request within an error message was cut to its header. */
  public static final int NLM_F_CAPPED = 0x100;

  /** Attributes of the extended ACK follow. */
  public static final int NLM_F_ACK_TLVS = 0x200;

  /** The length of {@code struct nlmsghdr} in bytes. */
  public static final int NLMSG_HDRLEN = 16;

  /** The length of {@code struct genlmsghdr} in bytes. */
  public static final int GENL_HDRLEN = 4;

  /** The length of {@code struct nlattr} in bytes. */
  public static final int NLA_HDRLEN = 4;

  /** The flag on an attribute's type that says that it holds attributes. */
  public static final int NLA_F_NESTED = 0x8000;

  /** The flag on an attribute's type that says that its payload is big-endian. */
  public static final int NLA_F_NET_BYTEORDER = 0x4000;

  /** The bits of an attribute's type that are its number. */
  public static final int NLA_TYPE_MASK = 0x3fff;

  /** The longest payload of an attribute in bytes: its length field has 16 bits. */
  public static final int NLA_PAYLOAD_MAX = 0xffff - NLA_HDRLEN;

  private static final int ALIGNMENT = 4;

  private NetlinkConstants() {}

  /**
   * Returns the length with the padding that follows it.
   *
   * @param length in bytes, not negative
   * @return the next multiple of 4
   */
  public static int align(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
