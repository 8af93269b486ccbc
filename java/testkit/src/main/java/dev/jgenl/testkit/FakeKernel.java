package dev.jgenl.testkit;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that does what a test's script says. It registers families, answers the controller's
 * questions about them, and hands requests to the script; and those of other protocols, too. Where
 * a script says nothing it does what {@code net/netlink/} of Linux does, and is no kinder.
 *
 * <p>Safe to share between threads; a script runs in the thread that sends the request, as the real
 * kernel does.
 */
public final class FakeKernel {

  static final int EPERM = 1;
  static final int EINVAL = 22;
  static final int EMFILE = 24;
  static final int EMSGSIZE = 90;
  static final int EPROTONOSUPPORT = 93;

  /** The number of the controller, and of its group; {@code GENL_ID_CTRL}. */
  static final int CONTROLLER = 16;

  /** The longest name of a family or group in bytes, without its end; {@code GENL_NAMSIZ}. */
  static final int NAME_MAX = 15;

  static final int NETLINK_GENERIC = 16;

  /** A socket is known by a negative number if that of the process is taken, as it mostly is. */
  private static final int FIRST_PORT = -4097;

  /** {@code MAX_LINKS}, less one. */
  private static final int PROTOCOL_MAX = 31;

  private static final int BUFFER_DEFAULT = 212_992;
  private static final int REQUESTS_KEPT = 10_000;

  private final FakeClock clock = new FakeClock(this::tellOfTime);
  private final Registry registry = new Registry(this);
  private final Dispatch generic = new GenericDispatch(this);
  private final ConcurrentMap<Integer, FakeProtocol> protocols = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, FakeTransport> sockets = new ConcurrentHashMap<>();
  private final Deque<FakeRequest> requests = new ArrayDeque<>();
  private int nextPort = FIRST_PORT;
  private int opened;
  private int socketLimit = Integer.MAX_VALUE;
  private int refusal;
  private int refusals;
  private int bufferSize = BUFFER_DEFAULT;
  private volatile boolean privileged = true;
  private volatile int bufferLimit = Integer.MAX_VALUE;

  /** Creates a kernel that knows Generic Netlink, and the controller only. */
  public FakeKernel() {}

  // Families.

  /**
   * Returns the controller, "nlctrl", whose script may be replaced; {@link FakeFamily#describe}
   * helps with that.
   *
   * @return the family that tells of families
   */
  public FakeFamily controller() {
    return registry.controller();
  }

  /**
   * Registers a family, with a number that no family had before.
   *
   * @param name its name, at most 15 bytes
   * @return the family, for its script
   * @throws IllegalArgumentException if there is a family of this name, or it is too long
   */
  public FakeFamily family(String name) {
    return registry.register(name);
  }

  /**
   * Unregisters a family, as unloading its module does: its groups lose their members, and the
   * controller tells of it.
   *
   * @param family the family
   * @throws IllegalStateException if it is not registered, or is the controller
   */
  public void unregister(FakeFamily family) {
    registry.unregister(family);
  }

  /**
   * Registers a family again, as loading its module anew does: under a number that no family had
   * before, with the same script, and its groups under the lowest numbers that are free in a row,
   * which are mostly the same.
   *
   * @param family a family that was unregistered
   * @return the family
   * @throws IllegalArgumentException if there is a family of this name
   */
  public FakeFamily registerAgain(FakeFamily family) {
    registry.registerAgain(family);
    return family;
  }

  /**
   * Registers another family under the number of one that was unregistered, as the real kernel does
   * when it has given all others.
   *
   * @param gone the family that was unregistered
   * @param name the name of the other
   * @return the other, for its script
   * @throws IllegalArgumentException if there is a family of this name, or the number is not free
   */
  public FakeFamily takeOver(FakeFamily gone, String name) {
    return registry.takeOver(gone.id(), name);
  }

  Registry registry() {
    return registry;
  }

  /**
   * Returns another protocol than Generic Netlink, which this kernel knows from the first call on.
   *
   * @param number such as {@link Netlink#ROUTE}, 0 to 31
   * @return the protocol, for its script
   * @throws IllegalArgumentException if it is Generic Netlink, or no number of a protocol
   */
  public FakeProtocol protocol(int number) {
    if (number < 0 || number > PROTOCOL_MAX || number == NETLINK_GENERIC) {
      throw new IllegalArgumentException(
          "protocol " + number + " is not another one than Generic Netlink within 0 and 31");
    }
    return protocols.computeIfAbsent(number, n -> new FakeProtocol(n, this));
  }

  Dispatch generic() {
    return generic;
  }

  // Requests.

  /**
   * Returns the requests that came from all sockets and reached a family, those to the controller
   * included, or another protocol.
   *
   * @return the last 10,000 at most, the oldest first
   */
  public List<FakeRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Forgets the requests that came so far. */
  public void forgetRequests() {
    synchronized (requests) {
      requests.clear();
    }
  }

  void log(FakeRequest request) {
    synchronized (requests) {
      if (requests.size() == REQUESTS_KEPT) {
        requests.remove();
      }
      requests.add(request);
    }
  }

  // Time and privilege.

