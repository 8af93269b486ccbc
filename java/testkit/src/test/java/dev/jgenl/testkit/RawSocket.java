package dev.jgenl.testkit;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A socket of a scripted kernel without the library, which would ask for nothing that is wrong. */
final class RawSocket implements AutoCloseable {

  private final Transport socket;
  private final MessageWriter writer;

  RawSocket(FakeKernel kernel, int protocol) throws TransportException {
    socket = kernel.sockets().open(protocol, Transport.Purpose.REQUESTS);
    writer = new MessageWriter(Objects.requireNonNull(socket.allocate(4096)));
  }

  /** Adds a message to the datagram. */
  RawSocket add(int type, int flags, int sequence, byte... header) {
    writer.begin(type, flags, sequence, 0, header);
    writer.end();
    return this;
  }

  /** Has the last message that was added claim to be longer than it is. */
  RawSocket broken(int start) {
    writer.buffer().putInt(start, 4096);
    return this;
  }

  /** Returns how long the datagram is by now. */
  int length() {
    return writer.length();
  }

  void join(int group) {
    socket.join(group);
  }

  /** Sends the datagram, and shows what is answered. */
  List<String> send() {
    int sent = socket.send(writer);
    if (sent < 0) {
      throw new AssertionError("send: " + Errno.describe(-sent));
    }
    writer.clear();
    return receive();
  }

  /** Shows all that is there: sequence number, and what came of it. */
  List<String> receive() {
    Datagrams into =
        new Datagrams(Objects.requireNonNull(socket.allocate(Datagrams.size(1, 4096))), 1, 4096);
    List<String> shown = new ArrayList<>();
    for (int n = socket.receive(into, 1, 0); n != 0; n = socket.receive(into, 1, 0)) {
      if (n < 0) {
        shown.add(Errno.of(-n).name());
        continue;
      }
      MessageReader reader =
          new MessageReader().read(into.memory(), into.offset(0), into.length(0));
      while (reader.next()) {
        shown.add(reader.sequence() + " " + show(reader, into.group(0)));
      }
    }
    return shown;
  }

  private static String show(MessageReader message, int group) {
    return switch (message.type()) {
      case NetlinkConstants.NLMSG_ERROR ->
          message.error() == 0 ? "ACK" : Errno.of(-message.error()).name();
      case NetlinkConstants.NLMSG_DONE -> "DONE";
      default -> "type " + message.type() + (group == 0 ? "" : " to group " + group);
    };
  }

  @Override
  public void close() {
    socket.close();
  }
}
