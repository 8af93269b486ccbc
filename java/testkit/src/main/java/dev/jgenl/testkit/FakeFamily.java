package dev.jgenl.testkit;

import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A family of a {@link FakeKernel}, and the script of its commands. It stays the same when it is
 * unregistered and registered again, except for its numbers. Safe to share between threads.
 */
public final class FakeFamily {

  /** What a command does. */
  @FunctionalInterface
  public interface Script {

    /**
     * Answers a request. When it returns, the kernel acknowledges the request if that was asked for
     * and no error was answered, and ends a dump. It runs in the thread that sends the request, to
     * which it throws.
     *
     * @param request what was asked
     * @param answer takes the answer
     */
    void run(FakeRequest request, FakeAnswer answer);
  }

  /** A command that wants {@code CAP_NET_ADMIN} in the initial user namespace. */
  public static final int GENL_ADMIN_PERM = 0x01;

  /** A command that wants {@code CAP_NET_ADMIN} in the user namespace of the network namespace. */
  public static final int GENL_UNS_ADMIN_PERM = 0x10;

  private static final int CAP_DO = 0x02;
  private static final int CAP_DUMP = 0x04;
  private static final int CAP_HASPOL = 0x08;

  private final FakeKernel kernel;
  private final String name;
  private volatile int resvStartOp;
  private final Map<Integer, Script> dos = new ConcurrentHashMap<>();
  private final Map<Integer, Script> dumps = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> commandFlags = new ConcurrentHashMap<>();
  private final Set<String> adminGroups = ConcurrentHashMap.newKeySet();
  private final Map<Integer, FakePolicy> policies = new ConcurrentHashMap<>();
  private final Map<Integer, FakePolicy> dumpPolicies = new ConcurrentHashMap<>();
  private volatile @Nullable FakePolicy policy;
  private final Map<String, Integer> groups = new LinkedHashMap<>();
  private volatile int id;
  private volatile int version = 1;
  private volatile int headerSize;
  private volatile int maxAttribute;

  FakeFamily(String name, FakeKernel kernel) {
    this.name = name;
    this.kernel = kernel;
  }

  /**
   * Returns the name.
   *
   * @return the name under which it is registered
   */
  public String name() {
    return name;
  }

  /**
   * Returns the number.
   *
   * @return that under which it is registered, or was last; 19 or more, for the controller 16
   */
  public int id() {
    return id;
  }

  /**
   * Sets the version of the protocol.
   *
   * @param version 0 to 255; 1 if it is not set
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public FakeFamily version(int version) {
    this.version = requireRange("version", version, 255);
    return this;
  }

  /**
   * Sets the size of the header that the family's messages have before their attributes.
   *
   * @param bytes 0 to 65535; 0 if it is not set
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public FakeFamily headerSize(int bytes) {
    headerSize = requireRange("header size", bytes, 0xffff);
    return this;
  }

  /**
   * Sets the highest attribute. If it is not 0 the kernel refuses what is higher, in commands
   * without a policy of their own.
   *
   * @param type its number, 0 to 16383; if it is not set, the highest in the family's policy
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public FakeFamily maxAttribute(int type) {
    maxAttribute = requireRange("highest attribute", type, NetlinkConstants.NLA_TYPE_MASK);
    return this;
  }

  /**
   * Sets flags of a command. Whether it can be asked as a do or a dump, and whether it has a
   * policy, need not be set: scripts and policies tell.
   *
   * @param command its number
   * @param flags such as {@link #GENL_ADMIN_PERM}, see {@link FakeKernel#privileged}
   * @return this
   */
  public FakeFamily commandFlags(int command, int flags) {
    commandFlags.put(command, flags);
    return this;
  }

  /**
   * Sets what all commands accept that have no policy of their own. The kernel refuses what is
   * otherwise, before the script, and the controller tells of it.
   *
   * @param content says what is accepted
   * @return this
   */
  public FakeFamily policy(Consumer<? super FakePolicy> content) {
    policy = FakePolicy.of(content);
    return this;
  }

  /**
   * Sets what a command accepts. The kernel refuses what is otherwise, before the script, and the
   * controller tells of it.
   *
   * @param command its number
   * @param content says what is accepted
   * @return this
   */
  public FakeFamily policy(int command, Consumer<? super FakePolicy> content) {
    policies.put(command, FakePolicy.of(content));
    return this;
  }

  /**
   * Sets what a command accepts as a dump, if that is something else than as a do.
   *
   * @param command its number
   * @param content says what is accepted
   * @return this
   */
  public FakeFamily dumpPolicy(int command, Consumer<? super FakePolicy> content) {
    dumpPolicies.put(command, FakePolicy.of(content));
    return this;
  }

  /**
   * Sets from which command on the flags of a request are checked, as newer kernels do for newer
   * families and commands: {@code genl_family.resv_start_op}. Below it any flag is accepted.
   *
   * @param command its number; 0, at first, for all, 256 for none
   * @return this
   */
  public FakeFamily resvStartOp(int command) {
    resvStartOp = command;
    return this;
  }

  int resvStartOp() {
    return resvStartOp;
  }

  /**
   * Sets what a command does.
   *
   * @param command its number
   * @param script answers it
   * @return this
   */
  public FakeFamily onDo(int command, Script script) {
    dos.put(command, script);
    return this;
  }

  /**
   * Sets what a command does as a dump.
   *
   * @param command its number
   * @param script answers it
   * @return this
   */
  public FakeFamily onDump(int command, Script script) {
    dumps.put(command, script);
    return this;
  }

