package dev.jgenl.cli;

import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.transport.Errno;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows messages as they are sent and received: to people with {@code -v}, as data with {@code -o
 * hex}; and stops the one that {@code --dry-run} is only to show.
 */
final class MessageLog implements Tap.Watcher {

  private final Session session;
  private String sent = "";
  private int headerLength;
  private boolean stopped;
  private @Nullable Value shown;

  MessageLog(Session session) {
    this.session = session;
  }

  /** Whether there is anything to show, so that sockets need a {@link Tap}. */
  boolean isNeeded() {
    Settings settings = session.settings();
    return settings.verbose() || settings.dryRun() || settings.format() == Format.HEX;
  }

  /** Learns what is going to be sent. */
  void describe(Family family, String name) {
    sent = family.name() + " " + name;
    stopped = false;
    shown = null;
    Operation operation = Models.find(family, name);
    headerLength = operation == null ? 0 : Models.headerLength(family, operation);
    if (family.protocol() instanceof Protocol.Generic) {
      headerLength += NetlinkText.GENERIC_HEADER;
    }
  }

  /** Whether a message was to be shown in place of being sent. */
  boolean hasStopped() {
    return stopped;
  }

  /** Returns the message that was stopped, to be printed; null if it has been. */
  @Nullable Value shown() {
    return shown;
  }

  @Override
  public int sending(int protocol, ByteBuffer datagram) {
    if (session.settings().dryRun()) {
      stopped = true;
      show(datagram);
      return -Errno.ECANCELED.number();
    }
    if (session.settings().verbose()) {
      explain("sent", datagram);
    }
    return 0;
  }

  /** Shows as data what is not sent; of JSON it may be a part. */
  private void show(ByteBuffer datagram) {
    Output out = session.out();
    switch (session.settings().format()) {
      case TABLE -> out.print(new NetlinkText(datagram, headerLength).explain(sent));
      case HEX -> out.println(NetlinkText.hex(datagram));
      default -> {
        Map<String, Object> message = new LinkedHashMap<>();
        NetlinkText text = new NetlinkText(datagram, headerLength);
        message.put("type", text.type());
        message.put("flags", text.flagNames());
        message.put("bytes", NetlinkText.bytes(datagram));
        shown = Value.of(message);
      }
    }
  }

  @Override
  public void received(int protocol, ByteBuffer datagram) {
    if (session.settings().verbose()) {
      explain("received", datagram);
    }
    if (session.settings().format() == Format.HEX) {
      for (ByteBuffer rest = datagram.duplicate().order(datagram.order()); rest.hasRemaining(); ) {
        ByteBuffer message = NetlinkText.next(rest);
        if (!new NetlinkText(message, headerLength).isControl()) {
          session.out().println(NetlinkText.hex(message));
        }
      }
    }
  }

  private void explain(String how, ByteBuffer datagram) {
    for (ByteBuffer rest = datagram.duplicate().order(datagram.order()); rest.hasRemaining(); ) {
      session.err().print(new NetlinkText(NetlinkText.next(rest), headerLength).explain(how));
    }
  }
}
