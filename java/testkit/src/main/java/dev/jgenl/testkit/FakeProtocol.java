package dev.jgenl.testkit;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.testkit.FakeFamily.Script;
import dev.jgenl.wire.NetlinkConstants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Another protocol than Generic Netlink of a {@link FakeKernel}, and the script of the types of its
 * messages. Safe to share between threads.
 *
 * <pre>{@code
 * int getLink = 18; // RTM_GETLINK
 * int newLink = 16; // RTM_NEWLINK
 * int header = 16; // struct ifinfomsg
 * int name = 3; // IFLA_IFNAME
 * FakeProtocol route = new FakeKernel().protocol(Netlink.ROUTE);
 * route.onDump(getLink, header, (request, answer) ->
 *     answer.message(newLink, a -> a.putString(name, "eth0")));
 * try (Netlink netlink = route.open();
 *     Dump<NetlinkMessage> links = netlink.dump(NetlinkRequest.of(getLink, new byte[header]))) {
 *   System.out.println(links.next().attributes(header).get(name).string());
 * }
 * }</pre>
 */
public final class FakeProtocol {

  /** What a type does, and how long its header is. */
  record Handler(int headerSize, Script script) {}

  /** Of {@code struct nfgenmsg}, in bytes. */
  static final int NFGENMSG = 4;

  private static final Script NOTHING = (request, answer) -> {};

  /** Of a protocol that does not say how many it has. */
  private static final int GROUPS = 32;

  private final int number;
  private final FakeKernel kernel;
  private final Dispatch dispatch;
  private final Map<Integer, Handler> dos = new ConcurrentHashMap<>();
  private final Map<Integer, Handler> dumps = new ConcurrentHashMap<>();
  private final Map<Integer, Script> parts = new ConcurrentHashMap<>();
  private final Map<Integer, FakePolicy> policies = new ConcurrentHashMap<>();
  private final Map<Integer, FakePolicy> dumpPolicies = new ConcurrentHashMap<>();
  private volatile Script begin = NOTHING;
  private volatile Script commit = NOTHING;
  private volatile int groups = GROUPS;

  FakeProtocol(int number, FakeKernel kernel) {
    this.number = number;
    this.kernel = kernel;
    dispatch =
        number == Netlink.NETFILTER
            ? new NetfilterDispatch(kernel, this)
            : new ProtocolDispatch(kernel, this);
  }

  /**
   * Returns the number.
   *
   * @return such as {@link Netlink#ROUTE}
   */
  public int number() {
    return number;
  }

  /**
   * Sets what a message does. A type of which nothing is set is refused: with EOPNOTSUPP by {@link
   * Netlink#ROUTE}, with EINVAL by any other.
   *
   * @param type its type, 16 to 65535
   * @param headerSize the length of the header between {@code nlmsghdr} and attributes, in bytes; a
   *     shorter message is refused with EINVAL
   * @param script answers it
   * @return this
   * @throws IllegalArgumentException if type or header size is out of range
   */
  public FakeProtocol onDo(int type, int headerSize, Script script) {
    dos.put(requireType(type), handler(headerSize, script));
    return this;
  }

  /**
   * Sets what a message does as a dump: so it is one that gets something, and either bit of {@link
   * NetlinkConstants#NLM_F_DUMP} makes it a dump, whatever it was meant for.
   *
   * @param type its type, 16 to 65535
   * @param headerSize the length of the header between {@code nlmsghdr} and attributes, in bytes; a
   *     shorter message is refused with EINVAL
   * @param script answers it
   * @return this
   * @throws IllegalArgumentException if type or header size is out of range
   */
  public FakeProtocol onDump(int type, int headerSize, Script script) {
    dumps.put(requireType(type), handler(headerSize, script));
    return this;
  }

  /**
   * Sets what a message does in a transaction, outside of which it is refused with EINVAL. Its
   * header is {@code struct nfgenmsg}.
   *
   * <p>All requests of a transaction reach their scripts. What these answer comes when all have
   * run, in the order of the requests. If none has refused the transaction succeeds: before the
   * answers comes what {@link FakeAnswer#notify(int, int, byte[], Consumer)} tells, which else
   * nobody gets. Where one refuses with ENOMEM no more than that is answered, and to the first of
   * all. A malformed transaction, or one with a second begin, is dropped without a word; of one
   * without an end nothing is done.
   *
   * @param type its type, 256 times the subsystem and the message
   * @param script answers it
   * @return this
   * @throws IllegalArgumentException if the type is out of range
   * @throws UnsupportedOperationException if the protocol is not {@link Netlink#NETFILTER}
   */
  public FakeProtocol onTransaction(int type, Script script) {
    requireNetfilter();
    parts.put(requireType(type), script);
    return this;
  }

  /**
   * Sets what happens when a transaction begins. An error refuses the whole, and nothing else is
   * answered; {@link FakeAnswer#unanswered()} drops it without a word.
   *
   * @param script answers {@code NFNL_MSG_BATCH_BEGIN}
   * @return this
   * @throws UnsupportedOperationException if the protocol is not {@link Netlink#NETFILTER}
   */
  public FakeProtocol onBegin(Script script) {
    requireNetfilter();
    begin = script;
    return this;
  }

  /**
   * Sets what happens when all requests of a transaction have succeeded, before anybody is told. An
   * error is one of the whole, of which nothing is done; it comes before the acknowledgements,
   * which follow all the same. As the kernel has it, all that is said of the whole then bears the
   * numbers of the first request.
   *
   * @param script answers the first request
   * @return this
   * @throws UnsupportedOperationException if the protocol is not {@link Netlink#NETFILTER}
   */
  public FakeProtocol onCommit(Script script) {
    requireNetfilter();
    commit = script;
    return this;
  }

