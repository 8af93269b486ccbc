package dev.jgenl;

import java.util.List;

/**
 * All that the kernel sent in answer to a request. Immutable, so safe to share between threads.
 *
 * @param <M> the type of the messages
 */
public final class Reply<M> {

  private final List<M> messages;
  private final ExtendedAck warning;
  private final int value;

  /**
   * Makes one.
   *
   * @param messages the messages in their order; copied
   * @param warning what the kernel said with its acknowledgement
   * @param value the number in it
   */
  public Reply(List<M> messages, ExtendedAck warning, int value) {
    this.messages = List.copyOf(messages);
    this.warning = warning;
    this.value = value;
  }

  /**
   * Returns the messages.
   *
   * @return in their order; none if the kernel only acknowledges
   */
  public List<M> messages() {
    return messages;
  }

  /**
   * Returns what the kernel said with its acknowledgement.
   *
   * @return {@link ExtendedAck#NONE} if nothing
   */
  public ExtendedAck warning() {
    return warning;
  }

  /**
   * Returns the number in the acknowledgement.
   *
   * @return 0 for most requests; a positive one is a result, such as that of the radio that {@code
   *     HWSIM_CMD_NEW_RADIO} has made
   */
  public int value() {
    return value;
  }

  /** Shows it for people. */
  @Override
  public String toString() {
    return messages.size()
        + (messages.size() == 1 ? " message, value " : " messages, value ")
        + value
        + warning.explanation(RequestNames.NONE)
        + String.join("", messages.stream().map(m -> System.lineSeparator() + m).toList());
  }
}
