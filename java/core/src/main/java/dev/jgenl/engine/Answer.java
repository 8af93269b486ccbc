package dev.jgenl.engine;

import dev.jgenl.ExtendedAck;
import dev.jgenl.KernelException;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.wire.Lease;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that came in answer to one request, on the heap, where a string is decoded without another
 * copy. One serves a connection for all its exchanges.
 */
public final class Answer {

  private final MessageReader messages = new MessageReader();
  private final Exchange exchange;
  private ByteBuffer bytes = heapBuffer(1024);
  private final Lease lease = new Lease(bytes);
  private @Nullable Envelope request;
  private @Nullable KernelException refusal;
  private int length;
  private int count;
  private ExtendedAck warning = ExtendedAck.NONE;
  private int value;

  /** Makes one for the answers that an exchange recognizes. */
  Answer(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Returns what came instead. */
  Strays strays() {
    return exchange.strays();
  }

  /** Returns what the kernel said with its acknowledgement. */
  ExtendedAck warning() {
    return warning;
  }

  /** Returns the number in the acknowledgement: 0, or a positive result of the command. */
  int value() {
    return value;
  }

  /** Returns what was asked, as it was sent. */
  Envelope request() {
    return Objects.requireNonNull(request);
  }

  /**
   * Copies all that came.
   *
   * @param <M> the type of the messages
   * @param decoder makes them
   * @return the messages, valid for ever, and what came with the acknowledgement
   * @throws dev.jgenl.wire.MalformedMessageException if one is shorter than its headers
   */
  public <M> Reply<M> reply(Decoder<M> decoder) {
    byte[] bytesOfAll = new byte[length];
    bytes.get(0, bytesOfAll);
    Lease copy = new Lease(ByteBuffer.wrap(bytesOfAll).order(bytes.order()));
    int headerLength = request().headerLength();
    List<M> list = new ArrayList<>(count);
    forEach(m -> list.add(decoder.decode(copy, m.start(), m.end(), headerLength)));
    return new Reply<>(list, warning, value);
  }

  /**
   * Moves over all messages.
   *
   * @param visitor gets the reader, which stands on a message, for each
   */
  void forEach(Consumer<? super MessageReader> visitor) {
    messages.read(bytes, 0, length);
    while (messages.next()) {
      visitor.accept(messages);
    }
  }

  /** Forgets all, for the answer to a request. */
  void begin(Envelope request) {
    this.request = request;
    refusal = null;
    length = 0;
    count = 0;
    warning = ExtendedAck.NONE;
    value = 0;
  }

  void add(MessageReader message) {
    int size = message.end() - message.start();
    int needed = Math.addExact(length, NetlinkConstants.align(size));
    if (needed > bytes.capacity()) {
      bytes =
          heapBuffer((int) Math.max(Math.min(2L * bytes.capacity(), 1 << 30), needed))
              .put(0, bytes, 0, length);
    }
    bytes.put(length, message.buffer(), message.start(), size);
    length = needed;
    count++;
  }

  void end(int value, ExtendedAck warning) {
    this.value = value;
    this.warning = warning;
  }

  void refuse(KernelException refusal) {
    this.refusal = refusal;
  }

  void requireSuccess() throws KernelException {
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Lends the one message to a reader for the length of a call. */
  <M, T> T only(Decoder<M> decoder, Function<? super M, ? extends T> reader)
      throws ProtocolException {
    Envelope asked = request();
    Failures.requireOneMessage(asked, count, exchange.strays());
    lease.end(bytes);
    try {
      return reader.apply(decoder.decode(lease, 0, bytes.getInt(0), asked.headerLength()));
    } finally {
      lease.end(bytes);
    }
  }

  private static ByteBuffer heapBuffer(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder());
  }
}
