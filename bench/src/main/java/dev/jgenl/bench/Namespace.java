package dev.jgenl.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A network namespace on the running kernel, with as many links and IPv4 routes as were asked for.
 * It is gone when closed, or when this process ends in whatever way: what holds it is a process
 * that waits for the end of its input.
 */
final class Namespace implements AutoCloseable {

  private final Process holder;

  private Namespace(Process holder) {
    this.holder = holder;
  }

  /**
   * Makes one.
   *
   * @param links how many there are in the end, with those that a namespace begins with
   * @param routes how many there are in the end, all of them into 10.0.0.0/8
   * @throws IOException if it cannot be made here; says why
   */
  static Namespace open(int links, int routes) throws IOException, InterruptedException {
    Process holder = start(List.of("unshare", "--net", "sh", "-c", "echo ready; exec cat"));
    Namespace namespace = new Namespace(holder);
    try {
      String ready = holder.inputReader(StandardCharsets.UTF_8).readLine();
      if (!"ready".equals(ready)) {
        throw new IOException("there is no network namespace: " + ready);
      }
      namespace.fill(links, routes);
      return namespace;
    } catch (IOException | InterruptedException e) {
      namespace.close();
      throw e;
    }
  }

  private void fill(int links, int routes) throws IOException, InterruptedException {
    int missing = links - ip("-o", "link").size();
    List<String> commands = new ArrayList<>();
    // As containers have them; what is left over is a bridge.
    commands.addAll(Collections.nCopies(missing / 2, "link add type veth"));
    commands.addAll(Collections.nCopies(missing % 2, "link add type bridge"));
    // A link takes routes when it is up, and has a carrier when its other end is.
    commands.add("link set veth0 up");
    commands.add("link set veth1 up");
    for (int i = 0; i < routes; i++) {
      commands.add(
          "route add 10.%d.%d.%d/32 dev veth0".formatted(i >> 16, i >> 8 & 0xff, i & 0xff));
    }
    Path batch = Files.createTempFile("jgenl-bench", ".ip");
    try {
      Files.write(batch, commands);
      ip("-batch", batch.toString());
    } finally {
      Files.delete(batch);
    }
  }

  /** Runs ip in the namespace and returns the lines that it writes. */
  private List<String> ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(enter());
    command.add("ip");
    command.addAll(List.of(arguments));
    Process ip = start(command);
    try (BufferedReader out = ip.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().toList();
      if (ip.waitFor() != 0) {
        throw new IOException("links and routes cannot be made: " + String.join(" ", lines));
      }
      return lines;
    }
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The words that run a program in it. */
  List<String> enter() {
    return List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net");
  }

  /** The kernel takes the namespace down once nobody is in it. */
  @Override
  public void close() {
    holder.destroy();
    holder.onExit().join();
  }
}
