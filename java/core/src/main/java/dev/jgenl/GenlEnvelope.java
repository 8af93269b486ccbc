package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_DUMP;

import dev.jgenl.engine.Envelope;
import dev.jgenl.engine.Resolving;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * A request to a family under the number that it has now.
 *
 * @param resolving knows who may end a wait for the controller
 */
record GenlEnvelope(
    GenlRequest request, GenlFamily family, Families families, @Nullable Resolving resolving)
    implements Envelope {

  /**
   * Makes one.
   *
   * @param patience how long to wait for the controller, in nanoseconds
   */
  static GenlEnvelope of(
      GenlRequest request, Families families, @Nullable Resolving resolving, long patience)
      throws NetlinkException {
    long limit = Math.min(patience, request.timeoutNanos(families.timeout()));
    GenlFamily now = families.current(request.family(), limit, resolving);
    return new GenlEnvelope(request, now, families, resolving);
  }

  @Override
  public void write(MessageWriter writer, int flags, int sequence) {
    if ((flags & NLM_F_DUMP) == 0 && (request.flags() & NLM_F_DUMP) == NLM_F_DUMP) {
      throw new IllegalArgumentException(request + ": " + WOULD_DUMP);
    }
    byte[] header = request.uncopiedHeader();
    if (header.length != family.headerSize()) {
      throw new IllegalArgumentException(
          request
              + ": header of "
              + header.length
              + " bytes, the family's has "
              + family.headerSize());
    }
    AttributeWriter attributes =
        writer.begin(
            family.id(), request.flags() | flags, sequence, 0, request.command(), family.version());
    if (header.length > 0) {
      writer.putFamilyHeader(header);
    }
    request.attributes().accept(attributes);
    writer.end();
  }

  @Override
  public int flags() {
    return request.flags();
  }

  @Override
  public int headerLength() {
    return GENL_HDRLEN + family.headerSize();
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

  @Override
  public long timeout() {
    return request.timeoutNanos(families.timeout());
  }

  @Override
  public boolean isAnsweredBy(int type) {
    return type == family.id();
  }

  @Override
  public KernelException refusal(int errno, ExtendedAck ack) {
    String remedy =
        errno == Errno.EPERM.number()
            ? family.command(request.command()).map(GenlCommand::missingPrivilege).orElse("")
            : "";
    return new KernelException(request.toString(), errno, ack, request.names(), remedy);
  }

  /**
   * The kernel says ENOENT where no family has the number, EOPNOTSUPP where the one that has it
   * lacks the command ({@code genl_rcv_msg()}).
   */
  @Override
  public @Nullable Envelope anew(KernelException refusal, long since, long patience)
      throws NetlinkException {
    if (refusal.errno() != Errno.ENOENT.number() && refusal.errno() != Errno.EOPNOTSUPP.number()) {
      return null;
    }
    GenlFamily now = families.changed(family, since, Math.min(patience, timeout()), resolving);
    return now == null ? null : new GenlEnvelope(request, now, families, resolving);
  }

  @Override
  public String toString() {
    return request.toString();
  }
}
