package dev.jgenl.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A family of a {@link FakeKernel}, and the script of its commands. Safe to share between threads. */
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
  private final Map<Integer, Script> dos = new ConcurrentHashMap<>();
  private final Map<Integer, Script> dumps = new ConcurrentHashMap<>();

  FakeFamily(String name, int id) {
    this.name = name;
    this.id = id;
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
