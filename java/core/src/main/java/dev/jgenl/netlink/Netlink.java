package dev.jgenl.netlink;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.engine.Batch;
import dev.jgenl.engine.Deadline;
import dev.jgenl.engine.Engine;
import dev.jgenl.engine.Envelope;
import dev.jgenl.engine.Failures;
import dev.jgenl.engine.Leaks;
import dev.jgenl.engine.Listing;
import dev.jgenl.engine.OpenDump;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Replies;
import dev.jgenl.engine.Settings;
import dev.jgenl.engine.Transaction;
import dev.jgenl.engine.Values;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.Transport.Purpose;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entry point to a protocol of netlink beside Generic Netlink: sends requests and transactions,
 * starts dumps and subscriptions.
 *
 * <pre>{@code
 * int getLink = 18; // RTM_GETLINK of linux/rtnetlink.h
 * int interfaceName = 3; // IFLA_IFNAME of linux/if_link.h
 * int header = 16; // struct ifinfomsg
 * try (Netlink route = Netlink.open(Netlink.ROUTE);
 *     Dump<NetlinkMessage> links = route.dump(NetlinkRequest.of(getLink, new byte[header]))) {
 *   for (NetlinkMessage link : links) {
 *     System.out.println(link.attributes(header).get(interfaceName).string());
 *   }
 * }
 * }</pre>
 *
 * <p>Sockets of {@link #ROUTE} ask for strict checks ({@code NETLINK_GET_STRICT_CHK}): the kernel
 * refuses a dump with a header of another length than the type has, or with what it does not know,
 * and filters by what it does.
 *
 * <p>Safe to share between threads: a request socket is opened for each thread that waits at the
 * same time, up to 32; dumps and subscriptions have sockets of their own. All are in one network
 * namespace: that of the thread that opens the instance, or the one that {@link NetlinkOptions}
 * names. Must be closed, which ends the waits of all threads.
 */
public final class Netlink implements AutoCloseable {

  /** Links, addresses, routes, neighbours, rules, queueing: {@code NETLINK_ROUTE}, rtnetlink(7). */
  public static final int ROUTE = 0;

  /** Sockets of other protocols: {@code NETLINK_SOCK_DIAG}, sock_diag(7). */
  public static final int SOCK_DIAG = 4;

  /** IPsec: {@code NETLINK_XFRM}. */
  public static final int XFRM = 6;

  /**
   * Auditing: {@code NETLINK_AUDIT}. An answer comes behind the acknowledgement and bears port 0
   * ({@code audit_send_reply()}), so what gets something is asked {@link
   * NetlinkRequest#withoutAck()} and {@link NetlinkRequest#withAnyPort()}.
   */
  public static final int AUDIT = 9;

  /** nftables, conntrack, queues, logs, ipset: {@code NETLINK_NETFILTER}. */
  public static final int NETFILTER = 12;

  private final Engine engine;
  private final Protocol protocol;
  private final Cleaner.Cleanable leak;

  private Netlink(Engine engine, Protocol protocol) {
    this.engine = engine;
    this.protocol = protocol;
    leak = Leaks.watch(this, "a Netlink", engine);
  }

  /**
   * Opens with {@link NetlinkOptions#DEFAULTS}.
   *
   * @param protocol its number, such as {@link #ROUTE}
   * @return an open instance
   * @throws KernelException if the system refuses a socket, with EPROTONOSUPPORT if the kernel has
   *     no such protocol
   * @throws IllegalArgumentException for Generic Netlink, which {@link Genl} is for
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static Netlink open(int protocol) throws NetlinkException {
    return open(protocol, NetlinkOptions.DEFAULTS);
  }

  /**
   * Opens.
   *
   * @param protocol its number, such as {@link #ROUTE}
   * @param options how it behaves
   * @return an open instance
   * @throws KernelException if the system refuses a socket, with EPROTONOSUPPORT if the kernel has
   *     no such protocol
   * @throws IllegalArgumentException for Generic Netlink, which {@link Genl} is for
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static Netlink open(int protocol, NetlinkOptions options) throws NetlinkException {
    requireOther(protocol);
    return open(protocol, options, Genl.sockets(options));
  }

  /**
   * Opens on other transports than the kernel's sockets, or on those behind others ({@link
   * Genl#sockets}): to record, to replay, or to test.
   *
   * @param protocol its number, such as {@link #ROUTE}
   * @param options how it behaves; the network namespace is that of the transports
   * @param transports opens the transports; closed with the instance, also if this fails
   * @return an open instance
   * @throws IllegalArgumentException for Generic Netlink, which {@link Genl} is for
   * @throws NetlinkException if the first transport cannot be opened
   */
  public static Netlink open(int protocol, NetlinkOptions options, Transport.Factory transports)
      throws NetlinkException {
    try {
      requireOther(protocol);
    } catch (IllegalArgumentException e) {
      transports.close();
      throw e;
    }
    Settings settings =
        new Settings(
            Deadline.nanos(options.timeout()), options.receiveBuffer(), options.dumpPolicy());
    try {
      return new Netlink(new Engine(transports, protocol, settings), new Protocol(protocol));
    } catch (KernelException e) {
      throw e.error() == Errno.EPROTONOSUPPORT ? unknown(protocol) : e;
    }
  }

  private static NetlinkException unknown(int protocol) {
    return Failures.system(
        "open a socket of netlink protocol " + protocol,
        Errno.EPROTONOSUPPORT.number(),
        ": this kernel has no such protocol");
  }

  private static void requireOther(int protocol) {
    if (protocol == Engine.GENERIC) {
      throw new IllegalArgumentException("protocol 16 is Generic Netlink: open a Genl");
    }
  }

  /**
   * Sends a request that has exactly one message as its answer.
   *
   * @param request what to ask
   * @return the answer
   * @throws NetlinkException as {@link #request(NetlinkRequest, Function)} does
   */
  public NetlinkMessage request(NetlinkRequest request) throws NetlinkException {
    return request(request, NetlinkMessage::copy);
  }

  /**
   * Sends a request that has exactly one message as its answer, and decodes it in place.
   *
   * @param <T> the type of the result
   * @param request what to ask
   * @param reader decodes the answer; the message is valid only for the length of this call
   * @return what the reader returns
   * @throws IllegalArgumentException if the flags would make the kernel dump: both bits of {@code
   *     NLM_F_DUMP}, or either of them where something is got
   * @throws KernelException if the kernel refuses the request
   * @throws RequestTimeoutException if the answer does not come in time
   * @throws ProtocolException if the answer is none, several or malformed
   * @throws NetlinkException for any other failure
   */
  public <T> T request(NetlinkRequest request, Function<? super NetlinkMessage, ? extends T> reader)
      throws NetlinkException {
    try {
      return engine.request(envelope(request), NetlinkMessage::decode, reader);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Sends a request that may have any number of messages as its answer, also none.
   *
   * @param request what to ask
   * @return the answer
   * @throws IllegalArgumentException if the flags would make the kernel dump: both bits of {@code
   *     NLM_F_DUMP}, or either of them where something is got
   * @throws KernelException if the kernel refuses the request
   * @throws RequestTimeoutException if the answer does not come in time
   * @throws ProtocolException if the answer is malformed
   * @throws NetlinkException for any other failure
   */
  public Reply<NetlinkMessage> execute(NetlinkRequest request) throws NetlinkException {
    try {
      return engine.exchange(envelope(request), answer -> answer.reply(NetlinkMessage::decode));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Starts a dump.
   *
   * @param request what to ask; a dump is never acknowledged
   * @return the dump, which must be closed
   * @throws NetlinkException if the request cannot be sent; a refusal shows when the dump is read
   */
  public Dump<NetlinkMessage> dump(NetlinkRequest request) throws NetlinkException {
    return new OpenDump<>(
        engine.dump(patience -> envelope(request), NetlinkMessage::decode), dumpPolicy());
  }

  /**
   * Sends many requests at once and reads their answers as they come: quicker than one after the
   * other. They are done in their order, a window of them at a time, and each has an outcome of its
   * own, as with {@link Genl#batch(List)}. It is no transaction: what was done stays done.
   *
   * @param requests what to ask
   * @return the outcomes in the order of the requests
   */
  public List<Outcome<Reply<NetlinkMessage>>> batch(List<NetlinkRequest> requests) {
    return exchangeAll(requests, new Replies<>(NetlinkMessage::decode, requests.size()));
  }

  /**
   * Sends many requests at once, each of which has exactly one message as its answer, and decodes
   * them in place; otherwise as {@link #batch(List)}.
   *
   * @param <T> the type of the results
   * @param requests what to ask
   * @param reader decodes an answer; the message is valid only for the length of this call. What it
   *     throws is the outcome of that request, unless it is an {@link Error}
   * @return the outcomes in the order of the requests
   */
  public <T> List<Outcome<T>> batch(
      List<NetlinkRequest> requests, Function<? super NetlinkMessage, ? extends T> reader) {
    return exchangeAll(requests, new Values<>(NetlinkMessage::decode, reader, requests.size()));
  }

  /**
   * Has many requests done together, all of them or none: {@code NFNL_MSG_BATCH_BEGIN}, the
   * requests, {@code NFNL_MSG_BATCH_END} in one datagram. That is how nftables changes ({@code
   * nfnetlink_rcv_batch()} of the kernel); no other subsystem has it.
   *
   * <p>Either each outcome is a success, or none is and nothing was done: the outcome of a request
   * that the kernel refused is its {@link KernelException}, that of all others a {@link
   * NotDoneException}, whose cause says why; so it is of all where the whole is refused. If the
   * kernel's verdict does not come ({@link RequestTimeoutException}, an overrun, an interrupt,
   * {@link #close()}), that is the outcome of all, and nobody knows whether they were done. Which
   * of the requests bear {@code NLM_F_ECHO} have what they did in their replies, except for
   * elements of sets, of which the kernel does not say what request has changed them. The longest
   * time limit of the requests is that of all; the kernel does them within the call that sends
   * them, which nothing ends before its time.
   *
   * @param subsystem whose requests they are: {@code NFNL_SUBSYS_NFTABLES}, 10
   * @param requests what to do, at least one request
   * @return the outcomes in the order of the requests
   * @throws IllegalArgumentException if the subsystem is not within 0 to 255, there is no request,
   *     one is of another subsystem, or its header is shorter than the 4 bytes of {@code struct
   *     nfgenmsg}
   * @throws UnsupportedOperationException if the protocol is not {@link #NETFILTER}
   */
  public List<Outcome<Reply<NetlinkMessage>>> transaction(
      int subsystem, List<NetlinkRequest> requests) {
    try {
      return transactionOf(subsystem, requests).run(engine);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Subscribes to multicast groups.
   *
   * @param groups their numbers, such as {@code RTNLGRP_LINK}, 1; at least one
   * @return the subscription, which must be closed
   * @throws IllegalArgumentException if no group is given, or one is less than 1
   * @throws KernelException with EINVAL if the protocol has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public NetlinkSubscription subscribe(int... groups) throws NetlinkException {
    return subscribe((Listing<NetlinkMessage>) null, groups);
  }

  /**
   * Subscribes to multicast groups, and lists what there is: first the groups are joined, then one
   * list after the other is dumped, then the notifications follow. After a {@link Event.Gap} all
   * are listed again.
   *
   * @param lists dump what the notifications are about; at least one request
   * @param groups their numbers, such as {@code RTNLGRP_LINK}, 1; at least one
   * @return the subscription, which must be closed
   * @throws IllegalArgumentException if no list or no group is given, or one is less than 1
   * @throws KernelException with EINVAL if the protocol has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public NetlinkSubscription subscribe(List<NetlinkRequest> lists, int... groups)
      throws NetlinkException {
    if (lists.isEmpty()) {
      throw new IllegalArgumentException("no list is given: subscribe(groups) needs none");
    }
    return subscribe(
        new Listing<>(
            engine,
            lists.stream().map(this::envelope).<Envelope.Source>map(e -> patience -> e).toList(),
            NetlinkMessage::decode),
        groups);
  }

  /**
   * Opens a socket of one's own, for what the kernel ties to the socket that asked.
   *
   * @return the connection, which must be closed
   * @throws NetlinkException if the system refuses a socket
   */
  public NetlinkConnection connect() throws NetlinkException {
    OwnedConnection connection = engine.own(Purpose.REQUESTS, engine.settings().receiveBuffer());
    boolean opened = false;
    try {
      NetlinkConnection owned =
          new NetlinkConnection(this, connection, new Groups(connection, protocol));
      opened = true;
      return owned;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  /**
   * Returns the protocol that it speaks.
   *
   * @return its number, such as {@link #ROUTE}
   */
  public int protocol() {
    return protocol.number();
  }

  /**
   * Closes all that was opened through it, dumps, subscriptions and connections too, and ends all
   * waits with a {@link ClosedException}; more than once does no harm.
   */
  @Override
  public void close() {
    engine.close();
    leak.clean();
  }

  /** Names the protocol, such as "netlink route". */
  @Override
  public String toString() {
    return "netlink " + protocol.name();
  }

  NetlinkEnvelope envelope(NetlinkRequest request) {
    return new NetlinkEnvelope(
        Objects.requireNonNull(request, "request"), protocol, engine.settings().timeout());
  }

  Transaction<NetlinkMessage> transactionOf(int subsystem, List<NetlinkRequest> requests) {
    if (protocol.number() != NETFILTER) {
      throw new UnsupportedOperationException(protocol.name() + " has no transactions");
    }
    NetlinkRequest begin = Nfnetlink.begin(subsystem);
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("no request is given, so nothing would be done");
    }
    requests.forEach(request -> Nfnetlink.requirePart(subsystem, request));
    return new Transaction<>(
        envelope(begin),
        requests.stream().map(this::envelope).toList(),
        envelope(Nfnetlink.end(subsystem)),
        new Replies<>(NetlinkMessage::decode, requests.size()));
  }

  DumpPolicy dumpPolicy() {
    return engine.settings().dumpPolicy();
  }

  private <T> List<Outcome<T>> exchangeAll(
      List<NetlinkRequest> requests, Batch.Results<T> results) {
    try {
      return Batch.run(engine, requests, this::envelope, results);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private NetlinkSubscription subscribe(@Nullable Listing<NetlinkMessage> listing, int... groups)
      throws NetlinkException {
    if (groups.length == 0) {
      throw new IllegalArgumentException("no group is given, so nothing would ever come");
    }
    OwnedConnection connection =
        engine.own(Purpose.NOTIFICATIONS, engine.settings().receiveBuffer());
    boolean opened = false;
    try {
      NetlinkSubscription subscription =
          new NetlinkSubscription(this, connection, new Groups(connection, protocol), listing);
      for (int group : groups) {
        subscription.join(group);
      }
      opened = true;
      return subscription;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }
}
