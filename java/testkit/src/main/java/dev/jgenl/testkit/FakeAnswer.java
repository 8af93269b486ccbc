package dev.jgenl.testkit;

import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answer to a request, or an event, and the faults in it. Each message is a datagram of
 * its own unless {@link #together} says otherwise. A fault stays in force until it is changed.
 *
 * <p>A script may keep it and answer later, when the script has returned. Not safe for use by
 * several threads at once.
 */
public final class FakeAnswer {

  private final FakeTransport socket;
  private final @Nullable FakeRequest request;
  private final @Nullable FakeFamily family;
  private final int familyId;
  private final int group;
  private boolean dump;

  private int sequence;
  private int portId;
  private int sender;
  private int flags;
  private boolean capped;
  private boolean padded = true;
  private long delayNanos;
  private boolean ended;
  private int code;
  private @Nullable ByteBuffer gathered;

  /** When this socket gets what is answered, and when a group is told of it. */
  private Executor arrival = Runnable::run;

  private Executor telling = Runnable::run;

  private FakeAnswer(
      FakeTransport socket, @Nullable FakeRequest request, @Nullable FakeFamily family, int group) {
    this.socket = socket;
    this.request = request;
    this.family = family;
    familyId = family == null ? 0 : family.id();
    this.group = group;
  }

  static FakeAnswer to(FakeRequest request, FakeTransport socket) {
    FakeAnswer answer = new FakeAnswer(socket, request, request.asked(), 0);
    answer.sequence = request.sequence();
    answer.portId = request.portId();
    answer.capped = socket.capsAcks();
    return answer;
  }

  /** An event answers no request; no family is that of another protocol, group 0 is none. */
  static FakeAnswer event(@Nullable FakeFamily family, FakeTransport socket, int group) {
    return new FakeAnswer(socket, null, family, group);
  }

  /**
   * Sends a message of the family, or of another protocol. Its own header, if it has one, holds
   * zeros.
   *
   * @param command the command that it bears; of another protocol the type, and the header is as
   *     long as that of the request, or not there in an event
   * @param attributes writes its attributes
   * @return this
   */
  public FakeAnswer message(int command, Consumer<? super AttributeWriter> attributes) {
    return message(command, new byte[headerSize()], attributes);
  }

  /**
   * Sends a message of a family that has a header of its own, or of another protocol.
   *
   * @param command the command that it bears; of another protocol the type
   * @param header that header; padding follows it
   * @param attributes writes its attributes
   * @return this
   */
  public FakeAnswer message(
      int command, byte[] header, Consumer<? super AttributeWriter> attributes) {
    MessageWriter writer = writer();
    attributes.accept(begin(writer, command, header));
    writer.end();
    return datagram(written(writer));
  }

  private AttributeWriter begin(MessageWriter writer, int command, byte[] header) {
    if (family == null) {
      return writer.begin(command, headerFlags(), sequence, portId, header);
    }
    AttributeWriter a =
        writer.begin(familyId, headerFlags(), sequence, portId, command, family.version());
    writer.putFamilyHeader(header);
    return a;
  }

  /**
   * Refuses the request with an error number alone.
   *
   * @param errno a positive errno; 0 acknowledges
   * @return this
   */
  public FakeAnswer error(int errno) {
    return error(errno, a -> {});
  }

  /**
   * Refuses the request with an error number alone.
   *
   * @param errno its name
   * @return this
   */
  public FakeAnswer error(Errno errno) {
    return error(errno.number());
  }

  /**
   * Refuses the request with an extended ACK, or acknowledges it with a warning, even if no
   * acknowledgement was asked for. In a dump this ends it, as the kernel does, with {@code
   * NLMSG_DONE}.
   *
   * @param errno a positive errno; 0 acknowledges
   * @param extendedAck writes the attributes of {@code enum nlmsgerr_attrs}
   * @return this
   */
  public FakeAnswer error(int errno, Consumer<? super AttributeWriter> extendedAck) {
    requireNotNegative(errno);
    return end(-errno, extendedAck);
  }

  /**
   * Succeeds with a value, which stands where the error number does: in {@code NLMSG_ERROR}, or for
   * a dump in {@code NLMSG_DONE}.
   *
   * @param value a positive number
   * @return this
   */
  public FakeAnswer result(int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(value + " is not positive");
    }
    return end(value, a -> {});
  }

  /**
   * Refuses a dump before it begins, as its {@code start()} does: with {@code NLMSG_ERROR}. For
   * anything else it is the same as {@link #error(int)}.
   *
   * @param errno a positive errno
   * @return this
   */
  public FakeAnswer refuse(int errno) {
    return refuse(errno, a -> {});
  }

  /**
   * Refuses a dump before it begins, with an extended ACK.
   *
   * @param errno a positive errno
   * @param extendedAck writes the attributes of {@code enum nlmsgerr_attrs}
   * @return this
   */
  public FakeAnswer refuse(int errno, Consumer<? super AttributeWriter> extendedAck) {
    requireNotNegative(errno);
    if (dump) {
      socket.change(ReceiveQueue::abandonDump);
      dump = false;
    }
    return end(-errno, extendedAck);
  }

  /**
   * Sends {@code NLMSG_DONE} without a number. It ends a dump. In a do it ends the messages, which
   * bear {@link NetlinkConstants#NLM_F_MULTI} if {@link #flags} adds it, and the acknowledgement
   * still follows.
   *
   * @return this
   */
  public FakeAnswer done() {
    return done(new byte[0]);
  }

  /**
   * Sends {@code NLMSG_DONE} with a number, like {@link #done()}.
   *
   * @param code as it is on the wire: a negative errno, 0, or a value of success
   * @return this
   */
  public FakeAnswer done(int code) {
    return done(payload(code, 0));
  }

  private FakeAnswer done(byte[] payload) {
    ended |= dump;
    return control(
        NetlinkConstants.NLMSG_DONE,
        headerFlags() | NetlinkConstants.NLM_F_MULTI,
        payload,
        a -> {});
  }

  /**
   * Sends a control message.
   *
   * @param type below {@link NetlinkConstants#NLMSG_MIN_TYPE}, such as {@link
   *     NetlinkConstants#NLMSG_NOOP}
   * @param payload what follows the header
   * @return this
   */
  public FakeAnswer control(int type, byte[] payload) {
    return control(type, headerFlags(), payload, a -> {});
  }

  /**
   * Tells a group of the family what the request has done, as {@code genl_notify()} does: with the
   * sequence number and port ID of the request. If that bears {@link NetlinkConstants#NLM_F_ECHO},
   * the socket that asked gets it as an answer and not as a member, yet with the number of the
   * group; else as any member.
   *
   * @param group its name
   * @param command the command that the message bears
   * @param attributes writes its attributes
   * @return this
   * @throws IllegalArgumentException if there is no such group
   */
  public FakeAnswer notify(
      String group, int command, Consumer<? super AttributeWriter> attributes) {
    return notify(group, command, new byte[headerSize()], attributes);
  }

  /**
   * Tells a group of a family that has a header of its own, as {@link #notify(String, int,
   * Consumer)} does.
   *
   * @param group its name
   * @param command the command that the message bears
   * @param header that header; padding follows it
   * @param attributes writes its attributes
   * @return this
   * @throws IllegalArgumentException if there is no such group
   */
  public FakeAnswer notify(
      String group, int command, byte[] header, Consumer<? super AttributeWriter> attributes) {
    if (family == null) {
      throw new IllegalStateException("no family is asked: groups have numbers");
    }
    return tell(family.groupNumber(group), n -> n.message(command, header, attributes));
  }

  /**
   * Tells a group of another protocol than Generic Netlink what the request has done, as {@link
   * #notify(String, int, Consumer)} does. In a transaction that is done when it has succeeded, and
   * before the acknowledgement.
   *
   * @param group its number
   * @param type the type of the message
   * @param header the protocol's own header; padding follows it
   * @param attributes writes its attributes
   * @return this
   * @throws IllegalArgumentException if there is no such group
   */
  public FakeAnswer notify(
      int group, int type, byte[] header, Consumer<? super AttributeWriter> attributes) {
    socket.dispatch().requireGroup(group);
    return tell(group, n -> n.message(type, header, attributes));
  }

  private FakeAnswer tell(int group, Consumer<? super FakeAnswer> message) {
    FakeTransport asker = (request().flags() & NetlinkConstants.NLM_F_ECHO) == 0 ? null : socket;
    int ofSequence = sequence;
    int ofPort = portId;
    telling.execute(
        () ->
            socket
                .dispatch()
                .tell(
                    family,
                    group,
                    asker,
                    n -> message.accept(n.sequence(ofSequence).portId(ofPort))));
    return this;
  }

  /**
   * Sends bytes as one datagram.
   *
   * @param bytes between position and limit; padding follows them
   * @return this
   */
  public FakeAnswer datagram(ByteBuffer bytes) {
    ByteBuffer before = gathered;
    if (before == null) {
      deliver(joined(ByteBuffer.allocate(0), bytes, padded));
    } else {
      gathered = joined(before, bytes, false);
    }
    return this;
  }

  /**
   * Sends several messages in one datagram.
   *
   * @param messages sends them
   * @return this
   */
  public FakeAnswer together(Consumer<? super FakeAnswer> messages) {
    ByteBuffer before = gathered;
    gathered = ByteBuffer.allocate(0);
    ByteBuffer all;
    try {
      messages.accept(this);
    } finally {
      all = gathered;
      gathered = before;
    }
    return datagram(all);
  }

  /**
   * Loses what would come now. The receiver gets ENOBUFS, once, before anything that it has not
   * read; and all else, except for the parts of dumps, is lost until it has read everything. In a
   * dump it is the part at this place that cannot be made, and nothing else is lost.
   *
   * @return this
   */
  public FakeAnswer overrun() {
    long at = socket.now() + delayNanos;
    arrive(
        q -> {
          if (dump) {
            q.addPart(null, at);
          } else {
            q.overrun(at);
          }
        });
    return this;
  }

  /**
   * Neither acknowledges nor ends the dump when the script returns.
   *
   * @return this
   */
  public FakeAnswer unanswered() {
    ended = true;
    return this;
  }

  /**
   * Sets the sequence number of what follows.
   *
   * @param sequence instead of the request's, or of the 0 of an event
   * @return this
   */
  public FakeAnswer sequence(int sequence) {
    this.sequence = sequence;
    return this;
  }

  /**
   * Sets the port ID in the header of what follows.
   *
   * @param portId instead of the socket's, or of the 0 of an event
   * @return this
   */
  public FakeAnswer portId(int portId) {
    this.portId = portId;
    return this;
  }

  /**
   * Sets who sends what follows.
   *
   * @param sender the port ID of another process; 0 is the kernel
   * @return this
   */
  public FakeAnswer sender(int sender) {
    this.sender = sender;
    return this;
  }

  /**
   * Adds flags to those that the kernel sets in the header of what follows. {@link
   * NetlinkConstants#NLM_F_MULTI} is not added to {@code NLMSG_ERROR}.
   *
   * @param flags such as {@link NetlinkConstants#NLM_F_DUMP_INTR}; 0 adds none
   * @return this
   */
  public FakeAnswer flags(int flags) {
    this.flags = flags;
    return this;
  }

  /**
   * Leaves the payload of the request out of the errors that follow, as the kernel does for a
   * socket with {@code NETLINK_CAP_ACK}; for one that has sent more than 16 KiB at once it is so
   * anyway.
   *
   * @return this
   */
  public FakeAnswer capped() {
    capped = true;
    return this;
  }

  /**
   * Has what follows come later; what others send meanwhile comes before it.
   *
   * @param delay from when the script asks for it
   * @return this
   */
  public FakeAnswer delay(Duration delay) {
    delayNanos = delay.toNanos();
    return this;
  }

  /**
   * Leaves the last message of each datagram that follows without padding.
   *
   * @return this
   */
  public FakeAnswer unpadded() {
    padded = false;
    return this;
  }

  /** Does what the kernel does when a command returns. */
  void finish() {
    if (dump && !ended) {
      error(0);
    } else {
      acknowledge();
    }
  }

  /** Acknowledges if that was asked for, and nothing else has been said. */
  void acknowledge() {
    if (!ended && (request().flags() & NetlinkConstants.NLM_F_ACK) != 0) {
      refuse(0);
    }
  }

  /** Keeps back what is answered, and what groups are told. */
  void postpone(Executor arrival, Executor telling) {
    this.arrival = arrival;
    this.telling = telling;
  }

  /** Tells whether the kernel says nothing more of the request. */
  boolean isEnded() {
    return ended;
  }

  /** Returns what the request has ended with: a negative errno, 0, or a value. */
  int code() {
    return code;
  }

  /** From now on it is a dump, which ends with {@code NLMSG_DONE}. */
  void beginDump() {
    dump = true;
  }

  private FakeAnswer end(int code, Consumer<? super AttributeWriter> extendedAck) {
    byte[] request = request().bytes();
    ended = true;
    this.code = code;
    if (dump) {
      return control(NetlinkConstants.NLMSG_DONE, headerFlags(), payload(code, 0), extendedAck);
    }
    // netlink_ack() leaves the payload of a request that succeeded out.
    boolean cap = capped || code == 0;
    byte[] payload = payload(code, cap ? NetlinkConstants.NLMSG_HDRLEN : request.length);
    System.arraycopy(request, 0, payload, Integer.BYTES, payload.length - Integer.BYTES);
    int errorFlags =
        (flags & ~NetlinkConstants.NLM_F_MULTI) | (cap ? NetlinkConstants.NLM_F_CAPPED : 0);
    return control(NetlinkConstants.NLMSG_ERROR, errorFlags, payload, extendedAck);
  }

  private FakeAnswer control(
      int type, int flags, byte[] payload, Consumer<? super AttributeWriter> tlvs) {
    MessageWriter writer = writer();
    AttributeWriter a = writer.begin(type, flags, sequence, portId, payload);
    int start = writer.length();
    tlvs.accept(a);
    writer.end();
    if (writer.length() > start) {
      writer.buffer().putShort(6, (short) (flags | NetlinkConstants.NLM_F_ACK_TLVS));
      return datagram(written(writer));
    }
    int length = NetlinkConstants.NLMSG_HDRLEN + payload.length;
    writer.buffer().putInt(0, length);
    return datagram(written(writer).limit(length));
  }

  private void deliver(ByteBuffer bytes) {
    Datagram datagram = new Datagram(bytes, sender, group);
    long at = socket.now() + delayNanos;
    arrive(
        q -> {
          if (dump) {
            q.addPart(datagram, at);
          } else {
            q.add(datagram, at);
          }
        });
  }

  private void arrive(Consumer<? super ReceiveQueue> arriving) {
    arrival.execute(() -> socket.change(arriving));
  }

  private int headerFlags() {
    return flags | (dump ? NetlinkConstants.NLM_F_MULTI : 0);
  }

  private int headerSize() {
    if (family != null) {
      return family.headerSize();
    }
    return request == null ? 0 : request.headerSize();
  }

  private FakeRequest request() {
    if (request == null) {
      throw new IllegalStateException("an event answers no request");
    }
    return request;
  }

  private static void requireNotNegative(int errno) {
    if (errno < 0) {
      throw new IllegalArgumentException("errno " + errno + " is negative");
    }
  }

  private static byte[] payload(int code, int more) {
    byte[] payload = new byte[Integer.BYTES + more];
    ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder()).putInt(code);
    return payload;
  }

  private static MessageWriter writer() {
    return new MessageWriter(ByteBuffer.allocate(256).order(ByteOrder.nativeOrder()));
  }

  private static ByteBuffer written(MessageWriter writer) {
    return writer.buffer().slice(0, writer.length());
  }

  /** Copies bytes behind others, which get their padding now. */
  private static ByteBuffer joined(ByteBuffer first, ByteBuffer second, boolean padded) {
    int at = NetlinkConstants.align(first.capacity());
    int end = at + second.remaining();
    byte[] all = new byte[padded ? NetlinkConstants.align(end) : end];
    first.get(0, all, 0, first.capacity());
    second.get(second.position(), all, at, second.remaining());
    return ByteBuffer.wrap(all).order(ByteOrder.nativeOrder());
  }
}
