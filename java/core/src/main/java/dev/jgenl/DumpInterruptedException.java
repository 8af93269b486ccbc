package dev.jgenl;

import java.util.List;

/**
 * The data changed while a dump was under way ({@code NLM_F_DUMP_INTR}), so that its messages may
 * not fit together. Each is valid by itself.
 */
public final class DumpInterruptedException extends NetlinkException {

  private static final long serialVersionUID = 1;

  private final transient List<?> messages;

  /**
   * Creates one; the list is copied.
   *
   * @param message what happened
   * @param messages what had been read
   */
  public DumpInterruptedException(String message, List<?> messages) {
    super(message);
    this.messages = List.copyOf(messages);
  }

  /**
   * Returns the messages that {@link Dump#toList()} had read: they are not lost.
   *
   * @param <M> the type of the dump's messages, or of what they became
   * @param type the same, such as {@code GenlMessage.class}
   * @return the messages in their order; none if they were delivered one by one, or after
   *     serialization
   * @throws ClassCastException if the dump was one of other messages
   */
  public <M> List<M> messages(Class<M> type) {
    return messages == null ? List.of() : messages.stream().<M>map(type::cast).toList();
  }
}
