package dev.jgenl;

import java.util.List;

/**
 * All that the kernel sent in answer to a request.
 *
 * @param messages the messages of the family; none if the command only acknowledges
 * @param warning what the kernel said with its acknowledgement; {@link ExtendedAck#NONE} if nothing
 */
public record GenlReply(List<GenlMessage> messages, ExtendedAck warning) {

  /**
   * Creates a reply; the list is copied.
   *
   * @param messages the messages of the family
   * @param warning what the acknowledgement said
   */
  public GenlReply {
    messages = List.copyOf(messages);
  }
}