  /**
   * Returns the clock, so that a test can move it.
   *
   * @return the time of all sockets of this kernel
   */
  public FakeClock clock() {
    return clock;
  }

  /**
   * Sets whether the process has {@code CAP_NET_ADMIN}. If it has not, commands with {@link
   * FakeFamily#GENL_ADMIN_PERM} or {@link FakeFamily#GENL_UNS_ADMIN_PERM} are refused with EPERM,
   * and so are joining an {@link FakeFamily#adminGroup}, what is no get of {@link Netlink#ROUTE},
   * and all of {@link Netlink#NETFILTER} and {@link Netlink#XFRM}.
   *
   * @param privileged true if it is not set
   */
  public void privileged(boolean privileged) {
    this.privileged = privileged;
  }

  boolean isPrivileged() {
    return privileged;
  }

  private void tellOfTime() {
    sockets.values().forEach(socket -> socket.change(q -> {}));
  }

  // Sockets.

  /**
   * Connects to this kernel.
   *
   * @return an open instance
   * @throws NetlinkException if sockets are refused
   */
  public Genl open() throws NetlinkException {
    return open(NetlinkOptions.DEFAULTS);
  }

  /**
   * Connects to this kernel.
   *
   * @param options how the instance behaves
   * @return an open instance
   * @throws NetlinkException if sockets are refused
   */
  public Genl open(NetlinkOptions options) throws NetlinkException {
    return Genl.open(options, sockets());
  }

  /**
   * Returns what opens sockets of this kernel, so that a test can stand in between. Protocols other
   * than Generic Netlink and those of {@link #protocol} are refused with EPROTONOSUPPORT. A factory
   * of the test's own in front of it has to hand on its {@link Transport.Factory#nanoTime()} if the
   * test moves the clock.
   *
   * @return a factory that holds nothing
   */
  public Transport.Factory sockets() {
    return new Sockets();
  }

  private final class Sockets implements Transport.Factory {

    @Override
    public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
      return openSocket(protocol, purpose);
    }

    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }
  }

  /**
   * Refuses the sockets that are asked for next.
   *
   * @param errno a positive errno, such as EMFILE, 24
   * @param count how many; 0 ends it, {@link Integer#MAX_VALUE} is for ever
   */
  public synchronized void refuseSockets(int errno, int count) {
    refusal = errno;
    refusals = count;
  }

  /**
   * Refuses sockets with EMFILE while so many are open.
   *
   * @param most how many
   */
  public synchronized void limitSockets(int most) {
    socketLimit = most;
  }

  /**
   * Sets the sizes of the receive and the send buffer of a socket, in bytes as the kernel accounts
   * them: a datagram in the receive buffer takes the power of two above its length and 320, and 256
   * more. What is asked for is doubled, and never lowers a buffer.
   *
   * @param initial of a socket that is opened from now on; 212,992 if it is not set
   * @param limit the most that is granted; there is no limit if it is not set
   */
  public synchronized void limitBuffers(int initial, int limit) {
    bufferSize = initial;
    bufferLimit = limit;
  }

  /**
   * Returns how many sockets are open.
   *
   * @return 0 when all that was opened is closed
   */
  public int openSockets() {
    return sockets.size();
  }

  /**
   * Returns how many sockets are open for a purpose.
   *
   * @param purpose what they were opened for
   * @return their number
   */
  public int openSockets(Transport.Purpose purpose) {
    return (int) sockets.values().stream().filter(s -> s.purpose() == purpose).count();
  }

  /**
   * Returns how many sockets were ever opened.
   *
   * @return the number, closed ones included and refused ones not
   */
  public synchronized int openedSockets() {
    return opened;
  }

  private synchronized Transport openSocket(int protocol, Transport.Purpose purpose)
      throws TransportException {
    if (refusals > 0) {
      refusals -= refusals == Integer.MAX_VALUE ? 0 : 1;
      throw new TransportException(refusal);
    }
    if (sockets.size() >= socketLimit) {
      throw new TransportException(EMFILE);
    }
    FakeProtocol other = protocols.get(protocol);
    if (other == null && protocol != NETLINK_GENERIC) {
      throw new TransportException(EPROTONOSUPPORT);
    }
    Dispatch dispatch = other == null ? generic : other.dispatch();
    FakeTransport socket = new FakeTransport(this, dispatch, purpose, nextPort--, bufferSize);
    opened++;
    sockets.put(socket.port(), socket);
    return socket;
  }

  /** Returns the size of a buffer of which more is asked for. */
  int raised(int size, int asked) {
    long doubled = Math.min(2L * asked, Integer.MAX_VALUE);
    return Math.max(size, (int) Math.min(doubled, bufferLimit));
  }

  @Nullable FakeTransport socket(int port) {
    return sockets.get(port);
  }

  /** Returns the members of a group of a protocol. */
  List<FakeTransport> members(Dispatch protocol, int group) {
    return sockets.values().stream()
        .filter(socket -> socket.dispatch() == protocol && socket.isMember(group))
        .toList();
  }

  void closed(FakeTransport socket) {
    sockets.remove(socket.port());
  }
}
