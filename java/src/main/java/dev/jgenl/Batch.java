package dev.jgenl;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Many requests over one socket: a window of them is one datagram, and their answers are matched by
 * sequence number. The answers of a window must fit into the socket's receive buffer, or the kernel
 * drops some: so a window ends where they might not.
 *
 * @param <T> what an answer becomes
 */
final class Batch<T> {

  /** Takes the answers; each request's messages come in their order, and then its end. */
  interface Answers<T> {

    /** Takes a message, which is valid only for the length of the call. */
    void message(int request, GenlMessage message);

    /** Makes the value of a request that has succeeded. */
    T end(int request, ExtendedAck warning) throws NetlinkException;
  }

  /**
   * What the kernel charges for an answer of up to a page, which is what families allocate ({@code
   * NLMSG_GOODSIZE}), and for an acknowledgement: {@code skb->truesize}.
   */
  private static final int PAGE_CHARGE = 4096 + 256;

  private static final int ACK_CHARGE = 1024;

  /** What the last request of a window, which may exceed the budget, is charged at most. */
  private static final int LAST_CHARGE = 2 * 65536 + PAGE_CHARGE + ACK_CHARGE;

  /** A window's requests in bytes: far below the smallest send buffer. */
  private static final int WINDOW_BYTES = 24 * 1024;

  private final Transport transport;
  private final MessageWriter writer;
  private final Datagrams datagrams;
  private final MessageReader reader = new MessageReader();
  private final Duration timeout;
  private final int budget;
  private final List<GenlRequest> requests;
  private final List<GenlFamily> families;
  private final Answers<T> answers;
  private final @Nullable Outcome<T>[] outcomes;

  /** Where the messages of the window start and end in the writer. */
  private int[] ends = new int[64];

  private int windowStart;
  private int windowEnd;
  private int outstanding;
  private int firstSequence;

  /**
   * Creates one for one run.
   *
   * @param budget what the answers of a window may be charged, in bytes
   * @param families the families of the requests as they are now
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  Batch(
      Transport transport,
      Buffers buffers,
      Duration timeout,
      int budget,
      List<GenlRequest> requests,
      List<GenlFamily> families,
      Answers<T> answers) {
    this.transport = transport;
    this.writer = buffers.request;
    this.datagrams = buffers.manyDatagrams();
    this.timeout = timeout;
    this.budget = budget;
    this.requests = requests;
    this.families = families;
    this.answers = answers;
    outcomes = new Outcome[requests.size()];
  }

  /**
   * Returns what the answers of a window may be charged.
   *
   * @param receiveBuffer what the kernel has granted, in bytes
   */
  static int budget(int receiveBuffer) {
    return Math.max(1, Math.max(receiveBuffer / 2, receiveBuffer - LAST_CHARGE));
  }

  /**
   * Sends all and reads all answers.
   *
   * @param firstSequence the sequence number of the first request; the others follow
   * @return whether nothing is left under way on the socket
   */
  boolean run(int firstSequence) {
    this.firstSequence = firstSequence;
    try {
      while (windowEnd < requests.size()) {
        writeWindow();
        exchangeWindow();
      }
      return true;
    } catch (NetlinkException e) {
      failTheRest(e);
      return false;
    } catch (MalformedMessageException e) {
      failTheRest(Failures.malformed(e));
      return false;
    }
  }

  /** Returns the outcomes in the order of the requests. */
  List<Outcome<T>> outcomes() {
    return Collections.unmodifiableList(Arrays.asList(outcomes));
  }

  private void writeWindow() {
    writer.clear();
    windowStart = windowEnd;
    int charge = 0;
    while (windowEnd < requests.size() && charge < budget && writer.length() < WINDOW_BYTES) {
      GenlRequest r = requests.get(windowEnd);
      int start = writer.length();
      int ack = r.acknowledged() ? NLM_F_ACK : 0;
      RequestEncoder.encode(
          writer, r, families.get(windowEnd), NLM_F_REQUEST | ack, firstSequence + windowEnd);
      int index = windowEnd - windowStart;
      if (index == ends.length) {
        ends = Arrays.copyOf(ends, 2 * ends.length);
      }
      ends[index] = writer.length();
      // An answer may be as large as its request, for which the kernel takes up to twice the room.
      charge += Math.max(PAGE_CHARGE, 2 * (writer.length() - start));
      charge += r.acknowledged() ? ACK_CHARGE : 0;
      windowEnd++;
    }
    outstanding = windowEnd - windowStart;
  }

  private void exchangeWindow() throws NetlinkException {
    int n = transport.exchange(writer, datagrams, datagrams.slots());
    if (n < 0) {
      throw Failures.system("send " + outstanding + " requests", -n);
    }
    readDatagrams(n);
    if (outstanding > 0) {
      awaitTheRest();
    }
  }

