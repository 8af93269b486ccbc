package dev.jgenl;

import static dev.jgenl.wire.Netlink.NLMSG_DONE;
import static dev.jgenl.wire.Netlink.NLMSG_ERROR;
import static dev.jgenl.wire.Netlink.NLMSG_MIN_TYPE;
import static dev.jgenl.wire.Netlink.NLM_F_DUMP;
import static dev.jgenl.wire.Netlink.NLM_F_DUMP_INTR;
import static dev.jgenl.wire.Netlink.NLM_F_REQUEST;

import dev.jgenl.DumpSockets.DumpSocket;
import dev.jgenl.internal.Datagrams;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A dump under way: the messages of a family, read from the kernel as they are asked for, whatever
 * their number in bounded memory. It has a socket of its own, so a slow consumer delays nobody.
 *
 * <p>What happens if the data changes meanwhile ({@code NLM_F_DUMP_INTR}), {@link DumpPolicy} says.
 *
 * <p>Must be closed, at any time and more than once. One thread at a time reads, once; any thread
 * may close, which ends a wait with a {@link ClosedException}.
 */
public final class Dump implements Iterable<GenlMessage>, AutoCloseable {

  private final Genl genl;
  private final DumpSockets sockets;
  private final GenlRequest request;
  private final DumpPolicy policy;
  private final Duration timeout;

  /** Whoever takes it out closes it or gives it back: the end of the dump, or {@link #close()}. */
  private final AtomicReference<@Nullable DumpSocket> owned = new AtomicReference<>();

  private volatile boolean closed;
  private DumpSocket socket;
  private MessageReader reader = new MessageReader();
  private int received;
  private int nextDatagram;
  private boolean started;
  private boolean interrupted;
  private boolean done;

  /** Sends the request. */
  Dump(Genl genl, DumpSockets sockets, GenlRequest request) throws NetlinkException {
    this.genl = genl;
    this.sockets = sockets;
    this.request = request;
    policy = genl.options().dumpPolicy();
    timeout = genl.options().timeout();
    socket = takeSocket();
    send();
  }

  /**
   * Reads the next message.
   *
   * @return the message, or null at the end
   * @throws KernelException if the kernel refuses the dump, or ends it with an error
   * @throws DumpInterruptedException at the end, if the data changed and the policy is to fail
   * @throws NetlinkException for any other failure; the dump is then over
   */
  public @Nullable GenlMessage next() throws NetlinkException {
    GenlMessage message = read();
    if (message == null && interrupted && !(policy instanceof DumpPolicy.Mark)) {
      throw Failures.dumpInterrupted(List.of());
    }
    return message;
  }

  /**
   * Tells whether the data stayed the same as far as it has been read.
   *
   * @return false once a message was marked with {@code NLM_F_DUMP_INTR}
   */
  public boolean isConsistent() {
    return !interrupted;
  }

