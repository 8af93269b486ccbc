package dev.jgenl.cli;

import dev.jgenl.Event;
import dev.jgenl.Message;
import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.Direction;
import dev.jgenl.spec.DescribedMessage;
import dev.jgenl.spec.MessageDescriber;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.wire.Printable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what is heard, a line each, which arrives when there is nothing more to print. */
final class Monitor implements Ear {

  private static final int GENERIC = 16;

  private final Session session;
  private final GroupNames groups;
  private final MessageDescriber describer;
  private final Printer printer;
  private final MessageLine line;
  private final boolean timed;
  private long left;

  Monitor(Session session, GroupNames groups, Specs specs, boolean timed, long count) {
    this.session = session;
    this.groups = groups;
    this.timed = timed;
    left = count;
    describer = new MessageDescriber(specs);
    printer = session.printer(Format.Count.ENDLESS);
    line = new MessageLine(session.settings().colors());
  }

  @Override
  public boolean heard(int protocol, String family, String group, Message message) {
    if (protocol == GENERIC && !family.isEmpty()) {
      describer.learn(message.type(), family);
    }
    CapturedDatagram datagram =
        CapturedDatagram.of(protocol, Direction.FROM_KERNEL, message.bytes())
            .withTime(Instant.now());
    for (DescribedMessage described : describer.describe(datagram)) {
      print(described, datagram, groupName(protocol, group));
    }
    return --left > 0;
  }

  private void print(DescribedMessage message, CapturedDatagram datagram, String group) {
    switch (session.settings().format()) {
      case TABLE -> session.out().println(line.ofNotification(message, group, timed));
      case HEX -> session.out().println(NetlinkText.hex(datagram.bytes()));
      default -> {
        Map<String, Object> all = new LinkedHashMap<>();
        if (timed) {
          message.time().ifPresent(time -> all.put("time", time.toString()));
        }
        all.put("family", message.family().isEmpty() ? message.protocol() : message.family());
        if (!group.isEmpty()) {
          all.put("group", group);
        }
        all.put("name", message.operation());
        all.put("msg", message.value());
        printer.print(Value.of(all));
      }
    }
  }

  private String groupName(int protocol, String group) {
    Map<Integer, GroupNames.RawGroup> raw = groups.raw().get(protocol);
    if (raw == null || group.isEmpty()) {
      return group;
    }
    GroupNames.RawGroup known = raw.get(Integer.valueOf(group));
    return known == null ? group : known.name();
  }

  /** A gap is told among the messages to people, and beside them where a program reads. */
  @Override
  public void lost(Event.Gap<?> gap) {
    String text = "gap: " + gap.reason() + ": " + Printable.escape(gap.text());
    if (session.settings().format() == Format.TABLE) {
      session.out().println(text);
    } else {
      session.out().flush();
      session.err().println("jgenl: " + text);
    }
  }

  @Override
  public void idle() {
    session.out().flush();
  }
}
