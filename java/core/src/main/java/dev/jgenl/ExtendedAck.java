package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import dev.jgenl.wire.Printable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says about a request beside the error number: {@code enum nlmsgerr_attrs} of
 * {@code include/uapi/linux/netlink.h}. With an acknowledgement it is a warning. Immutable, so safe
 * to share between threads.
 */
public final class ExtendedAck {

  /** What {@code __nla_validate_parse()} says of a number beyond those that it knows. */
  private static final String UNKNOWN_ATTRIBUTE = "Unknown attribute type";

  /** No extended ACK. */
  public static final ExtendedAck NONE = builder().build();

  private static final int MESSAGE = 1;
  private static final int OFFSET = 2;
  private static final int COOKIE = 3;
  private static final int POLICY = 4;
  private static final int MISSING_TYPE = 5;
  private static final int MISSING_NEST = 6;

  private final @Nullable String message;
  private final OptionalInt offset;
  private final List<Integer> path;
  private final OptionalInt missingType;
  private final OptionalInt missingNest;
  private final @Nullable AttributePolicy policy;
  private final byte[] cookie;

  private ExtendedAck(Builder b) {
    message = b.message;
    offset = b.offset;
    path = b.path;
    missingType = b.missingType;
    missingNest = b.missingNest;
    policy = b.policy;
    cookie = b.cookie;
  }

  /**
   * Starts one that says nothing yet, such as for a test.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads the extended ACK behind the number in {@code NLMSG_ERROR} or {@code NLMSG_DONE}.
   *
   * <pre>
   * NLMSG_ERROR | nlmsghdr | error | request's nlmsghdr | its payload unless CAPPED | attributes
   * NLMSG_DONE  | nlmsghdr | error | attributes
   * </pre>
   *
   * ({@code netlink_ack()} and {@code netlink_dump_done()} in {@code net/netlink/af_netlink.c}.)
   *
   * @param reader stands on the message
   * @param request the buffer with the request that was answered
   * @param start where the request starts
   * @param end where it ends
   * @param headerLength the length of the headers between {@code nlmsghdr} and attributes of the
   *     request, in bytes: 4 for most families of Generic Netlink
   * @return what it says; {@link #NONE} if the message holds none
   * @throws dev.jgenl.wire.MalformedMessageException if an attribute of it is malformed
   */
  public static ExtendedAck read(
      MessageReader reader, ByteBuffer request, int start, int end, int headerLength) {
    if ((reader.flags() & NetlinkConstants.NLM_F_ACK_TLVS) == 0) {
      return NONE;
    }
    int at = reader.start() + NLMSG_HDRLEN + Integer.BYTES;
    if (reader.type() == NetlinkConstants.NLMSG_ERROR) {
      if (reader.end() - at < NLMSG_HDRLEN) {
        return NONE;
      }
      boolean capped = (reader.flags() & NetlinkConstants.NLM_F_CAPPED) != 0;
      at += capped ? NLMSG_HDRLEN : NetlinkConstants.align(Math.max(0, reader.buffer().getInt(at)));
    }
    if (at < reader.start() || at > reader.end()) {
      return NONE;
    }
    Builder ack = builder();
    for (Attribute a : Attributes.of(reader.buffer(), at, reader.end())) {
      switch (a.type()) {
        case MESSAGE -> ack.message(a.string());
        case OFFSET -> ack.offset(a.s32());
        case COOKIE -> ack.cookie(a.bytes());
        case POLICY -> ack.policy(AttributePolicy.read(a.nested()));
        case MISSING_TYPE -> ack.missingType(a.s32());
        case MISSING_NEST -> ack.missingNest(a.s32());
        default -> {
          // A newer kernel may say more.
        }
      }
    }
    int offset = ack.offset.orElse(ack.missingNest.orElse(-1));
    if (offset >= 0) {
      int attributes = start + NLMSG_HDRLEN + NetlinkConstants.align(headerLength);
      ack.path(pathTo(request, attributes, end, start + offset));
    }
    return ack.build();
  }

  /**
   * Returns the text.
   *
   * @return as the kernel sent it: escape it before showing it on a terminal
   */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  /**
   * Returns where in the request the offending attribute starts.
   *
   * @return bytes from the start of the request's header
   */
  public OptionalInt offset() {
    return offset;
  }

  /**
   * Returns which attribute offends: that at {@link #offset()}, or else the one in which another is
   * missing.
   *
   * @return the types that lead to it, outermost first; empty if the kernel named none
   */
  public List<Integer> path() {
    return path;
  }

  /**
   * Returns which attribute was required and not there.
   *
   * @return its type
   */
  public OptionalInt missingType() {
    return missingType;
  }

  /**
   * Returns where it was missing.
   *
   * @return the offset of the attribute within which it was missing; empty for the top level
   */
  public OptionalInt missingNest() {
    return missingNest;
  }

