package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.DynamicMessage;
import dev.jgenl.spec.NestValue;

/** What ethtool tells by itself, and what is listed before. */
public sealed interface EthtoolNotification
    permits RingsGetReply, RingsNtf, FeaturesSetReply, EthtoolNotification.Unrecognized {

  /**
   * What is told of which the spec does not say what it is.
   *
   * @param operation the name of the operation, or the number of the message
   * @param value what it says
   */
  record Unrecognized(String operation, NestValue value) implements EthtoolNotification {}

  /**
   * Views what the dynamic client has read.
   *
   * @param message what is told
   * @return a view of it
   */
  static EthtoolNotification of(DynamicMessage message) {
    NestValue value = (NestValue) message.value();
    return switch (message.operation()) {
      case "rings-get" -> new RingsGetReply(value);
      case "rings-ntf" -> new RingsNtf(value);
      case "features-set" -> new FeaturesSetReply(value);
      default -> new Unrecognized(message.operation(), value);
    };
  }
}
