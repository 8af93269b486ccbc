package dev.jgenl.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A network namespace on the running kernel, with what the clients are to list. It is gone when
 * closed, or when this process ends in whatever way: what holds it is a process that waits for the
 * end of its input.
 */
final class Namespace implements AutoCloseable {

  private final Process holder;

  private Namespace(Process holder) {
    this.holder = holder;
  }

  private interface Filling {
    void fill(Namespace namespace) throws IOException, InterruptedException;
  }

  /**
   * Makes one with links and routes.
   *
   * @param links how many there are in the end, with those that a namespace begins with
   * @param routes how many there are in the end, all of them into 10.0.0.0/8
   * @throws IOException if it cannot be made here; says why
   */
  static Namespace withLinksAndRoutes(int links, int routes)
      throws IOException, InterruptedException {
    return open(namespace -> namespace.fill(links, routes));
  }

  /**
   * Makes one with wg0, a device of WireGuard.
   *
   * @param peers how many it has, each with an endpoint and an allowed address
   * @throws IOException if it cannot be made here; says why
   */
  static Namespace withPeers(int peers) throws IOException, InterruptedException {
    return open(namespace -> namespace.fill(peers));
  }

  private static Namespace open(Filling filling) throws IOException, InterruptedException {
    Process holder = start(List.of("unshare", "--net", "sh", "-c", "echo ready; exec cat"));
    Namespace namespace = new Namespace(holder);
    try {
      String ready = holder.inputReader(StandardCharsets.UTF_8).readLine();
      if (!"ready".equals(ready)) {
        throw new IOException("there is no network namespace: " + ready);
      }
      filling.fill(namespace);
      return namespace;
    } catch (IOException | InterruptedException e) {
      namespace.close();
      throw e;
    }
  }

  private void fill(int links, int routes) throws IOException, InterruptedException {
    int missing = links - run("ip", "-o", "link").size();
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
    runWithFile(commands, "ip", "-batch");
  }

  private void fill(int peers) throws IOException, InterruptedException {
    run("ip", "link", "add", "wg0", "type", "wireguard");
    Random random = new Random(1);
    byte[] key = new byte[32];
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < peers; i++) {
      random.nextBytes(key);
      lines.add("[Peer]");
      lines.add("PublicKey = " + Base64.getEncoder().encodeToString(key));
      lines.add("Endpoint = 192.0.2.%d:%d".formatted(i & 0xff, 1024 + i));
      lines.add("PersistentKeepalive = 25");
      lines.add("AllowedIPs = 10.%d.%d.%d/32".formatted(i >> 16, i >> 8 & 0xff, i & 0xff));
    }
    runWithFile(lines, "wg", "setconf", "wg0");
  }

  /** Runs a command in the namespace that reads a file of these lines, its last argument. */
  private void runWithFile(List<String> lines, String... command)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("jgenl-bench", null);
    try {
      Files.write(file, lines);
      run(Stream.concat(Stream.of(command), Stream.of(file.toString())).toArray(String[]::new));
    } finally {
      Files.delete(file);
    }
  }

  /** Runs a command in the namespace and returns the lines that it writes. */
  private List<String> run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(enter());
    command.addAll(List.of(words));
    Process process = start(command);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().toList();
      if (process.waitFor() != 0) {
        throw new IOException(words[0] + " failed: " + String.join(" ", lines));
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