  private void awaitTheRest() throws NetlinkException {
    long deadline = Reception.deadline(timeout);
    while (outstanding > 0) {
      // Mostly more is there already, and then the clock need not be asked.
      int n = transport.receive(datagrams, datagrams.slots(), 0);
      if (n == -Errno.ENOBUFS) {
        readWhatIsThere();
        throw Failures.overrun();
      }
      if (n < 0) {
        throw Failures.receive(-n);
      }
      readDatagrams(n > 0 ? n : Reception.await(transport, datagrams, deadline, timeout));
    }
  }

  /** The kernel dropped answers, but those before that are still there. */
  private void readWhatIsThere() throws NetlinkException {
    for (int n = datagrams.slots(); n > 0; ) {
      n = transport.receive(datagrams, datagrams.slots(), 0);
      readDatagrams(n);
    }
  }

  private void readDatagrams(int n) throws NetlinkException {
    for (int i = 0; i < n; i++) {
      if (datagrams.sender(i) != 0) {
        continue;
      }
      if (datagrams.isTruncated(i)) {
        throw Failures.truncated(datagrams.length(i), datagrams.slotSize());
      }
      reader.read(datagrams.memory(), datagrams.offset(i), datagrams.length(i));
      while (reader.next()) {
        readMessage();
      }
    }
  }

  private void readMessage() throws NetlinkException {
    int i = reader.sequence() - firstSequence;
    if (i < windowStart && reader.sequence() > 0) {
      return;
    }
    if (i < windowStart || i >= windowEnd) {
      throw Failures.wrongSequence(reader.sequence(), firstSequence + windowStart);
    }
    if (reader.portId() != transport.portId()) {
      throw Failures.wrongPort(reader.portId(), transport.portId());
    }
    if (outcomes[i] != null) {
      return;
    }
    if (reader.type() == NLMSG_ERROR) {
      readError(i);
    } else if (reader.type() >= NLMSG_MIN_TYPE) {
      readAnswer(i);
    }
  }

  private void readError(int i) {
    int errno = -reader.error();
    int index = i - windowStart;
    int start = index == 0 ? 0 : ends[index - 1];
    ExtendedAck ack =
        ExtendedAck.read(reader, writer.buffer(), start, ends[index], families.get(i).headerSize());
    if (errno != 0) {
      end(i, new Outcome.Failure<>(Failures.refused(requests.get(i), errno, ack)));
    } else {
      succeed(i, ack);
    }
  }

  private void readAnswer(int i) {
    reader.requireGenericHeader();
    try {
      answers.message(
          i,
          new GenlMessage(
              reader.buffer(), reader.start(), reader.end(), families.get(i).headerSize()));
    } catch (MalformedMessageException e) {
      end(i, new Outcome.Failure<>(Failures.malformed(e)));
      return;
    }
    if (!requests.get(i).acknowledged()) {
      succeed(i, ExtendedAck.NONE);
    }
  }

  private void succeed(int i, ExtendedAck warning) {
    try {
      end(i, new Outcome.Success<>(answers.end(i, warning)));
    } catch (NetlinkException e) {
      end(i, new Outcome.Failure<>(e));
    }
  }

  private void end(int i, Outcome<T> outcome) {
    outcomes[i] = outcome;
    outstanding--;
  }

  private void failTheRest(NetlinkException e) {
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == null) {
        outcomes[i] = new Outcome.Failure<>(e);
      }
    }
  }

  /** Collects every message of every answer. */
  static final class Replies implements Answers<GenlReply> {

    private final List<List<GenlMessage>> messages = new ArrayList<>();

    Replies(int count) {
      for (int i = 0; i < count; i++) {
        messages.add(new ArrayList<>(1));
      }
    }

    @Override
    public void message(int request, GenlMessage message) {
      messages.get(request).add(message.copy());
    }

    @Override
    public GenlReply end(int request, ExtendedAck warning) {
      return new GenlReply(messages.get(request), warning);
    }
  }

  /** Decodes the one message of every answer. */
  static final class Values<T> implements Answers<T> {

    private final Function<? super GenlMessage, ? extends T> reader;
    private final @Nullable Object[] values;
    private final int[] counts;

    Values(int count, Function<? super GenlMessage, ? extends T> reader) {
      this.reader = reader;
      values = new Object[count];
      counts = new int[count];
    }

    @Override
    public void message(int request, GenlMessage message) {
      if (counts[request]++ == 0) {
        values[request] = reader.apply(message);
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public T end(int request, ExtendedAck warning) throws NetlinkException {
      if (counts[request] != 1) {
        throw Failures.notOneMessage(counts[request]);
      }
      return (T) values[request];
    }
  }
}