  /**
   * Sets what a type accepts, also in a transaction. The kernel refuses what is otherwise, before
   * the script. As these protocols are older, it takes nests for nests however they are flagged,
   * and numbers that are too long; what it does not know it refuses, as those do that check
   * strictly.
   *
   * @param type its type, 16 to 65535
   * @param content says what is accepted
   * @return this
   * @throws IllegalArgumentException if the type is out of range
   */
  public FakeProtocol policy(int type, Consumer<? super FakePolicy> content) {
    policies.put(requireType(type), FakePolicy.of(content));
    return this;
  }

  /**
   * Sets what a type accepts as a dump, if that is something else than as a do.
   *
   * @param type its type, 16 to 65535
   * @param content says what is accepted
   * @return this
   * @throws IllegalArgumentException if the type is out of range
   */
  public FakeProtocol dumpPolicy(int type, Consumer<? super FakePolicy> content) {
    dumpPolicies.put(requireType(type), FakePolicy.of(content));
    return this;
  }

  /**
   * Tells why the kernel refuses a request of this protocol by the policy of its type.
   *
   * @param request what came, or comes
   * @return why; empty if it accepts it
   */
  public Optional<FakeFault> fault(FakeRequest request) {
    return Optional.ofNullable(check(request))
        .map(f -> new FakeFault(f.errno(), f.text(), f.path()));
  }

  private @Nullable Fault check(FakeRequest request) {
    FakePolicy ofDump = request.isDump() ? dumpPolicies.get(request.type()) : null;
    FakePolicy policy = ofDump == null ? policies.get(request.type()) : ofDump;
    return policy == null
        ? null
        : Validation.fault(request, policy, policy.maxType(), /* strict= */ false);
  }

  /** Checks the attributes of a request, and refuses it if they are wrong. */
  boolean accepts(FakeRequest request, FakeAnswer answer) {
    Fault fault = check(request);
    if (fault != null && number == Netlink.ROUTE) {
      // It looks at what a dump is asked for when it dumps.
      answer.error(fault.errno(), fault::describe);
    } else if (fault != null) {
      answer.refuse(fault.errno(), fault::describe);
    }
    return fault == null;
  }

  /**
   * Has a multicast group of this number, and all below it.
   *
   * @param number 1 or more
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public synchronized FakeProtocol group(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("no group has the number " + number);
    }
    groups = Math.max(groups, number);
    return this;
  }

  /**
   * Sets how many multicast groups there are. Joining any other is refused with EINVAL.
   *
   * @param highest the number of the last, 0 or more; 32 if it is not set
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public synchronized FakeProtocol groups(int highest) {
    if (highest < 0) {
      throw new IllegalArgumentException("highest group " + highest + " is negative");
    }
    groups = highest;
    return this;
  }

  /**
   * Notifies the members of a group.
   *
   * @param group its number
   * @param script sends the notifications, and the faults in them; run once for each member
   * @throws IllegalArgumentException if there is no such group
   */
  public void notify(int group, Consumer<? super FakeAnswer> script) {
    dispatch.requireGroup(group);
    dispatch.tell(null, group, null, script);
  }

  /**
   * Sends events to one socket, as a queue of packets does to the one that is bound to it.
   *
   * @param portId the port of the socket, see {@link FakeRequest#portId()}
   * @param script sends the events, and the faults in them
   * @return whether a socket of this protocol with this port is open
   */
  public boolean send(int portId, Consumer<? super FakeAnswer> script) {
    FakeTransport socket = kernel.socket(portId);
    if (socket == null || socket.dispatch() != dispatch) {
      return false;
    }
    script.accept(FakeAnswer.event(null, socket, 0));
    return true;
  }

  /**
   * Returns the requests to this protocol, among those of {@link FakeKernel#requests()}. Begin and
   * end of a transaction are none.
   *
   * @return the oldest first
   */
  public List<FakeRequest> requests() {
    return kernel.requests().stream().filter(r -> r.protocol() == number).toList();
  }

  /**
   * Connects to this kernel.
   *
   * @return an open instance
   * @throws NetlinkException if sockets are refused
   */
  public Netlink open() throws NetlinkException {
    return open(NetlinkOptions.DEFAULTS);
  }

  /**
   * Connects to this kernel.
   *
   * @param options how the instance behaves
   * @return an open instance
   * @throws NetlinkException if sockets are refused
   */
  public Netlink open(NetlinkOptions options) throws NetlinkException {
    return Netlink.open(number, options, kernel.sockets());
  }

  Dispatch dispatch() {
    return dispatch;
  }

  @Nullable Handler onDo(int type) {
    return dos.get(type);
  }

  @Nullable Handler onDump(int type) {
    return dumps.get(type);
  }

  @Nullable Script part(int type) {
    return parts.get(type);
  }

  /** Tells whether a subsystem has messages for transactions. */
  boolean hasTransactions(int subsystem) {
    return parts.keySet().stream().anyMatch(type -> type >> 8 == subsystem);
  }

  Script begin() {
    return begin;
  }

  Script commit() {
    return commit;
  }

  int groups() {
    return groups;
  }

  private static int requireType(int type) {
    if (type < NetlinkConstants.NLMSG_MIN_TYPE || type > 0xffff) {
      throw new IllegalArgumentException("type " + type + " is not within 16 to 65535");
    }
    return type;
  }

  private static Handler handler(int headerSize, Script script) {
    if (headerSize < 0 || headerSize > 0xffff) {
      throw new IllegalArgumentException("header of " + headerSize + " bytes");
    }
    return new Handler(headerSize, script);
  }

  private void requireNetfilter() {
    if (number != Netlink.NETFILTER) {
      throw new UnsupportedOperationException("only netfilter has transactions");
    }
  }
}
