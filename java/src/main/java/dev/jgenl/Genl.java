package dev.jgenl;

import dev.jgenl.internal.LibnlTransport;
import dev.jgenl.internal.Transport;
import dev.jgenl.internal.TransportException;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The entry point to Generic Netlink: finds families, sends requests, starts dumps.
 *
 * <p>Safe to share between threads: a request socket is opened for each thread that waits at the
 * same time, up to 32; dumps have sockets of their own. Sockets belong to the network namespace of
 * the thread that opens them. Must be closed, which ends the waits of all threads.
 */
public final class Genl implements AutoCloseable {

  private final Transport.Factory transports;
  private final GenlOptions options;
  private final RequestSockets sockets;

  private Genl(Transport.Factory transports, GenlOptions options) {
    this.transports = transports;
    this.options = options;
    sockets = new RequestSockets(transports, options.timeout());
  }

  /**
   * Opens with {@link GenlOptions#DEFAULTS}.
   *
   * @return an open instance
   * @throws KernelException if the system refuses a socket
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static Genl open() throws NetlinkException {
    return open(GenlOptions.DEFAULTS);
  }

  /**
   * Opens.
   *
   * @param options how it behaves
   * @return an open instance
   * @throws KernelException if the system refuses a socket
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static Genl open(GenlOptions options) throws NetlinkException {
    return open(options, LibnlTransport::open);
  }

  /**
   * Opens on another transport than the kernel's sockets; for the testkit, since the type of the
   * second parameter is not exported.
   *
   * @param options how it behaves
   * @param transports opens the transports
   * @return an open instance
   * @throws NetlinkException if the first transport cannot be opened
   */
  @SuppressWarnings("exports")
  public static Genl open(GenlOptions options, Transport.Factory transports)
      throws NetlinkException {
    Genl genl = new Genl(transports, options);
    // A machine that cannot do it says so now and not at the first request.
    genl.sockets.give(genl.sockets.take());
    return genl;
  }

  /**
   * Asks the kernel for a family by name. The kernel may load the module that provides it.
   *
   * @param name the name of the family
   * @return the family
   * @throws FamilyNotFoundException if no such family is registered
   * @throws NetlinkException for any other failure
   */
  public GenlFamily family(String name) throws NetlinkException {
    RequestSocket socket = sockets.take();
    try {
      return socket.resolve(name);
    } finally {
      sockets.give(socket);
    }
  }

  /**
   * Sends a request that has exactly one message as its answer.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @param attributes writes the attributes of the request
   * @return the answer
   * @throws KernelException if the kernel refuses the request
   * @throws RequestTimeoutException if the answer does not come in time
   * @throws ProtocolException if the answer is none, several or malformed
   * @throws NetlinkException for any other failure
   */
  public GenlMessage request(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes)
      throws NetlinkException {
    return request(GenlRequest.of(family, command, attributes), GenlMessage::copy);
  }

  /**
   * Sends a request that has exactly one message as its answer, and decodes it in place.
   *
   * @param <T> the type of the result
   * @param request what to ask
   * @param reader decodes the answer; the message is valid only for the length of this call
   * @return what the reader returns
   * @throws KernelException if the kernel refuses the request
   * @throws RequestTimeoutException if the answer does not come in time
   * @throws ProtocolException if the answer is none, several or malformed
   * @throws NetlinkException for any other failure
   */
  public <T> T request(GenlRequest request, Function<? super GenlMessage, ? extends T> reader)
      throws NetlinkException {
    int headerSize = request.family().headerSize();
    return exchange(
        request,
        (messages, length, count, warning) -> {
          if (count != 1) {
            throw Failures.unexpected(count + " messages in answer where one was expected");
          }
          return reader.apply(
              new GenlMessage(messages, 0, messages.getInt(0), headerSize));
        });
  }

  /**
   * Sends a request that may have any number of messages as its answer, also none.
   *
   * @param request what to ask
   * @return the answer
   * @throws KernelException if the kernel refuses the request
   * @throws RequestTimeoutException if the answer does not come in time
   * @throws ProtocolException if the answer is malformed
   * @throws NetlinkException for any other failure
   */
  public GenlReply execute(GenlRequest request) throws NetlinkException {
    int headerSize = request.family().headerSize();
    return exchange(
        request,
        (messages, length, count, warning) -> {
          List<GenlMessage> copies = new ArrayList<>(count);
          MessageReader reader = new MessageReader().read(messages, 0, length);
          while (reader.next()) {
            copies.add(
                new GenlMessage(messages, reader.start(), reader.end(), headerSize).copy());
          }
          return new GenlReply(copies, warning);
        });
  }

  /**
   * Starts a dump.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return the dump, which must be closed
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump dump(GenlFamily family, int command) throws NetlinkException {
    return dump(GenlRequest.of(family, command));
  }

  /**
   * Starts a dump.
   *
   * @param request what to ask; a dump is never acknowledged
   * @return the dump, which must be closed
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump dump(GenlRequest request) throws NetlinkException {
    if (sockets.isClosed()) {
      throw Failures.closed();
    }
    Transport transport;
    try {
      transport = transports.open(Transport.Purpose.REQUESTS);
    } catch (TransportException e) {
      throw Failures.system("open a netlink socket", e.errno());
    }
    return Dump.start(transport, request, options.timeout());
  }

  /** Closes all request sockets; more than once does no harm. Dumps are closed by their owners. */
  @Override
  public void close() {
    sockets.close();
  }

  private <T> T exchange(GenlRequest request, RequestSocket.ReplyReader<T> reader)
      throws NetlinkException {
    RequestSocket socket = sockets.take();
    try {
      return socket.exchange(request, reader);
    } finally {
      sockets.give(socket);
    }
  }
}
