package dev.jgenl.testkit;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static dev.jgenl.wire.NetlinkConstants.NLMSG_HDRLEN;

import dev.jgenl.capture.CaptureReader;
import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.Direction;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link FakeKernel} that answers as another kernel did in a recording, such as one of
 * {@link dev.jgenl.capture.Recorder}.
 *
 * <p>A request is answered like the one in the recording that is of the same family, or protocol
 * and type, is a dump or not, and has the same bytes behind the header of netlink: command,
 * attributes and their order. Where the same stands there several times the answers come in turn,
 * the last one again and again. What the recording does not have is refused with {@code ENOENT} and
 * a text. Families are registered as the recording tells of them, under numbers of their own; the
 * controller answers by itself. Notifications and transactions of netfilter are left out.
 */
public final class Replay {

  private static final int CONTROLLER = FakeKernel.CONTROLLER;

  /** {@code CTRL_CMD_NEWFAMILY} and {@code CTRL_ATTR_...}. */
  private static final int NEW_FAMILY = 1;

  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;
  private static final int VERSION = 3;
  private static final int HEADER_SIZE = 4;
  private static final int GROUPS = 7;
  private static final int GROUP_NAME = 1;

  /** What is asked for; the family is a name, or the type of a message of another protocol. */
  private record Question(int protocol, String family, boolean dump, ByteBuffer payload) {}

  private final FakeKernel kernel = new FakeKernel();
  private final Map<Integer, FakeFamily> families = new HashMap<>();
  private final Map<Long, RecordedExchange> open = new HashMap<>();
  private final List<RecordedExchange> exchanges = new ArrayList<>();
  private final Map<Question, Deque<RecordedExchange>> known = new HashMap<>();

  private Replay() {}

  /**
   * Reads a recording to its end.
   *
   * @param recording what to answer with; not closed
   * @return a kernel, to which a test may add families and scripts
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it was recorded on a machine of another byte order
   */
  public static FakeKernel of(CaptureReader recording) throws IOException {
    Replay replay = new Replay();
    CapturedDatagram datagram = recording.next();
    for (; datagram != null; datagram = recording.next()) {
      replay.read(datagram);
    }
    replay.exchanges.forEach(replay::script);
    return replay.kernel;
  }

  private void read(CapturedDatagram datagram) {
    ByteBuffer bytes = datagram.bytes();
    if (bytes.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException("recorded on a machine of byte order " + bytes.order());
    }
    MessageReader reader = new MessageReader().read(bytes, 0, bytes.limit());
    while (Dispatch.hasNext(reader)) {
      ByteBuffer message = RecordedExchange.copy(bytes, reader.start(), reader.end());
      if (datagram.direction() == Direction.TO_KERNEL) {
        ask(datagram.protocol(), reader, message);
      } else {
        answer(datagram.protocol(), reader, message);
      }
    }
  }

  private void ask(int protocol, MessageReader reader, ByteBuffer message) {
    boolean toController = protocol == FakeKernel.NETLINK_GENERIC && reader.type() == CONTROLLER;
    if (reader.type() >= NetlinkConstants.NLMSG_MIN_TYPE && !toController) {
      RecordedExchange exchange =
          new RecordedExchange(protocol, reader.type(), payload(message), new ArrayList<>());
      open.put(key(protocol, reader.sequence()), exchange);
      exchanges.add(exchange);
    }
  }

  private void answer(int protocol, MessageReader reader, ByteBuffer message) {
    if (protocol == FakeKernel.NETLINK_GENERIC && reader.type() == CONTROLLER) {
      register(message);
      return;
    }
    RecordedExchange exchange = open.get(key(protocol, reader.sequence()));
    if (exchange != null) {
      exchange.answers().add(message);
      if (exchange.isEnded()) {
        open.remove(key(protocol, reader.sequence()));
      }
    }
  }

  /** Registers what the controller tells of, once. */
  private void register(ByteBuffer message) {
    if (message.capacity() < NLMSG_HDRLEN + GENL_HDRLEN
        || message.get(NLMSG_HDRLEN) != NEW_FAMILY) {
      return;
    }
    try {
      Attributes a = Attributes.of(message, NLMSG_HDRLEN + GENL_HDRLEN, message.capacity());
      String name = a.get(FAMILY_NAME).string();
      FakeFamily known = kernel.registry().familyWithName(name);
      families.put(a.get(FAMILY_ID).u16(), known == null ? register(name, a) : known);
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException("the recording tells of a family: " + e.getMessage(), e);
    }
  }

  private FakeFamily register(String name, Attributes a) {
    FakeFamily family = kernel.family(name);
    family.version((int) a.findU32(VERSION).orElse(1));
    family.headerSize((int) a.findU32(HEADER_SIZE).orElse(0));
    for (Attribute group : a.findNested(GROUPS).orElse(Attributes.none())) {
      family.group(group.nested().get(GROUP_NAME).string());
    }
    return family;
  }

  private void script(RecordedExchange exchange) {
    boolean dump = exchange.isDump();
    if (exchange.protocol() != FakeKernel.NETLINK_GENERIC) {
      learn(Integer.toString(exchange.type()), exchange);
      script(kernel.protocol(exchange.protocol()), exchange.type(), dump);
      return;
    }
    FakeFamily family = families.get(exchange.type());
    if (family != null && exchange.payload().capacity() >= GENL_HDRLEN) {
      learn(family.name(), exchange);
      script(family, exchange.payload().get(0) & 0xff, dump);
    }
  }

  private void learn(String name, RecordedExchange exchange) {
    Question question =
        new Question(exchange.protocol(), name, exchange.isDump(), exchange.payload());
    known.computeIfAbsent(question, q -> new ArrayDeque<>()).add(exchange);
  }

  private void script(FakeFamily family, int command, boolean dump) {
    if (dump) {
      family.onDump(command, this::answer);
    } else {
      family.onDo(command, this::answer);
    }
  }

  private void script(FakeProtocol protocol, int type, boolean dump) {
    if (dump) {
      protocol.onDump(type, 0, this::answer);
    } else {
      protocol.onDo(type, 0, this::answer);
    }
  }

  private void answer(FakeRequest request, FakeAnswer answer) {
    RecordedExchange exchange = next(request);
    if (exchange == null) {
      answer.error(
          Errno.ENOENT.number(), ack -> ack.putString(1, "the recording has no such request"));
      return;
    }
    for (ByteBuffer message : exchange.answers()) {
      answer.datagram(RecordedExchange.addressed(message, request));
    }
    if (exchange.isEnded()) {
      answer.unanswered();
    }
  }

  private synchronized @Nullable RecordedExchange next(FakeRequest request) {
    String name =
        request.asked() == null ? Integer.toString(request.type()) : request.asked().name();
    Deque<RecordedExchange> all =
        known.get(
            new Question(request.protocol(), name, request.isDump(), payload(request.message())));
    return all == null ? null : all.size() == 1 ? all.peek() : all.remove();
  }

  private static ByteBuffer payload(ByteBuffer message) {
    return RecordedExchange.copy(message, NLMSG_HDRLEN, message.capacity());
  }

  private static long key(int protocol, int sequence) {
    return (long) protocol << Integer.SIZE | Integer.toUnsignedLong(sequence);
  }
}
