package dev.jgenl;

import java.util.List;

/**
 * All that the kernel sent in answer to a request. Immutable, so safe to share between threads.
 *
 * @param messages the messages of the family; none if the command only acknowledges
 * @param warning what the kernel said with its acknowledgement; {@link ExtendedAck#NONE} if nothing
 * @param value the number in the acknowledgement: 0 for most commands; a positive one is a result,
 *     such as that of the radio that {@code HWSIM_CMD_NEW_RADIO} has made
 */
public record GenlReply(List<GenlMessage> messages, ExtendedAck warning, int value) {

  /**
   * Creates a reply; the list is copied.
   *
   * @param messages the messages of the family
   * @param warning what the acknowledgement said
   * @param value the number in it
   */
  public GenlReply {
    messages = List.copyOf(messages);
  }
}
