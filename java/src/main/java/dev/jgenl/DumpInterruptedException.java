package dev.jgenl;

import java.util.List;

/**
 * The data changed while a dump was under way ({@code NLM_F_DUMP_INTR}), so that its messages may
 * not fit together. Each is valid by itself.
 */
public final class DumpInterruptedException extends NetlinkException {

  private static final long serialVersionUID = 1;

  private final transient List<GenlMessage> messages;

  DumpInterruptedException(String message, List<GenlMessage> messages) {
    super(message);
    this.messages = List.copyOf(messages);
  }

  /**
   * Returns the messages that {@link Dump#toList()} had read: they are not lost.
   *
   * @return the messages in their order; none if they were delivered one by one, or after
   *     serialization
   */
  public List<GenlMessage> messages() {
    return messages == null ? List.of() : messages;
  }
}
