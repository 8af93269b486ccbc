package dev.jgenl.test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** A kind of thing that a process can leak, and by how much of it two measurements may differ. */
enum Held {
  DESCRIPTORS("descriptors", 3) {
    @Override
    long now() throws IOException {
      return Descriptors.count();
    }
  },
  THREADS("threads", 2) {
    @Override
    long now() {
      return ManagementFactory.getThreadMXBean().getThreadCount();
    }
  },
  DIRECT("direct kB", 128) {
    @Override
    long now() {
      return HeldResources.directBytes() / 1024;
    }
  },
  HEAP("heap kB", 512) {
    /**
     * What is left by the collector, which those before it must not have had the help of. The heap
     * that is in use may hold more at once: a thread takes it in pieces of a megabyte.
     */
    @Override
    long now() {
      System.gc();
      return ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .mapToLong(pool -> pool.getCollectionUsage().getUsed())
              .sum()
          / 1024;
    }
  },
  /** As the JVM accounts for it, the heap included; needs -XX:NativeMemoryTracking=summary. */
  NATIVE("native kB", 3072) {
    @Override
    long now() throws JMException {
      String summary =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "vmNativeMemory",
                      new Object[] {new String[] {"summary", "scale=KB"}},
                      new String[] {String[].class.getName()});
      return number(COMMITTED, summary);
    }
  },
  /** That of the shim and of libnl included; needs a heap that is all there from the start. */
  RESIDENT("resident kB", 6144) {
    @Override
    long now() throws IOException {
      return number(RSS, Files.readString(Path.of("/proc/self/status")));
    }
  };

  private static final Pattern COMMITTED = Pattern.compile("Total: .*committed=(\\d+)KB");
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s*(\\d+) kB");

  private final String label;
  private final long allowance;

  Held(String label, long allowance) {
    this.label = label;
    this.allowance = allowance;
  }

  abstract long now() throws IOException, JMException;

  /** With its unit. */
  String label() {
    return label;
  }

  /** By how much more of it is no leak. */
  long allowance() {
    return allowance;
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }
}