  /**
   * Adds a multicast group, under the lowest number that is free, and has the controller say so.
   *
   * @param group its name, at most 15 bytes
   * @return this
   */
  public FakeFamily group(String group) {
    kernel.registry().addGroup(this, group);
    return this;
  }

  /**
   * Adds a multicast group that only a process with privilege may join, see {@link
   * FakeKernel#privileged}: {@code GENL_MCAST_CAP_NET_ADMIN}.
   *
   * @param group its name, at most 15 bytes
   * @return this
   */
  public FakeFamily adminGroup(String group) {
    adminGroups.add(group);
    return group(group);
  }

  /** Tells whether a group of this number is one that wants privilege. */
  boolean hasAdminGroup(int number) {
    Map<String, Integer> all = groups();
    return adminGroups.stream().anyMatch(group -> all.getOrDefault(group, 0) == number);
  }

  /**
   * Notifies the members of a group. There are none while the family is not registered.
   *
   * @param group its name
   * @param script sends the notifications, and the faults in them; run once for each member
   * @throws IllegalArgumentException if there is no such group
   */
  public void notify(String group, Consumer<? super FakeAnswer> script) {
    kernel.generic().tell(this, groupNumber(group), null, script);
  }

  int groupNumber(String group) {
    Integer number = groups().get(group);
    if (number == null) {
      throw new IllegalArgumentException("family " + name + " has no group " + group);
    }
    return number;
  }

  /**
   * Sends events to one socket, as families do to the one that has registered with them.
   *
   * @param portId the port of the socket, see {@link FakeRequest#portId()}
   * @param script sends the events, and the faults in them
   * @return whether a socket with this port is open
   */
  public boolean send(int portId, Consumer<? super FakeAnswer> script) {
    FakeTransport socket = kernel.socket(portId);
    if (socket == null) {
      return false;
    }
    script.accept(FakeAnswer.event(this, socket, 0));
    return true;
  }

  /**
   * Returns the requests to this family, among those of {@link FakeKernel#requests()}.
   *
   * @return the oldest first
   */
  public List<FakeRequest> requests() {
    return kernel.requests().stream().filter(r -> r.family().equals(name)).toList();
  }

  /**
   * Writes what the controller tells of this family, for a script of the controller's.
   *
   * @param a writes the attributes of {@code CTRL_CMD_NEWFAMILY}
   */
  public void describe(AttributeWriter a) {
    FakeController.describe(this, a);
  }

  @Nullable Script script(FakeRequest request) {
    return (request.isDump() ? dumps : dos).get(request.command());
  }

  void setId(int id) {
    this.id = id;
  }

  int version() {
    return version;
  }

  int headerSize() {
    return headerSize;
  }

  int maxAttribute() {
    FakePolicy all = policy;
    return all == null ? maxAttribute : Math.max(maxAttribute, all.maxType());
  }

  /** Returns what a command accepts; null if it has no policy. */
  @Nullable FakePolicy policy(int command, boolean dump) {
    FakePolicy own = ownPolicy(command, dump);
    return own == null ? policy : own;
  }

  private @Nullable FakePolicy ownPolicy(int command, boolean dump) {
    FakePolicy ofDump = dump ? dumpPolicies.get(command) : null;
    return ofDump == null ? policies.get(command) : ofDump;
  }

  /**
   * Tells why the kernel refuses a request to this family by its policy.
   *
   * @param request what came, or comes
   * @return why; empty if it accepts it
   */
  public Optional<FakeFault> fault(FakeRequest request) {
    return Optional.ofNullable(check(request))
        .map(f -> new FakeFault(f.errno(), f.text(), f.path()));
  }

  private @Nullable Fault check(FakeRequest request) {
    FakePolicy own = ownPolicy(request.command(), request.isDump());
    int maxType = own == null ? maxAttribute() : own.maxType();
    // genl_ctrl_ops: GENL_DONT_VALIDATE_STRICT
    boolean strict = id() != FakeKernel.CONTROLLER || request.command() != FakeController.GETFAMILY;
    return Validation.fault(request, policy(request.command(), request.isDump()), maxType, strict);
  }

  /** Checks the attributes of a request, and refuses it if they are wrong. */
  boolean accepts(FakeRequest request, FakeAnswer answer) {
    Fault fault = check(request);
    if (fault != null) {
      answer.refuse(fault.errno(), fault::describe);
    }
    return fault == null;
  }

  /** Returns all commands that have a script. */
  SortedSet<Integer> commands() {
    SortedSet<Integer> commands = new TreeSet<>(dos.keySet());
    commands.addAll(dumps.keySet());
    return commands;
  }

  /** Returns the flags of a command: {@code CTRL_ATTR_OP_FLAGS}. */
  int flags(int command) {
    return commandFlags.getOrDefault(command, 0)
        | (dos.containsKey(command) ? CAP_DO : 0)
        | (dumps.containsKey(command) ? CAP_DUMP : 0)
        | (policy(command, false) != null || policy(command, true) != null ? CAP_HASPOL : 0);
  }

  private static int requireRange(String what, int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " " + value + " is not within 0 and " + max);
    }
    return value;
  }

  Map<Integer, Script> dos() {
    return dos;
  }

  Map<Integer, Script> dumps() {
    return dumps;
  }

  /**
   * Returns the groups as they are now, in their order; 0 is the number of one that is not known.
   */
  Map<String, Integer> groups() {
    synchronized (groups) {
      return new LinkedHashMap<>(groups);
    }
  }

  void setGroup(String group, int number) {
    synchronized (groups) {
      groups.put(group, number);
    }
  }
}
