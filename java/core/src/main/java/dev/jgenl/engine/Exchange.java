package dev.jgenl.engine;

import static dev.jgenl.wire.NetlinkConstants.NLMSG_DONE;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_ERROR;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_MIN_TYPE;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_DUMP_FILTERED;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_DUMP_INTR;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_MULTI;

import dev.jgenl.wire.MessageReader;
import java.util.Arrays;

/**
 * What a message means: the one place that looks at control messages, sequence numbers and ports.
 * It knows which requests of a connection are under way, and says of each message whether it is an
 * answer, whose, and whether it is the last. The first row that matches:
 *
 * <pre>
 * sender not 0                    SKIP           another process
 * group not 0                     EVENT          unless it echoes a request that asked for NLM_F_ECHO
 * port 0                          EVENT          unless the request tolerates it
 * another port than ours          WRONG_PORT     unless the request tolerates it
 * sequence of a request under way an answer, see below
 * sequence that was used before   SKIP           stale; of those that began anew, the last half
 * 0, in a transaction             SKIP           an echo that does not say of which request
 * any other sequence              WRONG_SEQUENCE unless the request tolerates it
 *
 * NLMSG_ERROR                     REFUSED if negative, which ends no part of a transaction, else END
 * NLMSG_DONE of a dump            REFUSED if negative, else END
 * NLMSG_DONE of a do              the same, but SKIP if it is not negative and an ACK is to follow
 * another type below 16           SKIP
 * a message                       DATA; LAST of a do without acknowledgement, unless NLM_F_MULTI
 * </pre>
 *
 * <p>({@code netlink_ack()}, {@code netlink_dump()}, {@code nlmsg_notify()} of the kernel, and what
 * families do: docs/traps.md, T33 to T38, T65.)
 *
 * <p>No input or output. One thread at a time uses it.
 */
final class Exchange {

  // The verdicts.
  static final int SKIP = 0; // nothing to do
  static final int DATA = 1; // a message in answer to request(); more may follow
  static final int LAST = 2; // a message in answer to request(), which ends it
  static final int END = 3; // request() has ended without an error
  static final int REFUSED = 4; // request() has ended with an error
  static final int EVENT = 5; // no answer, but a notification or an event for whoever listens
  static final int WRONG_PORT = 6; // the port in the header is that of another socket
  static final int WRONG_SEQUENCE = 7; // no request of this connection has ever had the number

  // What there is to know of a request. One that tolerates is alone on its connection.
  static final int ACK = 1; // an acknowledgement was asked for
  static final int DUMP = 1 << 1; // it is a dump
  static final int ECHO = 1 << 2; // it may be told of its effect like the members of a group
  static final int ANY_SEQUENCE = 1 << 3; // its answers may bear any sequence number
  static final int ANY_PORT = 1 << 4; // its answers may bear any port
  static final int PART = 1 << 5; // of a transaction: an error need not end it, an echo may be 0
  private static final int ENDED = 1 << 6;

  /** Of sequence numbers that have begun anew: those that were used last. */
  private static final int RECENT = 1 << 30;

  /** What was asked of each request, by its sequence number from {@link #first} on. */
  private int[] states = new int[1];

  private int portId;
  private boolean wrapped;
  private int first = 1;
  private int count;
  private int underWay;
  private int request;
  private int code;
  private boolean interrupted;
  private boolean filtered;

  private final Strays strays = new Strays();

  /**
   * Starts anew, with nothing under way.
   *
   * @param portId that of the socket
   * @param firstSequence the sequence number of the first request; those below it have been used
   * @param wrapped whether those above it have been used too
   */
  void begin(int portId, int firstSequence, boolean wrapped) {
    this.portId = portId;
    this.wrapped = wrapped;
    first = firstSequence;
    count = 0;
    underWay = 0;
    interrupted = false;
    filtered = false;
    strays.clear();
  }

  /**
   * Adds a request, which has the next sequence number.
   *
   * @param state the bits of {@link #ACK} and the like
   */
  void add(int state) {
    if (count == states.length) {
      states = Arrays.copyOf(states, 2 * count);
    }
    states[count++] = state;
    underWay++;
  }

