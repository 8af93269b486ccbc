package dev.jgenl.spec;

import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.Direction;
import dev.jgenl.wire.MessageReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a message that was recorded is.
 *
 * @param time when it was recorded; empty if that is not known
 * @param direction which way it went
 * @param protocol such as "route"
 * @param kind what it is to netlink
 * @param family the name of the spec; without one the name of the family in the kernel if that is
 *     known, else its number; empty of a protocol of its own of which there is no spec
 * @param operation the name of the operation, of an answer of the one that was asked for; without
 *     one the number of the command, or the type of the message; empty if that is not known
 * @param flags the names of the flags of the header, what has none as a number
 * @param sequence the sequence number
 * @param portId the port that the message bears
 * @param value what it says; of what the spec does not know the bytes
 */
public record DescribedMessage(
    Optional<Instant> time,
    Direction direction,
    String protocol,
    Kind kind,
    String family,
    String operation,
    List<String> flags,
    int sequence,
    int portId,
    Value value) {

  /** What a message is to netlink. */
  public enum Kind {
    /** A request, an answer or a notification. */
    MESSAGE,
    /** A request was done. */
    ACKNOWLEDGEMENT,
    /** A request was refused. */
    ERROR,
    /** The end of a dump. */
    DONE,
    /** A control message of another kind. */
    CONTROL,
    /** No whole message: cut, or malformed. */
    MALFORMED
  }

  /**
   * Copies what it is given.
   *
   * @param time as {@link #time()}
   * @param direction as {@link #direction()}
   * @param protocol as {@link #protocol()}
   * @param kind as {@link #kind()}
   * @param family as {@link #family()}
   * @param operation as {@link #operation()}
   * @param flags as {@link #flags()}
   * @param sequence as {@link #sequence()}
   * @param portId as {@link #portId()}
   * @param value as {@link #value()}
   */
  public DescribedMessage {
    flags = List.copyOf(flags);
  }

  /**
   * Returns it all as one value, which {@link Value#toJson()} makes safe to print.
   *
   * @return names in the order of a line: time, direction, protocol, family, name, kind, flags,
   *     seq, port, msg; those that are empty are left out
   */
  public Value toValue() {
    Map<String, Object> all = new LinkedHashMap<>();
    time.ifPresent(t -> all.put("time", t.toString()));
    all.put("direction", direction == Direction.TO_KERNEL ? "sent" : "received");
    all.put("protocol", protocol);
    putText(all, "family", family);
    putText(all, "name", operation);
    if (kind != Kind.MESSAGE) {
      all.put("kind", kind.name().toLowerCase(Locale.ROOT));
    }
    if (kind != Kind.MALFORMED) {
      all.put("flags", flags);
      all.put("seq", Integer.toUnsignedLong(sequence));
      all.put("port", Integer.toUnsignedLong(portId));
    }
    all.put("msg", value);
    return Value.of(all);
  }

  private static void putText(Map<String, Object> all, String name, String text) {
    if (!text.isEmpty()) {
      all.put(name, text);
    }
  }

  /** Makes one of a message that a reader stands on. */
  static DescribedMessage of(
      CapturedDatagram datagram,
      MessageReader reader,
      Kind kind,
      String family,
      String operation,
      List<String> flags,
      Value value) {
    return new DescribedMessage(
        datagram.time(),
        datagram.direction(),
        datagram.protocolName(),
        kind,
        family,
        operation,
        flags,
        reader.sequence(),
        reader.portId(),
        value);
  }
}
