package dev.jgenl.netlink;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.engine.Decoder;
import dev.jgenl.engine.Failures;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Reception;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MessageReader;

/**
 * The multicast groups of a connection. Unlike those of a family they stay what they are, so there
 * is nothing to join again. Safe to share between threads.
 */
record Groups(OwnedConnection connection, Protocol protocol)
    implements Reception.Hearer<NetlinkMessage> {

  /** Knows no length of a header. */
  private static final Decoder<NetlinkMessage> DECODER = NetlinkMessage::decode;

  void join(int group) throws NetlinkException {
    int err = connection.join(requirePositive(group));
    if (err < 0) {
      String remedy =
          switch (Errno.of(-err)) {
            case EPERM -> protocol.privilege();
            case EINVAL -> "; the protocol has no such group";
            default -> "";
          };
      throw Failures.system("join group " + group + " of " + protocol.name(), -err, remedy);
    }
  }

  void leave(int group) throws NetlinkException {
    int err = connection.leave(requirePositive(group));
    if (err < 0) {
      throw Failures.system("leave group " + group + " of " + protocol.name(), -err);
    }
  }

  private static int requirePositive(int group) {
    if (group < 1) {
      throw new IllegalArgumentException("group " + group + ": they are counted from 1 on");
    }
    return group;
  }

  @Override
  public Event<NetlinkMessage> heard(MessageReader message, int group) {
    return new Event.Notification<>(
        DECODER.copy(message, 0), protocol.name(), group == 0 ? "" : Integer.toString(group));
  }

  @Override
  public void lost() {
    // Nothing is known by hearing.
  }
}
