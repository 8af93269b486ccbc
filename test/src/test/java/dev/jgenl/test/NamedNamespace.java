package dev.jgenl.test;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace with nothing but a loopback device and with a name, so that this process can
 * speak in it, and other programs too. Gone when closed.
 */
final class NamedNamespace implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;

  /** For a JVM that is ended meanwhile. */
  private final Thread hook =
      new Thread(
          () -> {
            try {
              delete();
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });

  private NamedNamespace(String name) {
    this.name = name;
  }

  static NamedNamespace open() throws IOException, InterruptedException {
    Prerequisite.requireNetAdmin();
    Prerequisite.requireProgram("ip", "iproute2");
    String name = "jgenl-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    Command added = Command.run("ip", "netns", "add", name);
    Prerequisite.require(added.status() == 0, "no namespace can be named here: " + added.output());
    NamedNamespace namespace = new NamedNamespace(name);
    Runtime.getRuntime().addShutdownHook(namespace.hook);
    return namespace;
  }

  Path file() {
    return Path.of("/run/netns", name);
  }

  /** Opens what speaks in it. */
  Netlink netlink(int protocol) throws NetlinkException {
    return netlink(protocol, NetlinkOptions.DEFAULTS);
  }

  Netlink netlink(int protocol, NetlinkOptions options) throws NetlinkException {
    return Netlink.open(protocol, options.withNetworkNamespace(file()));
  }

  /** Runs a program in it that must succeed, and returns its output. */
  String run(String... words) throws IOException, InterruptedException {
    return Command.succeed(words(words));
  }

  /** The words that run a program in it. */
  String[] words(String... words) {
    return Command.join(List.of("ip", "netns", "exec", name), words);
  }

  /** Has iproute2 change something. */
  void ip(String... words) throws IOException, InterruptedException {
    Command.succeed(Command.join(List.of("ip", "-n", name), words));
  }

  /** What iproute2 shows, with numbers for names. */
  List<Json> shown(String... words) throws IOException, InterruptedException {
    return Json.parse(
        Command.succeed(Command.join(List.of("ip", "-n", name, "-N", "-j", "-d"), words)));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    Runtime.getRuntime().removeShutdownHook(hook);
    delete();
  }

  private void delete() throws IOException, InterruptedException {
    Command.succeed("ip", "netns", "del", name);
  }
}
