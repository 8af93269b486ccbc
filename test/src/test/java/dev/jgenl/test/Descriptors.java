package dev.jgenl.test;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** Occupies the file descriptors of this process, all but a few, until it is closed. */
final class Descriptors implements AutoCloseable {

  private final Deque<FileInputStream> occupied = new ArrayDeque<>();
  private final String limit;

  private Descriptors(String limit) {
    this.limit = limit;
  }

  /** How many are in use. */
  static long count() throws IOException {
    try (Stream<Path> list = Files.list(Path.of("/proc/self/fd"))) {
      // That of the list itself is one.
      return list.count() - 1;
    }
  }

  /** How many sockets are open, which unlike other files the collector has no part in. */
  static long sockets() throws IOException {
    try (Stream<Path> list = Files.list(Path.of("/proc/self/fd"))) {
      return list.filter(Descriptors::isSocket).count();
    }
  }

  private static boolean isSocket(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().startsWith("socket:");
    } catch (IOException e) {
      // That of the list itself, or another that is closed by now.
      return false;
    }
  }

  /** Lowers the limit, so that there is little to occupy; none is occupied yet. */
  static Descriptors limited() throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    String before =
        Command.succeed(
                "prlimit", "--pid", pid, "--nofile", "--noheadings", "--raw", "--output", "SOFT")
            .strip();
    // A number that the highest one in use may exceed.
    Command.succeed("prlimit", "--pid", pid, "--nofile=" + (count() + 200) + ":");
    return new Descriptors(before);
  }

  /** Occupies all but as many. */
  Descriptors leave(int left) throws IOException {
    try {
      for (; ; ) {
        occupied.push(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // None is left.
    }
    for (int i = 0; i < left; i++) {
      occupied.pop().close();
    }
    return this;
  }

  /** Lets go of all that are occupied; the limit stays. */
  void free() throws IOException {
    while (!occupied.isEmpty()) {
      occupied.pop().close();
    }
  }

  @Override
  public void close() throws IOException {
    free();
    try {
      String pid = Long.toString(ProcessHandle.current().pid());
      Command.succeed("prlimit", "--pid", pid, "--nofile=" + limit + ":");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
