package dev.jgenl.test;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds, and must no longer hold once all is closed.
 *
 * @param sockets how many are open
 * @param events how many eventfds are open
 * @param namespaces how many network namespaces are open
 * @param blocks of memory that the shim and libnl have allocated
 * @param direct bytes of direct buffers
 */
record HeldResources(long sockets, long events, long namespaces, int blocks, long direct) {

  static HeldResources now(FaultControl control) throws IOException {
    return new HeldResources(
        descriptors("socket:"),
        descriptors("anon_inode:[eventfd]"),
        descriptors("net:["),
        control.blocks(),
        directBytes());
  }

  /** Bytes of direct buffers. */
  static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static long descriptors(String kind) throws IOException {
    try (Stream<Path> list = Files.list(Path.of("/proc/self/fd"))) {
      return list.filter(link -> targetOf(link).startsWith(kind)).count();
    }
  }

  private static String targetOf(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      // That of the list itself.
      return "";
    }
  }
}
