package dev.jgenl.engine;

import dev.jgenl.wire.MessageReader;

/** What came instead of an answer: a request that waits in vain says so. */
public final class Strays {

  private int count;
  private int type;
  private int sequence;
  private int port;

  void clear() {
    count = 0;
  }

  void add(MessageReader message) {
    count++;
    type = message.type();
    sequence = message.sequence();
    port = message.portId();
  }

  /** Tells whether the last one looks like an answer to a request, but for its numbers. */
  boolean looksLikeAnswerTo(Envelope request) {
    return count > 0 && request.isAnsweredBy(type);
  }

  /** Says it for people, to be put behind another sentence; empty if nothing came. */
  @Override
  public String toString() {
    return count == 0
        ? ""
        : String.format(
            "; messages that came instead: %d, the last of type %d with sequence number %s and port"
                + " %s",
            count, type, Integer.toUnsignedString(sequence), Integer.toUnsignedString(port));
  }
}
