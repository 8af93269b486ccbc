package dev.jgenl.testkit;

import dev.jgenl.wire.AttributeWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final FakeKernel kernel;
  private final String name;
  private volatile int resvStartOp;
  private final Map<Integer, Script> dos = new ConcurrentHashMap<>();
  private final Map<Integer, Script> dumps = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> commandFlags = new ConcurrentHashMap<>();
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
   */
  public FakeFamily version(int version) {
    this.version = version;
    return this;
  }

  /**
   * Sets the size of the header that the family's messages have before their attributes.
   *
   * @param bytes 0 if it is not set
   * @return this
   */
  public FakeFamily headerSize(int bytes) {
    headerSize = bytes;
    return this;
  }

  /**
   * Sets the highest attribute, which the controller tells and nobody checks.
   *
   * @param type its number; 0 if it is not set
   * @return this
   */
  public FakeFamily maxAttribute(int type) {
    maxAttribute = type;
    return this;
  }

  /**
   * Sets flags of a command that the controller tells and nobody checks. Whether it can be asked as
   * a do or a dump, the scripts tell.
   *
   * @param command its number
   * @param flags such as {@code GENL_ADMIN_PERM}, 1
   * @return this
   */
  public FakeFamily commandFlags(int command, int flags) {
    commandFlags.put(command, flags);
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
   * Notifies the members of a group. There are none while the family is not registered.
   *
   * @param group its name
   * @param script sends the notifications, and the faults in them; run once for each member
   * @throws IllegalArgumentException if there is no such group
   */
  public void notify(String group, Consumer<? super FakeAnswer> script) {
    notify(group, null, script);
  }

  /** Notifies the members, and whether it is one or not, who asked: {@code nlmsg_notify()}. */
  void notify(String group, @Nullable FakeTransport asker, Consumer<? super FakeAnswer> script) {
    Integer number = groups().get(group);
    if (number == null) {
      throw new IllegalArgumentException("family " + name + " has no group " + group);
    }
    for (FakeTransport member : kernel.members(number)) {
      if (member != asker) {
        script.accept(FakeAnswer.event(this, member, number));
      }
    }
    if (asker != null) {
      script.accept(FakeAnswer.event(this, asker, number));
    }
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
    return maxAttribute;
  }

  Map<Integer, Script> dos() {
    return dos;
  }

  Map<Integer, Script> dumps() {
    return dumps;
  }

  Map<Integer, Integer> commandFlags() {
    return commandFlags;
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
