package dev.jgenl.engine;

import dev.jgenl.ExtendedAck;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.ProtocolException;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.Printable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a socket: of its descriptor, its memory, its sequence numbers, and of what is
 * under way on it. What is received goes through {@link #incoming}.
 *
 * <p>One thread at a time uses it, within its {@link #lifetime}; any thread may close that.
 */
final class Connection {

  private static final int REQUEST_SIZE = 4096;

  /**
   * In bytes. Beside a reply of any length the kernel takes the acknowledgement only if both fit,
   * and counts the whole blocks that it allocates. This is the usual {@code net.core.rmem_max}.
   */
  private static final int ROOM_FOR_ACK = 212_992;

  final Lifetime lifetime;
  final Incoming incoming;
  final Outgoing outgoing;

  private final Answer answer;
  private final Clock clock;
  private final Transport transport;
  private final int portId;
  private final Inbox inbox;
  private int asked;
  private int granted;

  /** The thread that has it from the pool, and may ask for another from within a reader. */
  @Nullable Thread holder;

  /**
   * Opens.
   *
   * @throws KernelException if the system refuses a socket, or memory
   */
  Connection(Transport.Factory transports, int protocol, Transport.Purpose purpose)
      throws NetlinkException {
    clock = new Clock(transports);
    try {
      transport = transports.open(protocol, purpose);
    } catch (TransportException e) {
      throw Failures.opening(e);
    }
    try {
      lifetime = Lifetime.of(transport);
      portId = transport.portId();
      // One block, because each costs as much as a system call.
      Allocator allocator = new Allocator(transport);
      ByteBuffer memory = allocator.apply(Inbox.SIZE + REQUEST_SIZE);
      inbox = new Inbox(transport, part(memory, 0, Inbox.SIZE));
      incoming = new Incoming(lifetime, inbox);
      answer = new Answer(incoming.exchange);
      outgoing =
          new Outgoing(
              new MessageWriter(part(memory, Inbox.SIZE, REQUEST_SIZE), allocator),
              incoming.exchange,
              portId);
    } catch (UncheckedIOException e) {
      transport.close();
      throw Failures.unwrapped(e);
    } catch (RuntimeException | Error e) {
      transport.close();
      throw e;
    }
  }

  private static ByteBuffer part(ByteBuffer memory, int from, int length) {
    return memory.slice(from, length).order(memory.order());
  }

  int portId() {
    return portId;
  }

  long nanoTime() {
    return clock.getAsLong();
  }

  /** Makes a deadline of so many nanoseconds from now. */
  Deadline deadline(long limit) {
    return Deadline.after(limit, clock);
  }

  /** Tells whether another request may use it: nothing is under way, nothing came unasked. */
  boolean isClean() {
    return incoming.isClean() && !lifetime.isClosed();
  }

  /** Returns what the last {@link #exchange} has brought. */
  Answer answer() {
    return answer;
  }

  /** Raises both buffers, once, and returns the size of the receive buffer in force, in bytes. */
  int raiseBuffers(int size) throws NetlinkException {
    if (size > asked) {
      int now = transport.setBuffers(size, size);
      if (now < 0) {
        throw Failures.system("set the size of the receive buffer", -now);
      }
      asked = size;
      granted = now;
    }
    return granted;
  }

  int join(int group) {
    return transport.join(group);
  }

  int leave(int group) {
    return transport.leave(group);
  }

  /**
   * Asks the controller for a family.
   *
   * @return whether it is registered; {@link Incoming#message()} then stands on the answer
   */
  boolean resolve(String family, Deadline deadline) throws NetlinkException {
    String what = "resolve family '" + Printable.escape(family) + "'";
    begin(1);
    int sequence = outgoing.skip();
    for (; ; ) {
      int n = transport.resolve(family, sequence, inbox.datagrams(false), deadline.left());
      if (n == -Errno.ENOENT.number() || n == -Errno.ENAMETOOLONG.number()) {
        return false;
      }
      if (n > 0) {
        inbox.take(n, 1);
        return incoming.next(what, false);
      }
      incoming.spoil();
      if (n < 0) {
        throw Failures.receive(what, -n);
      }
      incoming.requireMayWait(what, deadline);
    }
  }

  /** Sends a request and reads all of its answer, which {@link #answer()} then holds. */
  void exchange(Envelope request) throws NetlinkException {
    begin(1);
    outgoing.write(request, request.acknowledged() ? Exchange.ACK : 0);
    if (request.acknowledged()) {
      raiseBuffers(ROOM_FOR_ACK);
    }
    answer.begin(request);
    send(request, request.acknowledged() ? Inbox.SLOTS : 1);
    for (@Nullable Deadline deadline = null; readAll(request); ) {
      // Only a wait needs the clock: the kernel mostly answers before send returns.
      deadline = deadline == null ? deadline(request.timeout()) : deadline;
      incoming.receive(request, deadline, Deadline.FOREVER, Inbox.SLOTS);
    }
    if (request.acknowledged()) {
      incoming.passOverTheRest();
    }
    answer.requireSuccess();
  }

  /** Reads all that is at hand, and returns whether more is to come. */
  private boolean readAll(Envelope request) throws ProtocolException {
    for (; ; ) {
      int verdict;
      try {
        if (!incoming.next(request, false)) {
          return incoming.exchange.underWay() > 0;
        }
        verdict = incoming.accept(request);
      } catch (ProtocolException e) {
        if (incoming.exchange.underWay() > 0) {
          throw e;
        }
        // What comes behind the outcome does not change it.
        continue;
      }
      int length = outgoing.writer().length();
      switch (verdict) {
        case Exchange.DATA, Exchange.LAST -> answer.add(incoming.message());
        case Exchange.END -> answer.end(incoming.exchange.code(), extendedAck(request, 0, length));
        case Exchange.REFUSED -> answer.refuse(refusal(request, 0, length));
        default -> {}
      }
    }
  }

  /** Starts anew, for as many requests: nothing is under way. What came before is heard. */
  void begin(int requests) throws NetlinkException {
    incoming.hearUntilEmpty();
    outgoing.begin(requests);
  }

  /**
   * Sends what is written, and takes what answers are there at once.
   *
   * @param count how many datagrams to take at most
   */
  void send(Object what, int count) throws NetlinkException {
    MessageWriter written = outgoing.writer();
    int n = transport.exchange(written, inbox.datagrams(count > Inbox.SLOTS), count);
    if (n < 0) {
      outgoing.forget();
      throw Failures.system(what + ": send " + written.length() + " bytes", -n);
    }
    inbox.take(n, count);
  }

  /** Reads what the kernel says beside the code of the message. */
  ExtendedAck extendedAck(Envelope request, int start, int end) throws ProtocolException {
    try {
      return ExtendedAck.read(
          incoming.message(), outgoing.writer().buffer(), start, end, request.headerLength());
    } catch (MalformedMessageException e) {
      incoming.spoil();
      throw Failures.malformed(request, e);
    }
  }

  /** Makes the exception of the refusal that the message is. */
  KernelException refusal(Envelope request, int start, int end) {
    int errno = -Math.max(incoming.exchange.code(), -Integer.MAX_VALUE);
    ExtendedAck ack = ExtendedAck.NONE;
    try {
      ack = extendedAck(request, start, end);
    } catch (ProtocolException e) {
      // The number is whole, and says more than that the rest is not.
    }
    return request.refusal(errno, ack);
  }
}