  /**
   * Returns what the kernel would have accepted as the offending attribute.
   *
   * @return its policy
   */
  public Optional<AttributePolicy> policy() {
    return Optional.ofNullable(policy);
  }

  /**
   * Returns bytes whose meaning the family defines.
   *
   * @return a copy, perhaps empty
   */
  public byte[] cookie() {
    return cookie.clone();
  }

  /** Two that say the same are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExtendedAck that
        && Objects.equals(message, that.message)
        && offset.equals(that.offset)
        && path.equals(that.path)
        && missingType.equals(that.missingType)
        && missingNest.equals(that.missingNest)
        && Objects.equals(policy, that.policy)
        && Arrays.equals(cookie, that.cookie);
  }

  @Override
  public int hashCode() {
    return Objects.hash(message, offset, path, missingType, missingNest, policy)
        + Arrays.hashCode(cookie);
  }

  /** Says it for people, with numbers for names; safe to print. */
  @Override
  public String toString() {
    return equals(NONE) ? "no extended ACK" : "extended ACK" + explanation(RequestNames.NONE);
  }

  /** Says the same for people, to be put behind the name of the error. */
  String explanation(RequestNames names) {
    StringBuilder text = new StringBuilder();
    if (message != null) {
      text.append(": ").append(Printable.escape(message));
    }
    if (missingType.isPresent()) {
      List<Integer> missing = new ArrayList<>(path);
      missing.add(missingType.getAsInt());
      text.append("; attribute ").append(Named.attribute(names, missing)).append(" is missing");
    } else if (!path.isEmpty()) {
      text.append("; attribute ").append(Named.attribute(names, path));
      text.append(UNKNOWN_ATTRIBUTE.equals(message) ? ", which this kernel does not know" : "");
    }
    if (policy != null) {
      text.append(", which takes ").append(policy);
    }
    return text.toString();
  }

  /** Walks down through the attributes that enclose an index of the request. */
  private static List<Integer> pathTo(ByteBuffer request, int start, int end, int wanted) {
    List<Integer> path = new ArrayList<>();
    int at = start;
    int limit = end;
    while (limit - at >= NetlinkConstants.NLA_HDRLEN && at <= wanted) {
      int length = Math.max(NetlinkConstants.NLA_HDRLEN, Short.toUnsignedInt(request.getShort(at)));
      int type = request.getShort(at + 2);
      if (wanted >= at + NetlinkConstants.align(length)) {
        at += NetlinkConstants.align(length);
        continue;
      }
      path.add(type & NetlinkConstants.NLA_TYPE_MASK);
      if ((type & NetlinkConstants.NLA_F_NESTED) == 0) {
        return path;
      }
      limit = Math.min(limit, at + length);
      at += NetlinkConstants.NLA_HDRLEN;
    }
    return path;
  }

  /** Collects what an extended ACK says. Not safe for use by several threads. */
  public static final class Builder {

    private @Nullable String message;
    private OptionalInt offset = OptionalInt.empty();
    private List<Integer> path = List.of();
    private OptionalInt missingType = OptionalInt.empty();
    private OptionalInt missingNest = OptionalInt.empty();
    private @Nullable AttributePolicy policy;
    private byte[] cookie = {};

    private Builder() {}

    /**
     * Sets {@link ExtendedAck#message()}.
     *
     * @param message the text
     * @return this
     */
    public Builder message(String message) {
      this.message = message;
      return this;
    }

    /**
     * Sets {@link ExtendedAck#offset()}.
     *
     * @param offset bytes from the start of the request's header
     * @return this
     */
    public Builder offset(int offset) {
      this.offset = OptionalInt.of(offset);
      return this;
    }

    /**
     * Sets {@link ExtendedAck#path()}.
     *
     * @param path the types that lead to the attribute, outermost first; copied
     * @return this
     */
    public Builder path(List<Integer> path) {
      this.path = List.copyOf(path);
      return this;
    }

    /**
     * Sets {@link ExtendedAck#missingType()}.
     *
     * @param type the type of what was missing
     * @return this
     */
    public Builder missingType(int type) {
      missingType = OptionalInt.of(type);
      return this;
    }

    /**
     * Sets {@link ExtendedAck#missingNest()}.
     *
     * @param offset where the attribute starts within which it was missing
     * @return this
     */
    public Builder missingNest(int offset) {
      missingNest = OptionalInt.of(offset);
      return this;
    }

    /**
     * Sets {@link ExtendedAck#policy()}.
     *
     * @param policy what would have been accepted
     * @return this
     */
    public Builder policy(AttributePolicy policy) {
      this.policy = policy;
      return this;
    }

    /**
     * Sets {@link ExtendedAck#cookie()}.
     *
     * @param cookie the family's bytes; copied
     * @return this
     */
    public Builder cookie(byte[] cookie) {
      this.cookie = cookie.clone();
      return this;
    }

    /**
     * Makes the extended ACK.
     *
     * @return what was set
     */
    public ExtendedAck build() {
      return new ExtendedAck(this);
    }
  }
}
