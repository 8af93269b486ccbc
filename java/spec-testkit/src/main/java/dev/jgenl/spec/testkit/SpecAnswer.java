package dev.jgenl.spec.testkit;

import dev.jgenl.spec.SpecCodec;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.testkit.FakeAnswer;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Takes the answer to a request, by the names of the spec. Faults are those of {@link #fake()}: it
 * is the same answer.
 *
 * <p>A script may keep it and answer later. Not safe for use by several threads at once.
 */
public final class SpecAnswer {

  /** {@code enum nlmsgerr_attrs}. */
  private static final int MESSAGE = 1;

  private static final int OFFSET = 2;
  private static final int MISSING_TYPE = 5;
  private static final int MISSING_NEST = 6;

  /** What the kernel puts into a part of a dump: {@code NLMSG_GOODSIZE} where pages have 4 KiB. */
  private static final int PART_MAX = 4096 - 320;

  private final SpecFamily family;
  private final Side side;
  private final Call call;
  private final SpecRequest request;
  private final FakeAnswer fake;

  SpecAnswer(SpecFamily family, Side side, Call call, SpecRequest request, FakeAnswer fake) {
    this.family = family;
    this.side = side;
    this.call = call;
    this.request = request;
    this.fake = fake;
  }

  /**
   * Sends a message, as a datagram of its own.
   *
   * @param value what the operation answers
   * @return this
   * @throws dev.jgenl.spec.InvalidValueException if the spec does not know a name in it, or wants
   *     something else there
   * @throws IllegalStateException if the operation has no answer
   */
  public SpecAnswer message(Value value) {
    encoded(value).send(fake);
    return this;
  }

  /**
   * Sends messages, as many in a datagram as the kernel puts into a part of a dump.
   *
   * @param values what the operation answers
   * @return this
   * @throws dev.jgenl.spec.InvalidValueException if the spec does not know a name in one, or wants
   *     something else there
   * @throws IllegalStateException if the operation has no answer
   */
  public SpecAnswer messages(Iterable<? extends Value> values) {
    List<Encoded> part = new ArrayList<>();
    int length = 0;
    for (Value value : values) {
      Encoded message = encoded(value);
      if (length + message.length() > PART_MAX) {
        send(part);
        length = 0;
      }
      part.add(message);
      length += message.length();
    }
    send(part);
    return this;
  }

  private void send(List<Encoded> part) {
    if (!part.isEmpty()) {
      fake.together(all -> part.forEach(message -> message.send(all)));
      part.clear();
    }
  }

  private Encoded encoded(Value value) {
    Layout reply =
        call.reply()
            .orElseThrow(
                () ->
                    new IllegalStateException(request.operation() + " has no answer in its spec"));
    return new Encoded(codec(), request.operation(), reply.id(), value);
  }

  /**
   * Tells the group of a notification what the request has done, and as an answer who asked for it
   * with {@link dev.jgenl.spec.RequestFlag#ECHO}: see {@link FakeAnswer#notify(String, int,
   * java.util.function.Consumer)}.
   *
   * @param notification the name of the operation
   * @param value what is told
   * @return this
   * @throws IllegalArgumentException as {@link SpecFamily#notify(String, Value)}
   */
  public SpecAnswer notify(String notification, Value value) {
    return notify(notification, family.group(notification), value);
  }

  /**
   * Tells another group, where the spec does not say which, or there are several.
   *
   * @param notification the name of the operation
   * @param group the name of the group
   * @param value what is told
   * @return this
   * @throws IllegalArgumentException as {@link SpecFamily#notify(String, String, Value)}
   */
  public SpecAnswer notify(String notification, String group, Value value) {
    family.event(notification, value).tell(side, fake, group);
    return this;
  }

  /**
   * Refuses the request. What was sent before stays; a dump ends if it has begun.
   *
   * @param errno the number of the error
   * @param text of the extended ACK; empty for none
   * @param path the names that lead to the attribute at fault, with points between; empty if it is
   *     none. One that the request does not have is said to be missing
   * @return this
   * @throws IllegalArgumentException if the spec has no such attribute
   */
  public SpecAnswer refuse(Errno errno, String text, String path) {
    List<Integer> types =
        codec()
            .types(
                request.operation(),
                request.value(),
                path.isEmpty() ? List.of() : List.of(path.split("\\.")));
    fake.error(
        errno.number(),
        ack -> {
          if (!text.isEmpty()) {
            ack.putString(MESSAGE, text);
          }
          if (!types.isEmpty()) {
            name(types, ack);
          }
        });
    return this;
  }

  /** Says which attribute it is, or which one the kernel misses. */
  private void name(List<Integer> types, AttributeWriter ack) {
    OptionalInt offset = request.fake().offset(types);
    if (offset.isPresent()) {
      ack.putU32(OFFSET, offset.getAsInt());
      return;
    }
    int last = types.size() - 1;
    ack.putU32(MISSING_TYPE, types.get(last));
    request.fake().offset(types.subList(0, last)).ifPresent(nest -> ack.putU32(MISSING_NEST, nest));
  }

  /**
   * Returns the same answer in bytes and numbers, for faults, delays and what else there may be.
   *
   * @return what the kernel answers with
   */
  public FakeAnswer fake() {
    return fake;
  }

  private SpecCodec codec() {
    return family.codec();
  }
}
