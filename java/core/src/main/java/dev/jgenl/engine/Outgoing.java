package dev.jgenl.engine;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_ACK;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_DUMP;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_ECHO;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_REQUEST;

import dev.jgenl.NetlinkException;
import dev.jgenl.wire.MessageWriter;
import java.io.UncheckedIOException;

/**
 * What goes out on a connection: requests, each with the next of its sequence numbers, which rise
 * from 1 and begin anew where they end. They jump from one exchange to the next, so that what a
 * family sends under a number that is a little too high is no answer to the next request.
 *
 * <p>The thread that uses the connection uses it.
 */
final class Outgoing {

  /** How far sequence numbers jump between two exchanges. */
  private static final int STRIDE = 64;

  private final MessageWriter writer;
  private final Exchange exchange;
  private final int portId;
  private int sequence;
  private boolean wrapped;

  /** Makes one that writes to {@code writer} and tells {@code exchange} what it has written. */
  Outgoing(MessageWriter writer, Exchange exchange, int portId) {
    this.writer = writer;
    this.exchange = exchange;
    this.portId = portId;
  }

  /** Returns what is written. */
  MessageWriter writer() {
    return writer;
  }

  /** Starts anew, for as many requests: nothing is under way. */
  void begin(int requests) {
    if (sequence > Integer.MAX_VALUE - STRIDE - requests) {
      sequence = 0;
      wrapped = true;
    } else if (sequence > 0) {
      sequence += STRIDE;
    }
    forget();
    writer.clear();
  }

  /** Nothing is under way: what was written was not sent. */
  void forget() {
    exchange.begin(portId, sequence + 1, wrapped);
  }

  /** Uses up a sequence number for a request that is written elsewhere. */
  int skip() {
    return ++sequence;
  }

  /**
   * Writes a request behind those that are sent with it. If this fails, all is as before.
   *
   * @param state {@link Exchange#ACK}, {@link Exchange#DUMP} or 0
   */
  void write(Envelope request, int state) throws NetlinkException {
    int flags = state == Exchange.ACK ? NLM_F_ACK : 0;
    write(request, state == Exchange.DUMP ? NLM_F_DUMP : flags, state);
  }

  /**
   * Writes a part of a transaction: its errors come unasked, and nothing else ends it. If this
   * fails, all is as before.
   *
   * @param ack whether an acknowledgement is asked for
   */
  void writePart(Envelope request, boolean ack) throws NetlinkException {
    write(request, ack ? NLM_F_ACK : 0, Exchange.ACK | Exchange.PART);
  }

  private void write(Envelope request, int flags, int state) throws NetlinkException {
    int start = writer.length();
    try {
      request.write(writer, NLM_F_REQUEST | flags, sequence + 1);
    } catch (UncheckedIOException e) {
      writer.truncate(start);
      throw Failures.unwrapped(e);
    } catch (RuntimeException | Error e) {
      writer.truncate(start);
      throw e;
    }
    sequence++;
    exchange.add(
        state
            | ((request.flags() & NLM_F_ECHO) != 0 ? Exchange.ECHO : 0)
            | (request.anySequence() ? Exchange.ANY_SEQUENCE : 0)
            | (request.anyPort() ? Exchange.ANY_PORT : 0));
  }

  /** Takes the request that was written last back. */
  void unwrite(int start) {
    writer.truncate(start);
    exchange.removeLast();
    sequence--;
  }
}
