package dev.jgenl.spec;

import dev.jgenl.Dump;
import dev.jgenl.GenlPolicy;
import dev.jgenl.Message;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.Request;
import dev.jgenl.Subscription;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How a family is reached: by Generic Netlink or by a protocol of its own.
 *
 * @param <R> its requests
 * @param <M> its messages
 */
interface Port<R extends Request<R>, M extends Message> {

  /** Makes a request; {@code header} is the struct in front of the attributes. */
  R newRequest(int id, byte[] header, Consumer<AttributeWriter> attributes);

  <T> T request(R request, Function<M, T> reader) throws NetlinkException;

  Reply<M> execute(R request) throws NetlinkException;

  Dump<M> dump(R request) throws NetlinkException;

  List<Outcome<Reply<M>>> batch(List<R> requests);

  /** Tells whether {@link #transaction} can be had. */
  boolean hasTransactions();

  /** Has all done or none. */
  List<Outcome<Reply<M>>> transaction(List<R> requests);

  Subscription<M> subscribe(List<String> groups) throws NetlinkException;

  /** Lists first, and after each gap again. */
  Subscription<M> subscribe(R list, List<String> groups) throws NetlinkException;

  /** Returns what the kernel has to say of requests. */
  GenlPolicy policy() throws NetlinkException;

  /** Returns the kind of message that this receives. */
  Class<M> messageType();

  /** Returns the number of the command, or the type of the message. */
  int id(M message);

  ByteBuffer header(M message, int length);

  Attributes attributes(M message, int headerLength);
}
