package dev.jgenl.cli;

import dev.jgenl.capture.Direction;
import dev.jgenl.spec.DescribedMessage;
import dev.jgenl.spec.NestValue;
import dev.jgenl.wire.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes lines for people of messages, one each. What it makes is safe to print. */
final class MessageLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final boolean colored;
  private final StringBuilder line = new StringBuilder();

  MessageLine(boolean colored) {
    this.colored = colored;
  }

  /** Returns a line of a notification; without a time if that is null. */
  String ofNotification(DescribedMessage message, String group, boolean timed) {
    line.setLength(0);
    if (timed) {
      message.time().ifPresent(this::time);
    }
    name(message);
    if (!group.isEmpty()) {
      line.append(" (").append(Printable.escape(group)).append(')');
    }
    value(message);
    return line.toString();
  }

  /** Returns a line of any message of a recording. */
  String ofRecorded(DescribedMessage message) {
    line.setLength(0);
    message.time().ifPresent(this::time);
    line.append(message.direction() == Direction.TO_KERNEL ? "-> " : "<- ");
    name(message);
    if (message.kind() != DescribedMessage.Kind.MESSAGE) {
      line.append(' ').append(message.kind().name().toLowerCase(Locale.ROOT));
    }
    if (message.kind() != DescribedMessage.Kind.MALFORMED) {
      if (!message.flags().isEmpty()) {
        line.append(" [").append(String.join(",", message.flags())).append(']');
      }
      line.append(" seq ").append(Integer.toUnsignedString(message.sequence()));
      line.append(" port ").append(Integer.toUnsignedString(message.portId()));
    }
    value(message);
    return line.toString();
  }

  private void time(Instant time) {
    TIME.formatTo(time, line);
    line.append(' ');
  }

  private void name(DescribedMessage message) {
    String family = message.family().isEmpty() ? message.protocol() : message.family();
    String name = Printable.escape(family);
    if (!message.operation().isEmpty()) {
      name += " " + message.operation();
    }
    line.append(colored ? Colors.in(Colors.HEADING, name) : name);
  }

  private void value(DescribedMessage message) {
    if (message.value() instanceof NestValue nest && nest.names().isEmpty()) {
      return;
    }
    String json = message.value().toJson();
    line.append(' ').append(new JsonLayout(false, colored, false).of(json));
  }
}
