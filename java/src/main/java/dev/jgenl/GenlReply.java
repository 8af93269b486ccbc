package dev.jgenl;

import java.util.List;

/**
 * All that the kernel sent in answer to a request.
 *
 * @param messages the messages of the family; none if the command only acknowledges
 * @param warning what the kernel said with its acknowledgement; {@link ExtendedAck#NONE} if nothing
 */
public record GenlReply(List<GenlMessage> messages, ExtendedAck warning) {

  /** Copies its list. */
  public GenlReply {
    messages = List.copyOf(messages);
  }
}
