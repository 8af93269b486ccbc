package dev.jgenl.test;

import java.io.IOException;
import java.util.List;

/**
 * A network namespace with nothing but a loopback device, in which a test may change what it likes;
 * without root it lies in a user namespace of its own. A JVM cannot enter it, but start others
 * there. Gone when closed.
 */
final class NetworkNamespace implements AutoCloseable {

  private final RunningProgram holder;
  private final List<String> enter;

  private NetworkNamespace(RunningProgram holder, List<String> enter) {
    this.holder = holder;
    this.enter = enter;
  }

  static NetworkNamespace open() throws IOException, InterruptedException {
    boolean admin = Prerequisite.hasNetAdmin();
    List<String> unshare =
        admin ? List.of("unshare", "--net") : List.of("unshare", "--map-root-user", "--net");
    Command trial = Command.run(Command.join(unshare, "true"));
    Prerequisite.require(
        trial.status() == 0, "no network namespace can be made here: " + trial.output().strip());
    RunningProgram holder =
        RunningProgram.start(Command.join(unshare, "sh", "-c", "echo ready; exec sleep infinity"));
    holder.awaitLine("ready");
    String pid = Long.toString(holder.pid());
    return new NetworkNamespace(
        holder,
        admin
            ? List.of("nsenter", "--target", pid, "--net")
            : List.of("nsenter", "--target", pid, "--user", "--preserve-credentials", "--net"));
  }

  /** Runs a program in the namespace to its end. */
  Command run(String... words) throws IOException, InterruptedException {
    return Command.run(Command.join(enter, words));
  }

  /** Runs a class of this class path in a JVM in the namespace to its end. */
  Command java(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return run(Command.javaWords(main, arguments));
  }

  /** Starts a class of this class path in a JVM in the namespace. */
  RunningProgram start(Class<?> main, String... arguments) throws IOException {
    return RunningProgram.start(Command.join(enter, Command.javaWords(main, arguments)));
  }

  @Override
  public void close() {
    holder.close();
  }
}
