package dev.jgenl;

import static dev.jgenl.wire.Netlink.NLMSG_DONE;
import static dev.jgenl.wire.Netlink.NLMSG_ERROR;
import static dev.jgenl.wire.Netlink.NLMSG_MIN_TYPE;
import static dev.jgenl.wire.Netlink.NLM_F_ACK;
import static dev.jgenl.wire.Netlink.NLM_F_REQUEST;

import dev.jgenl.internal.Datagrams;
import dev.jgenl.internal.Errno;
import dev.jgenl.internal.Transport;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transport with the memory that exchanges need, so that an exchange allocates nothing. One
 * thread at a time uses it, except for {@link #close()}.
 *
 * <p>An exchange that did not come to its end, by a timeout say, leaves answers under way: the
 * socket is then {@link #isUsable() not usable} and must be closed.
 */
final class RequestSocket {

  /**
   * In bytes. Beside a reply of any length the kernel takes the acknowledgement only if both fit,
   * and counts the whole blocks that it allocates. This is the usual {@code net.core.rmem_max}.
   */
  private static final int ROOM_FOR_ACK = 212_992;

  private final Transport transport;
  private final Duration timeout;
  private final Buffers buffers = Buffers.take();
  private final MessageWriter request = buffers.request;
  private final Datagrams datagrams = buffers.datagrams;
  private final MessageReader reader = buffers.reader;

  /** The answer's messages, on the heap: there a string is decoded without another copy. */
  private ByteBuffer answer = heapBuffer(1024);

  private int answerLength;
  private int answerCount;
  private int sequence;
  private int batchBudget;
  private boolean roomForAck;
  private boolean usable = true;

  RequestSocket(Transport transport, Duration timeout) {
    this.transport = transport;
    this.timeout = timeout;
  }

  /** Tells whether the last exchange came to its end. */
  boolean isUsable() {
    return usable && transport.isOpen();
  }

  /** Closes the socket and ends a wait; its memory stays with whoever uses it. */
  void close() {
    transport.close();
  }

  /** Gives back the memory of a closed socket that nobody uses any more. */
  void release() {
    buffers.release();
  }

  /** Asks the controller for a family. */
  GenlFamily resolve(String family) throws NetlinkException {
    int n = transport.resolve(family, datagrams);
    if (n == -Errno.ENOENT || n == -Errno.ENAMETOOLONG) {
      throw Failures.familyNotFound(family);
    }
    if (n < 0) {
      usable = false;
      throw Failures.system("resolve family '" + family + "'", -n);
    }
    try {
      reader.read(datagrams.memory(), datagrams.offset(0), datagrams.length(0));
      if (!reader.next()) {
        throw Failures.unexpected("the controller's answer is empty");
      }
      return Controller.family(
          new GenlMessage(reader.buffer(), reader.start(), reader.end(), 0).attributes());
    } catch (MalformedMessageException e) {
      throw Failures.malformed(e);
    }
  }

  /** Asks the controller for a multicast group. */
  int resolveGroup(String family, String group) throws NetlinkException {
    int id = transport.resolveGroup(family, group);
    if (id < 0) {
      throw Failures.system("resolve group '" + group + "' of family '" + family + "'", -id);
    }
    return id;
  }

  /**
   * Sends a request and reads its answer, which {@link #answer} and {@link #answers} then return.
   *
   * @param family the request's family as it is now
   * @return the warning of the acknowledgement
   * @throws NetlinkException as {@link Genl#request} says
   */
  ExtendedAck exchange(GenlRequest r, GenlFamily family) throws NetlinkException {
    int flags = r.acknowledged() ? NLM_F_REQUEST | NLM_F_ACK : NLM_F_REQUEST;
    request.clear();
    RequestEncoder.encode(request, r, family, flags, reserveSequence(1));
    if (r.acknowledged()) {
      makeRoomForAck();
    }
    usable = false;
    int n = transport.exchange(request, datagrams, r.acknowledged() ? 2 : 1);
    if (n < 0) {
      usable = true;
      throw Failures.system("send a request of " + request.length() + " bytes", -n);
    }
    answerLength = 0;
    answerCount = 0;
    try {
      ExtendedAck warning = awaitEnd(r, n);
      usable = true;
      return warning;
    } catch (MalformedMessageException e) {
      throw Failures.malformed(e);
    }
  }

  /** Once, and not where batches have asked for a size of their own. */
  private void makeRoomForAck() throws NetlinkException {
    if (roomForAck || batchBudget != 0) {
      return;
    }
    setBuffers(ROOM_FOR_ACK);
    roomForAck = true;
  }

  /** Asks for both buffers, and returns the size of that for receiving, in bytes. */
  private int setBuffers(int size) throws NetlinkException {
    int granted = transport.setBuffers(size, size);
    if (granted < 0) {
      throw Failures.system("set the size of the receive buffer", -granted);
    }
    return granted;
  }

  /**
   * Returns the one message of the last answer, which is valid until the next exchange.
   *
   * @param headerSize the length of the family's own header, in bytes
   * @throws ProtocolException if there is none, or several
   */
  GenlMessage answer(int headerSize) throws ProtocolException {
    if (answerCount != 1) {
      throw Failures.notOneMessage(answerCount);
    }
    return new GenlMessage(answer, 0, answer.getInt(0), headerSize);
  }

  /** Copies all messages of the last answer. */
  List<GenlMessage> answers(int headerSize) {
    List<GenlMessage> copies = new ArrayList<>(answerCount);
    MessageReader messages = new MessageReader().read(answer, 0, answerLength);
    while (messages.next()) {
      copies.add(new GenlMessage(answer, messages.start(), messages.end(), headerSize).copy());
    }
    return copies;
  }

  /**
   * Sends many requests and reads their answers.
   *
   * @param families the requests' families as they are now
   */
  <T> List<Outcome<T>> exchangeAll(
      List<GenlRequest> requests,
      List<GenlFamily> families,
      int receiveBuffer,
      Batch.Answers<T> answers)
      throws NetlinkException {
    if (batchBudget == 0) {
      batchBudget = Batch.budget(setBuffers(receiveBuffer));
    }
    Batch<T> batch =
        new Batch<>(transport, buffers, timeout, batchBudget, requests, families, answers);
    usable = false;
    usable = batch.run(reserveSequence(requests.size()));
    return batch.outcomes();
  }

  /** Returns the first of as many sequence numbers. They are positive, so that 0 is a wrong one. */
  private int reserveSequence(int count) {
    if (sequence > Integer.MAX_VALUE - count) {
      sequence = 0;
    }
    int first = sequence + 1;
    sequence += count;
    return first;
  }

  private ExtendedAck awaitEnd(GenlRequest r, int received) throws NetlinkException {
    ExtendedAck warning = readDatagrams(r, received);
    if (warning == null) {
      // Only a wait needs the clock: the kernel mostly answers before send returns.
      long deadline = Reception.deadline(timeout);
      do {
        int n = Reception.await(transport, datagrams, deadline, timeout);
        warning = readDatagrams(r, n);
      } while (warning == null);
    }
    return warning;
  }

  /** Returns the warning, perhaps NONE, if the exchange has ended; else null. */
  private @Nullable ExtendedAck readDatagrams(GenlRequest r, int n) throws NetlinkException {
    for (int i = 0; i < n; i++) {
      ExtendedAck warning = readDatagram(r, i);
      if (warning != null) {
        return warning;
      }
    }
    return null;
  }

  private @Nullable ExtendedAck readDatagram(GenlRequest r, int i) throws NetlinkException {
    if (datagrams.sender(i) != 0) {
      return null;
    }
    if (datagrams.isTruncated(i)) {
      throw Failures.truncated(datagrams.length(i), datagrams.slotSize());
    }
    reader.read(datagrams.memory(), datagrams.offset(i), datagrams.length(i));
    while (reader.next()) {
      if (!isAnswer(r)) {
        continue;
      }
      int type = reader.type();
      if (type == NLMSG_ERROR) {
        return readError(r);
      }
      if (type == NLMSG_DONE) {
        throw Failures.unexpected("end of a dump where no dump was requested");
      }
      if (type >= NLMSG_MIN_TYPE) {
        keep();
        if (!r.acknowledged()) {
          return ExtendedAck.NONE;
        }
      }
    }
    return null;
  }

  /** Tells whether the message answers this request: an answer to an earlier one is skipped. */
  private boolean isAnswer(GenlRequest r) throws NetlinkException {
    int received = reader.sequence();
    if (received != sequence) {
      if (r.anySequence()) {
        return true;
      }
      // Sequence numbers rise from 1: those below ours are of earlier requests.
      if (received > 0 && received < sequence) {
        return false;
      }
      throw Failures.wrongSequence(received, sequence);
    }
    if (reader.portId() != transport.portId()) {
      throw Failures.wrongPort(reader.portId(), transport.portId());
    }
    return true;
  }

  private ExtendedAck readError(GenlRequest r) throws NetlinkException {
    int errno = -reader.error();
    ExtendedAck ack =
        ExtendedAck.read(reader, request.buffer(), 0, request.length(), r.family().headerSize());
    if (errno != 0) {
      usable = true;
      throw Failures.refused(r, errno, ack);
    }
    return ack;
  }

  private void keep() {
    reader.requireGenericHeader();
    int length = reader.end() - reader.start();
    int needed = answerLength + Netlink.align(length);
    if (needed > answer.capacity()) {
      ByteBuffer larger = heapBuffer(Math.max(2 * answer.capacity(), needed));
      larger.put(0, answer, 0, answerLength);
      answer = larger;
    }
    answer.put(answerLength, reader.buffer(), reader.start(), length);
    answerLength = needed;
    answerCount++;
  }

  private static ByteBuffer heapBuffer(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder());
  }
}
