package dev.jgenl.testkit;

import dev.jgenl.internal.Errno;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answer to a request, or a notification, and the faults in it. Each message is a
 * datagram of its own unless {@link #together} says otherwise. A fault stays in force until it is
 * changed.
 *
 * <p>Not safe for use by several threads.
 */
public final class FakeAnswer {

  private static final int DONE_SIZE = Netlink.NLMSG_HDRLEN + Integer.BYTES;

  private final FakeTransport transport;
  private final @Nullable FakeRequest request;
  private final int familyId;
  private final boolean dump;

  private int sequence;
  private int portId;
  private int sender;
  private int flags;
  private boolean ended;
  private boolean padded = true;
  private Duration delay = Duration.ZERO;
  private ByteBuffer gathered = ByteBuffer.allocate(0);
  private boolean gathering;

  FakeAnswer(FakeTransport transport, FakeRequest request) {
    this.transport = transport;
    this.request = request;
    familyId = request.familyId();
    dump = request.isDump();
    sequence = request.sequence();
    portId = transport.portId();
    flags = dump ? Netlink.NLM_F_MULTI : 0;
  }

  private FakeAnswer(FakeTransport transport, int familyId) {
    this.transport = transport;
    this.familyId = familyId;
    request = null;
    dump = false;
  }

  /** A notification answers no request. */
  static FakeAnswer notification(FakeTransport transport, int familyId) {
    return new FakeAnswer(transport, familyId);
  }

  /**
   * Sends a message of the family.
   *
   * @param command the command that it bears
   * @param attributes writes its attributes
   * @return this
   */
  public FakeAnswer message(int command, Consumer<? super AttributeWriter> attributes) {
    MessageWriter writer =
        new MessageWriter(ByteBuffer.allocate(256).order(ByteOrder.nativeOrder()));
    attributes.accept(writer.begin(familyId, flags, sequence, portId, command, 1));
    writer.end();
    return datagram(writer.buffer().slice(0, writer.length()));
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
   * Refuses the request with an extended ACK, or acknowledges it with a warning. In a dump this
   * ends it, as the kernel does, within {@code NLMSG_DONE}.
   *
   * @param errno a positive errno; 0 acknowledges
   * @param extendedAck writes the attributes of {@code enum nlmsgerr_attrs}
   * @return this
   */
  public FakeAnswer error(int errno, Consumer<? super AttributeWriter> extendedAck) {
    ended = true;
    if (request == null) {
      throw new IllegalStateException("a notification cannot be refused");
    }
    ByteBuffer echoed = request.message();
    // As netlink_ack() does, the payload of a request that succeeded is left out.
    echoed.limit(errno == 0 ? Netlink.NLMSG_HDRLEN : echoed.capacity());
    int capped = errno == 0 ? Netlink.NLM_F_CAPPED : 0;
    return dump
        ? control(Netlink.NLMSG_DONE, 0, errno, ByteBuffer.allocate(0), extendedAck)
        : control(Netlink.NLMSG_ERROR, capped, errno, echoed, extendedAck);
  }

  /**
   * Sends bytes as one datagram.
   *
   * @param bytes between position and limit
   * @return this
   */
  public FakeAnswer datagram(ByteBuffer bytes) {
    if (gathering) {
      int padding = Netlink.align(gathered.capacity()) - gathered.capacity();
      gathered =
          ByteBuffer.allocate(gathered.capacity() + padding + bytes.remaining())
              .put(0, gathered, 0, gathered.capacity())
              .put(gathered.capacity() + padding, bytes, bytes.position(), bytes.remaining());
    } else {
      int length = padded ? Netlink.align(bytes.remaining()) : bytes.remaining();
      ByteBuffer copy = ByteBuffer.allocate(length);
      copy.put(0, bytes, bytes.position(), bytes.remaining());
      transport.deliver(copy, sender, delay);
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
    gathering = true;
    messages.accept(this);
    gathering = false;
    ByteBuffer all = gathered;
    gathered = ByteBuffer.allocate(0);
    return datagram(all);
  }

  /**
   * Loses what would come now: the receiver gets ENOBUFS.
   *
   * @return this
   */
  public FakeAnswer overrun() {
    transport.deliverError(Errno.ENOBUFS, delay);
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
   * @param sequence instead of the request's
   * @return this
   */
  public FakeAnswer sequence(int sequence) {
    this.sequence = sequence;
    return this;
  }

  /**
   * Sets the port ID in the header of what follows.
   *
   * @param portId instead of the socket's
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
   * Adds flags to the header of what follows.
   *
   * @param flags such as {@link Netlink#NLM_F_DUMP_INTR}
   * @return this
   */
  public FakeAnswer flags(int flags) {
    this.flags |= flags;
    return this;
  }

  /**
   * Has what follows come later.
   *
   * @param delay after the request was sent
   * @return this
   */
  public FakeAnswer delay(Duration delay) {
    this.delay = delay;
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
    boolean acknowledge = request != null && (request.flags() & Netlink.NLM_F_ACK) != 0;
    if (!ended && (dump || acknowledge)) {
      error(0);
    }
  }

  private FakeAnswer control(
      int type,
      int moreFlags,
      int errno,
      ByteBuffer echoed,
      Consumer<? super AttributeWriter> extendedAck) {
    // The attributes are written behind a generic header, of which they do not have one.
    MessageWriter scratch =
        new MessageWriter(ByteBuffer.allocate(256).order(ByteOrder.nativeOrder()));
    extendedAck.accept(scratch.begin(0, 0, 0, 0, 0, 0));
    int skip = Netlink.NLMSG_HDRLEN + Netlink.GENL_HDRLEN;
    ByteBuffer tlvs = scratch.buffer().slice(skip, scratch.length() - skip);

    int tlvFlag = tlvs.hasRemaining() ? Netlink.NLM_F_ACK_TLVS : 0;
    int echoedLength = Netlink.align(echoed.remaining());
    int length = DONE_SIZE + echoedLength + tlvs.remaining();
    ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    message.putInt(0, length);
    message.putShort(4, (short) type);
    message.putShort(6, (short) (flags | moreFlags | tlvFlag));
    message.putInt(8, sequence);
    message.putInt(12, portId);
    message.putInt(16, -errno);
    message.put(DONE_SIZE, echoed, echoed.position(), echoed.remaining());
    message.put(DONE_SIZE + echoedLength, tlvs, 0, tlvs.remaining());
    return datagram(message);
  }
}