  /** Takes the request that was added last back: it is not sent. */
  void removeLast() {
    count--;
    underWay--;
  }

  /** Returns how many requests have not ended. */
  int underWay() {
    return underWay;
  }

  /** Tells whether a request has not ended. */
  boolean isUnderWay(int request) {
    return (states[request] & ENDED) == 0;
  }

  /** Returns the first request that has not ended, or -1. */
  int firstUnderWay() {
    for (int i = 0; i < count; i++) {
      if (isUnderWay(i)) {
        return i;
      }
    }
    return -1;
  }

  /** Waits no longer for a request: it has ended, or what should have ended it was malformed. */
  void giveUp(int request) {
    states[request] |= ENDED;
    underWay--;
  }

  /** Waits no longer for any request. */
  void giveUpAll() {
    for (int i = 0; i < count; i++) {
      states[i] |= ENDED;
    }
    underWay = 0;
  }

  /** Returns which request the last verdict speaks of, from 0 on. */
  int request() {
    return request;
  }

  /** Returns the number with which the last request has ended: a negative errno, 0, or a result. */
  int code() {
    return code;
  }

  /** Tells whether a message or the end of an answer bore {@code NLM_F_DUMP_INTR}. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** Tells whether a message or the end of an answer bore {@code NLM_F_DUMP_FILTERED}. */
  boolean isFiltered() {
    return filtered;
  }

  /**
   * Says what a message means.
   *
   * @param sender the port ID of the socket that sent it; 0 is the kernel
   * @param group the multicast group that it was sent to, or 0
   * @param message the message
   * @return one of the verdicts
   * @throws dev.jgenl.wire.MalformedMessageException if a control message is too short
   */
  int accept(int sender, int group, MessageReader message) {
    if (sender != 0) {
      return SKIP;
    }
    int port = message.portId();
    int i = message.sequence() - first;
    boolean known = i >= 0 && i < count && (states[i] & ENDED) == 0;
    if (group != 0) {
      boolean echo = known && port == portId && (states[i] & ECHO) != 0;
      return echo ? answer(i, message) : EVENT;
    }
    if (port != portId && !tolerates(ANY_PORT)) {
      strays.add(message);
      return port == 0 ? EVENT : WRONG_PORT;
    }
    if (known) {
      return answer(i, message);
    }
    int sequence = message.sequence();
    int age = first - 1 + count - sequence;
    boolean stale = sequence > 0 && (wrapped ? (age & Integer.MAX_VALUE) < RECENT : age >= 0);
    stale |= sequence == 0 && count > 0 && (states[0] & PART) != 0;
    if (!stale && tolerates(ANY_SEQUENCE)) {
      return answer(0, message);
    }
    strays.add(message);
    return stale ? SKIP : WRONG_SEQUENCE;
  }

  /** Returns what came instead of an answer. */
  Strays strays() {
    return strays;
  }

  private int answer(int i, MessageReader message) {
    request = i;
    int type = message.type();
    int flags = message.flags();
    interrupted |= (flags & NLM_F_DUMP_INTR) != 0;
    if (type == NLMSG_ERROR) {
      return end(i, message.error());
    }
    boolean dump = (states[i] & DUMP) != 0;
    filtered |= dump && (flags & NLM_F_DUMP_FILTERED) != 0;
    if (type == NLMSG_DONE) {
      boolean ackFollows = !dump && (states[i] & ACK) != 0 && message.error() >= 0;
      return ackFollows ? SKIP : end(i, message.error());
    }
    if (type < NLMSG_MIN_TYPE) {
      return SKIP;
    }
    if ((states[i] & (DUMP | ACK)) != 0 || (flags & NLM_F_MULTI) != 0) {
      return DATA;
    }
    giveUp(i);
    return LAST;
  }

  private int end(int i, int code) {
    this.code = code;
    if (code >= 0 || (states[i] & PART) == 0) {
      giveUp(i);
    }
    return code < 0 ? REFUSED : END;
  }

  /** Such a request is alone, so it is the first. */
  private boolean tolerates(int what) {
    return count == 1 && (states[0] & (what | ENDED)) == what;
  }
}
