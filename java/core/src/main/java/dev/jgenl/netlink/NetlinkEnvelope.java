package dev.jgenl.netlink;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_MIN_TYPE;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_DUMP;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_REPLACE;

import dev.jgenl.ExtendedAck;
import dev.jgenl.KernelException;
import dev.jgenl.engine.Envelope;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageWriter;
import org.jspecify.annotations.Nullable;

/** A request as it is sent. */
record NetlinkEnvelope(NetlinkRequest request, Protocol protocol, long defaultTimeout)
    implements Envelope {

  @Override
  public void write(MessageWriter writer, int flags, int sequence) {
    int wanted = request.flags() & NLM_F_DUMP;
    if ((flags & NLM_F_DUMP) == 0 && wanted == NLM_F_DUMP) {
      throw new IllegalArgumentException(this + ": " + WOULD_DUMP);
    } else if ((flags & NLM_F_DUMP) == 0 && wanted != 0 && protocol.isGet(request.type())) {
      throw new IllegalArgumentException(
          this
              + ": it asks for something, and with NLM_F_"
              + (wanted == NLM_F_REPLACE ? "REPLACE" : "EXCL")
              + " the kernel would dump: leave it out, or use dump()");
    }
    AttributeWriter attributes =
        writer.begin(
            request.type(), request.flags() | flags, sequence, 0, request.protocolHeader());
    request.attributes().accept(attributes);
    writer.end();
  }

  @Override
  public int flags() {
    return request.flags();
  }

  @Override
  public int headerLength() {
    return request.protocolHeader().length;
  }

  @Override
  public boolean acknowledged() {
    return request.acknowledged();
  }

  @Override
  public boolean anySequence() {
    return request.anySequence();
  }

  @Override
  public boolean anyPort() {
    return request.anyPort();
  }

  /** {@code nfnetlink_rcv()}. */
  @Override
  public boolean isRefusedWithOthers() {
    return protocol.number() == Netlink.NETFILTER;
  }

  @Override
  public long timeout() {
    return request.timeoutOr(defaultTimeout);
  }

  @Override
  public boolean isAnsweredBy(int type) {
    return type >= NLMSG_MIN_TYPE;
  }

  @Override
  public KernelException refusal(int errno, ExtendedAck ack) {
    String remedy = errno == Errno.EPERM.number() ? protocol.privilege() : "";
    return new KernelException(toString(), errno, ack, request.names(), remedy);
  }

  /** A protocol has no number that could change. */
  @Override
  public @Nullable Envelope anew(KernelException refusal, long since, long patience) {
    return null;
  }

  @Override
  public String toString() {
    return request.of(protocol);
  }
}
