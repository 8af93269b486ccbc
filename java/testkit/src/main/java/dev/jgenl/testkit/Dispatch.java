package dev.jgenl.testkit;

import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of a protocol are connected to: its groups, and the way of a request to its
 * script, as {@code netlink_rcv_skb()} does it.
 *
 * <p>Safe to share between threads.
 */
abstract class Dispatch {

  private static final int EBUSY = 16;

  final FakeKernel kernel;

  Dispatch(FakeKernel kernel) {
    this.kernel = kernel;
  }

  /** Copies the message that the reader stands on. */
  abstract FakeRequest request(MessageReader reader, int portId);

  /** Answers what is a request by its flags and its type. */
  abstract void answer(FakeRequest request, FakeTransport socket, FakeAnswer answer);

  /** Tells whether there is a group of this number, be it nobody's. */
  abstract boolean hasGroup(int number);

  abstract boolean permitsJoining(int group);

  /** Handles the messages of a datagram up to one that is malformed, of which nobody is told. */
  void receive(ByteBuffer datagram, FakeTransport socket) {
    MessageReader reader = new MessageReader().read(datagram, 0, datagram.capacity());
    while (hasNext(reader)) {
      FakeRequest request = request(reader, socket.port());
      FakeAnswer answer = FakeAnswer.to(request, socket);
      if (isRequest(request)) {
        answer(request, socket, answer);
      } else {
        answer.acknowledge();
      }
    }
  }

  static boolean hasNext(MessageReader reader) {
    try {
      return reader.next();
    } catch (MalformedMessageException e) {
      return false;
    }
  }

  static boolean isRequest(FakeRequest request) {
    return (request.flags() & NetlinkConstants.NLM_F_REQUEST) != 0
        && request.type() >= NetlinkConstants.NLMSG_MIN_TYPE;
  }

  /** Begins the dump that a request asks for; false if it is refused because one is running. */
  static boolean mayBegin(FakeRequest request, FakeTransport socket, FakeAnswer answer) {
    if (!request.isDump()) {
      return true;
    }
    if (!socket.beginDump()) {
      answer.refuse(EBUSY);
      return false;
    }
    answer.beginDump();
    return true;
  }

  /**
   * Tells the members of a group, and whether it is one or not, who asked: {@code nlmsg_notify()}.
   *
   * @param family null of another protocol than Generic Netlink
   * @param asker null if nobody asked to be told
   * @param script run once for each
   */
  void tell(
      @Nullable FakeFamily family,
      int group,
      @Nullable FakeTransport asker,
      Consumer<? super FakeAnswer> script) {
    for (FakeTransport member : kernel.members(this, group)) {
      if (member != asker) {
        script.accept(FakeAnswer.event(family, member, group));
      }
    }
    if (asker != null) {
      script.accept(FakeAnswer.event(family, asker, group));
    }
  }

  /** A group is gone: {@code __netlink_clear_multicast_users()}. */
  void dropMembers(int group) {
    kernel.members(this, group).forEach(socket -> socket.loseMembership(group));
  }

  void requireGroup(int number) {
    if (!hasGroup(number)) {
      throw new IllegalArgumentException("there is no group " + number);
    }
  }
}
