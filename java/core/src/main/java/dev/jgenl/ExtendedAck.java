package dev.jgenl;

import static dev.jgenl.wire.Netlink.NLMSG_HDRLEN;

import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.Netlink;
import dev.jgenl.wire.Printable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the kernel says about a request beside the error number: {@code enum nlmsgerr_attrs} of
 * {@code include/uapi/linux/netlink.h}. With an acknowledgement it is a warning.
 *
 * @param message the text, as the kernel sent it; escape it before showing it on a terminal
 * @param offset where in the request the offending attribute starts, in bytes from the start of the
 *     request's header
 * @param path the types of the attributes that lead to the offending one, outermost first; empty if
 *     the kernel named none
 * @param missingType the type of a required attribute that was not there
 * @param missingNest the offset of the attribute in which it was missing; absent for the top level
 * @param policy what the kernel would have accepted as the offending attribute
 * @param cookie bytes whose meaning the family defines; perhaps none
 */
public record ExtendedAck(
    Optional<String> message,
    OptionalInt offset,
    List<Integer> path,
    OptionalInt missingType,
    OptionalInt missingNest,
    Optional<AttributePolicy> policy,
    List<Byte> cookie) {

  /** No extended ACK. */
  public static final ExtendedAck NONE =
      new ExtendedAck(
          Optional.empty(),
          OptionalInt.empty(),
          List.of(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          List.of());

  private static final int MESSAGE = 1;
  private static final int OFFSET = 2;
  private static final int COOKIE = 3;
  private static final int POLICY = 4;
  private static final int MISSING_TYPE = 5;
  private static final int MISSING_NEST = 6;

  /**
   * Creates an extended ACK; the lists are copied.
   *
   * @param message the text
   * @param offset where the offending attribute starts
   * @param path the types that lead to it
   * @param missingType the type of what was missing
   * @param missingNest where it was missing
   * @param policy what would have been accepted
   * @param cookie the family's bytes
   */
  public ExtendedAck {
    path = List.copyOf(path);
    cookie = List.copyOf(cookie);
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
    if ((reader.flags() & Netlink.NLM_F_ACK_TLVS) == 0) {
      return NONE;
    }
    int at = reader.start() + NLMSG_HDRLEN + Integer.BYTES;
    if (reader.type() == Netlink.NLMSG_ERROR) {
      if (reader.end() - at < NLMSG_HDRLEN) {
        return NONE;
      }
      boolean capped = (reader.flags() & Netlink.NLM_F_CAPPED) != 0;
      at += capped ? NLMSG_HDRLEN : Netlink.align(Math.max(0, reader.buffer().getInt(at)));
    }
    if (at < reader.start() || at > reader.end()) {
      return NONE;
    }
    Optional<String> message = Optional.empty();
    OptionalInt offset = OptionalInt.empty();
    OptionalInt missingType = OptionalInt.empty();
    OptionalInt missingNest = OptionalInt.empty();
    Optional<AttributePolicy> policy = Optional.empty();
    List<Byte> cookie = List.of();
    for (Attribute a : Attributes.of(reader.buffer(), at, reader.end())) {
      switch (a.type()) {
        case MESSAGE -> message = Optional.of(a.string());
        case OFFSET -> offset = OptionalInt.of(a.s32());
        case COOKIE -> cookie = boxed(a.bytes());
        case POLICY -> policy = Optional.of(AttributePolicy.read(a.nested()));
        case MISSING_TYPE -> missingType = OptionalInt.of(a.s32());
        case MISSING_NEST -> missingNest = OptionalInt.of(a.s32());
        default -> {
          // A newer kernel may say more.
        }
      }
    }
    List<Integer> path = List.of();
    int wanted = offset.orElse(missingNest.orElse(-1));
    if (wanted >= 0) {
      int attributes = start + NLMSG_HDRLEN + Netlink.align(headerLength);
      path = pathTo(request, attributes, end, start + wanted);
    }
    return new ExtendedAck(message, offset, path, missingType, missingNest, policy, cookie);
  }

  /**
   * Says the same for people, to be put behind the name of the error.
   *
   * @param names tells the name of an attribute by the types that lead to it
   */
  String explanation(Function<? super List<Integer>, Optional<String>> names) {
    StringBuilder text = new StringBuilder();
    message.ifPresent(m -> text.append(": ").append(Printable.escape(m)));
    if (missingType.isPresent()) {
      int type = missingType.getAsInt();
      List<Integer> missing = new ArrayList<>(path);
      missing.add(type);
      String name = names.apply(missing).map(n -> n + " (" + type + ")").orElse(type + "");
      text.append("; attribute ").append(name).append(" is missing");
      if (!path.isEmpty()) {
        text.append(" within attribute ").append(describe(path, names));
      }
    } else if (!path.isEmpty()) {
      text.append("; attribute ").append(describe(path, names));
    }
    policy.ifPresent(p -> text.append(", which takes ").append(p.explanation()));
    return text.toString();
  }

  private static String describe(
      List<Integer> path, Function<? super List<Integer>, Optional<String>> names) {
    String numbers = path.stream().map(String::valueOf).collect(Collectors.joining("."));
    return names.apply(path).map(name -> name + " (" + numbers + ")").orElse(numbers);
  }

  /** Walks down through the attributes that enclose an index of the request. */
  private static List<Integer> pathTo(ByteBuffer request, int start, int end, int wanted) {
    List<Integer> path = new ArrayList<>();
    int at = start;
    int limit = end;
    while (limit - at >= Netlink.NLA_HDRLEN && at <= wanted) {
      int length = Math.max(Netlink.NLA_HDRLEN, Short.toUnsignedInt(request.getShort(at)));
      int type = request.getShort(at + 2);
      if (wanted >= at + Netlink.align(length)) {
        at += Netlink.align(length);
        continue;
      }
      path.add(type & Netlink.NLA_TYPE_MASK);
      if ((type & Netlink.NLA_F_NESTED) == 0) {
        return path;
      }
      limit = Math.min(limit, at + length);
      at += Netlink.NLA_HDRLEN;
    }
    return path;
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> list = new ArrayList<>(bytes.length);
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }
}
