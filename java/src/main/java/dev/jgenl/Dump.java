package dev.jgenl;

import static dev.jgenl.wire.Netlink.NLMSG_DONE;
import static dev.jgenl.wire.Netlink.NLMSG_ERROR;
import static dev.jgenl.wire.Netlink.NLMSG_MIN_TYPE;
import static dev.jgenl.wire.Netlink.NLM_F_DUMP;
import static dev.jgenl.wire.Netlink.NLM_F_DUMP_INTR;
import static dev.jgenl.wire.Netlink.NLM_F_REQUEST;

import dev.jgenl.internal.Datagrams;
import dev.jgenl.internal.Transport;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A dump under way: the messages of a family, read from the kernel as they are asked for, whatever
 * their number in bounded memory. It has a socket of its own, so a slow consumer delays nobody.
 *
 * <p>If the data changed meanwhile ({@code NLM_F_DUMP_INTR}) all messages are delivered all the
 * same, and at the end a {@link DumpInterruptedException} is thrown.
 *
 * <p>Must be closed, at any time and more than once. One thread at a time iterates, once; any
 * thread may close, which ends a wait with a {@link ClosedException}.
 */
public final class Dump implements Iterable<GenlMessage>, AutoCloseable {

  private static final int SEQUENCE = 1;

  private final Transport transport;
  private final GenlRequest request;
  private final Duration timeout;
  private final Buffers buffers = Buffers.take();
  private final MessageWriter written = buffers.request;
  private final Datagrams datagrams = buffers.datagrams;
  private final MessageReader reader = new MessageReader();

  private int received;
  private int nextDatagram;
  private boolean interrupted;
  private boolean done;

  private Dump(Transport transport, GenlRequest request, Duration timeout) {
    this.transport = transport;
    this.request = request;
    this.timeout = timeout;
  }

  /** Sends the request; the transport is closed if that fails. */
  static Dump start(Transport transport, GenlRequest request, Duration timeout)
      throws NetlinkException {
    Dump dump = new Dump(transport, request, timeout);
    try {
      dump.send();
    } catch (NetlinkException | RuntimeException | Error e) {
      transport.close();
      throw e;
    }
    return dump;
  }

  /**
   * Reads the next message.
   *
   * @return the message, or null at the end
   * @throws KernelException if the kernel refuses the dump, or ends it with an error
   * @throws DumpInterruptedException at the end, if the data changed while it was dumped
   * @throws NetlinkException for any other failure; the dump is then over
   */
  public @Nullable GenlMessage next() throws NetlinkException {
    try {
      while (!done) {
        if (!transport.isOpen()) {
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
          receive();
        }
      }
      return null;
    } catch (MalformedMessageException e) {
      close();
      throw Failures.malformed(e);
    } catch (NetlinkException e) {
      close();
      throw e;
    }
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
        GenlMessage message = ahead;
        ahead = null;
        return message;
      }
    };
  }

  /**
   * Reads all messages that are left.
   *
   * @return the messages in their order
   * @throws NetlinkException as {@link #next()} does
   */
  public List<GenlMessage> toList() throws NetlinkException {
    List<GenlMessage> messages = new ArrayList<>();
    for (GenlMessage m = next(); m != null; m = next()) {
      messages.add(m);
    }
    return messages;
  }

  /** Ends the dump: what was not read is lost. */
  @Override
  public void close() {
    transport.close();
  }

  private void send() throws NetlinkException {
    request
        .attributes()
        .accept(
            written.begin(
                request.family().id(),
                NLM_F_REQUEST | NLM_F_DUMP,
                SEQUENCE,
                0,
                request.command(),
                request.family().version()));
    written.end();
    int err = transport.send(written);
    if (err < 0) {
      throw Failures.system("send a dump request of " + written.length() + " bytes", -err);
    }
  }

  private void receive() throws NetlinkException {
    long deadline = System.nanoTime() + timeout.toNanos();
    nextDatagram = 0;
    received = 0;
    do {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw Failures.timeout(timeout);
      }
      int n = transport.receive(datagrams, datagrams.slots(), left);
      if (n < 0) {
        throw Failures.receive(-n);
      }
      if (n == 0 && Thread.currentThread().isInterrupted()) {
        throw Failures.interrupted();
      }
      received = n;
    } while (received == 0);
  }

  /** Copies a datagram to the heap, where its messages stay valid for ever. */
  private void openDatagram(int i) throws NetlinkException {
    if (datagrams.sender(i) != 0) {
      return;
    }
    if (datagrams.isTruncated(i)) {
      throw Failures.truncated(datagrams.length(i), datagrams.slotSize());
    }
    byte[] bytes = new byte[datagrams.length(i)];
    datagrams.memory().get(datagrams.offset(i), bytes);
    reader.read(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), 0, bytes.length);
  }

  /** Returns a message of the family, or null if it was another. */
  private @Nullable GenlMessage readMessage() throws NetlinkException {
    if (reader.sequence() != SEQUENCE) {
      throw Failures.wrongSequence(reader.sequence(), SEQUENCE);
    }
    if (reader.portId() != transport.portId()) {
      throw Failures.wrongPort(reader.portId(), transport.portId());
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
    close();
    int errno = -reader.error();
    ExtendedAck ack =
        ExtendedAck.read(
            reader, written.buffer(), 0, written.length(), request.family().headerSize());
    // A dump that is given up half way leaves its memory to the collector: another thread may have
    // closed it while this one reads.
    buffers.release();
    if (errno != 0) {
      throw Failures.refused(request, errno, ack);
    }
    if (interrupted) {
      throw Failures.dumpInterrupted();
    }
  }
}