  /**
   * Iterates over the messages that are left.
   *
   * @return an iterator that throws {@link UncheckedIOException} with a {@link NetlinkException} as
   *     its cause where {@link #next()} throws that
   */
  @Override
  public Iterator<GenlMessage> iterator() {
    return new Iterator<>() {
      private @Nullable GenlMessage ahead;

      @Override
      public boolean hasNext() {
        if (ahead == null) {
          try {
            ahead = Dump.this.next();
          } catch (NetlinkException e) {
            throw new UncheckedIOException(e);
          }
        }
        return ahead != null;
      }

      @Override
      public GenlMessage next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        GenlMessage message = Objects.requireNonNull(ahead);
        ahead = null;
        return message;
      }
    };
  }

  /**
   * Streams the messages that are left, in their order and lazily.
   *
   * @return a sequential stream that closes the dump when it is closed, and throws as {@link
   *     #iterator()} does
   */
  public Stream<GenlMessage> stream() {
    return StreamSupport.stream(spliterator(), false).onClose(this::close);
  }

  /**
   * Reads all messages that are left. With {@link DumpPolicy.Retry}, and if none was read before,
   * an inconsistent dump is repeated.
   *
   * @return the messages in their order
   * @throws DumpInterruptedException if the data changed, each time; it has the messages
   * @throws NetlinkException as {@link #next()} does
   */
  public List<GenlMessage> toList() throws NetlinkException {
    int retries = policy instanceof DumpPolicy.Retry retry && !started ? retry.times() : 0;
    for (; ; ) {
      List<GenlMessage> messages = new ArrayList<>();
      for (GenlMessage m = read(); m != null; m = read()) {
        messages.add(m);
      }
      if (!interrupted || policy instanceof DumpPolicy.Mark) {
        return messages;
      }
      if (retries-- == 0) {
        throw Failures.dumpInterrupted(messages);
      }
      restart();
    }
  }

  /** Ends the dump: what was not read is lost. */
  @Override
  public void close() {
    closed = true;
    closeSocket();
  }

  private void closeSocket() {
    DumpSocket taken = owned.getAndSet(null);
    if (taken != null) {
      taken.transport.close();
      // Its memory is left to the collector: another thread may be reading.
    }
  }

  /** A dump that takes any sequence number could mistake what an earlier one has left behind. */
  private DumpSocket takeSocket() throws NetlinkException {
    DumpSocket taken = request.anySequence() ? sockets.open() : sockets.take();
    owned.set(taken);
    return taken;
  }

  private void restart() throws NetlinkException {
    socket = takeSocket();
    reader = new MessageReader();
    received = 0;
    nextDatagram = 0;
    interrupted = false;
    done = false;
    if (closed) {
      closeSocket();
    }
    send();
  }

  /** Sends the request and takes the first datagrams, which mostly are there by then. */
  private void send() throws NetlinkException {
    try {
      GenlFamily family = genl.current(request.family());
      MessageWriter message = socket.buffers.request;
      message.clear();
      socket.sequence = socket.sequence == Integer.MAX_VALUE ? 1 : socket.sequence + 1;
      RequestEncoder.encode(message, request, family, NLM_F_REQUEST | NLM_F_DUMP, socket.sequence);
      int n = socket.transport.exchange(message, socket.buffers.datagrams, 1);
      if (n < 0) {
        throw Failures.system("send a dump request of " + message.length() + " bytes", -n);
      }
      received = n;
    } catch (NetlinkException | RuntimeException | Error e) {
      closeSocket();
      throw e;
    }
  }

  /** Returns the next message whether or not the dump is consistent, or null at the end. */
  private @Nullable GenlMessage read() throws NetlinkException {
    started = true;
    try {
      while (!done) {
        if (!socket.transport.isOpen()) {
          throw Failures.closed();
        }
        if (reader.next()) {
          GenlMessage message = readMessage();
          if (message != null) {
            return message;
          }
        } else if (nextDatagram < received) {
          openDatagram(nextDatagram++);
        } else {
          nextDatagram = 0;
          received = 0;
          received = receive();
        }
      }
      return null;
    } catch (MalformedMessageException e) {
      closeSocket();
      throw Failures.malformed(e);
    } catch (NetlinkException e) {
      closeSocket();
      throw e;
    }
  }

  private int receive() throws NetlinkException {
    Datagrams datagrams = socket.buffers.datagrams;
    int n = socket.transport.receive(datagrams, datagrams.slots(), 0);
    if (n < 0) {
      throw Failures.receive(-n);
    }
    return n > 0
        ? n
        : Reception.await(socket.transport, datagrams, Reception.deadline(timeout), timeout);
  }

  /** Copies a datagram to the heap, where its messages stay valid for ever. */
  private void openDatagram(int i) throws NetlinkException {
    Datagrams datagrams = socket.buffers.datagrams;
    if (datagrams.sender(i) != 0) {
      return;
    }
    if (datagrams.isTruncated(i)) {
      throw Failures.truncated(datagrams.length(i), datagrams.slotSize());
    }
    ByteBuffer copy = datagrams.copy(i);
    reader.read(copy, 0, copy.capacity());
  }

  /** Returns a message of the family, or null if it was another. */
  private @Nullable GenlMessage readMessage() throws NetlinkException {
    int sequence = reader.sequence();
    if (sequence != socket.sequence && !request.anySequence()) {
      if (sequence > 0 && sequence < socket.sequence) {
        return null;
      }
      throw Failures.wrongSequence(sequence, socket.sequence);
    }
    if (reader.portId() != socket.transport.portId()) {
      throw Failures.wrongPort(reader.portId(), socket.transport.portId());
    }
    interrupted |= (reader.flags() & NLM_F_DUMP_INTR) != 0;
    int type = reader.type();
    if (type == NLMSG_DONE || type == NLMSG_ERROR) {
      finish();
      return null;
    }
    if (type < NLMSG_MIN_TYPE) {
      return null;
    }
    return new GenlMessage(
        reader.buffer(), reader.start(), reader.end(), request.family().headerSize());
  }

  private void finish() throws NetlinkException {
    done = true;
    int errno = -reader.error();
    MessageWriter message = socket.buffers.request;
    ExtendedAck ack =
        ExtendedAck.read(
            reader, message.buffer(), 0, message.length(), request.family().headerSize());
    DumpSocket taken = owned.getAndSet(null);
    if (taken != null && request.anySequence()) {
      // What such a family leaves behind could pass for the next dump's.
      taken.transport.close();
    } else if (taken != null) {
      sockets.give(taken);
    }
    if (errno != 0) {
      throw Failures.refused(request, errno, ack);
    }
  }
}
