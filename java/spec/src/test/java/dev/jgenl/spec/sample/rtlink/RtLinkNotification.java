package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.NestValue;

/** What rt-link tells by itself, and what is listed before. */
public sealed interface RtLinkNotification
    permits GetlinkReply, NewlinkNtf, RtLinkNotification.Unrecognized {

  /**
   * What is told of which the spec does not say what it is.
   *
   * @param operation the name of the operation, or the number of the message
   * @param value what it says
   */
  record Unrecognized(String operation, NestValue value) implements RtLinkNotification {}

  /**
   * Views what the dynamic client has read.
   *
   * @param message what is told
   * @return a view of it
   */
  static RtLinkNotification of(DynamicMessage message) {
    NestValue value = (NestValue) message.value();
    return switch (message.operation()) {
      case "getlink" -> new GetlinkReply(value);
      case "newlink-ntf" -> new NewlinkNtf(value);
      default -> new Unrecognized(message.operation(), value);
    };
  }
}
