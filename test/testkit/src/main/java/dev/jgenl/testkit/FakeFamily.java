package dev.jgenl.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A family of a {@link FakeKernel}, and the script of its commands. Safe to share between threads.
 */
public final class FakeFamily {

  /** What a command does. */
  @FunctionalInterface
  public interface Script {

    /**
     * Answers a request. When it returns, the kernel acknowledges the request if that was asked for
     * and no error was answered, and ends a dump.
     *
     * @param request what was asked
     * @param answer takes the answer
     */
    void run(FakeRequest request, FakeAnswer answer);
  }

  private final String name;
  private final int id;
  private final FakeKernel kernel;
  private final Map<String, Integer> groups = new ConcurrentHashMap<>();
  private final Map<Integer, Script> dos = new ConcurrentHashMap<>();
  private final Map<Integer, Script> dumps = new ConcurrentHashMap<>();

  FakeFamily(String name, int id, FakeKernel kernel) {
    this.name = name;
    this.id = id;
    this.kernel = kernel;
  }

  /** Makes the same family under another number. */
  FakeFamily(FakeFamily family, int id) {
    this(family.name, id, family.kernel);
    dos.putAll(family.dos);
    dumps.putAll(family.dumps);
    family.groups.keySet().forEach(this::group);
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
   * @return above 16
   */
  public int id() {
    return id;
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
   * Adds a multicast group.
   *
   * @param group its name
   * @return this
   */
  public FakeFamily group(String group) {
    groups.computeIfAbsent(group, g -> kernel.newGroup());
    return this;
  }

  /**
   * Notifies the members of a group.
   *
   * @param group its name
   * @param script sends the notifications, and the faults in them; run once for each member
   * @throws IllegalArgumentException if there is no such group
   */
  public void notify(String group, Consumer<? super FakeAnswer> script) {
    Integer id = groups.get(group);
    if (id == null) {
      throw new IllegalArgumentException("family " + name + " has no group " + group);
    }
    kernel.multicast(id, this, script);
  }

  Map<String, Integer> groups() {
    return groups;
  }

  Map<Integer, Script> dos() {
    return dos;
  }

  Map<Integer, Script> dumps() {
    return dumps;
  }

  @Nullable Script script(FakeRequest request) {
    return (request.isDump() ? dumps : dos).get(request.command());
  }
}
