package dev.jgenl.bench;

import dev.jgenl.Genl;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.SpecCodec;
import dev.jgenl.spec.Specs;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What the first family by its spec costs a program: from {@link Specs#bundled} to a codec that
 * knows its operations, in a JVM that has opened clients and not looked at a spec before.
 *
 * <pre>
 * java -cp 'bench/target/classes:bench/target/lib/*' dev.jgenl.bench.ColdLoad
 * </pre>
 *
 * <p>Each family is loaded in 11 JVMs, and shown with the least, the median and the greatest time.
 */
final class ColdLoad {

  private static final int JVMS = 11;

  private ColdLoad() {}

  /**
   * Measures all families, or one within this JVM.
   *
   * @param args nothing, or the name of a family
   */
  public static void main(String... args) throws Exception {
    if (args.length > 0) {
      System.out.println(load(args[0]));
      return;
    }
    System.out.printf("%-16s %8s %8s %8s  (ms)%n", "family", "least", "median", "most");
    for (String family : Specs.bundled().names()) {
      double[] times = new double[JVMS];
      for (int i = 0; i < JVMS; i++) {
        times[i] = loadInNewJvm(family) / 1e6;
      }
      Arrays.sort(times);
      System.out.printf(
          "%-16s %8.2f %8.2f %8.2f%n", family, times[0], times[JVMS / 2], times[JVMS - 1]);
    }
  }

  /** Returns nanoseconds. */
  private static long load(String family) throws Exception {
    try (Genl genl = Genl.open();
        Netlink route = Netlink.open(Netlink.ROUTE)) {
      genl.family("nlctrl");
      long start = System.nanoTime();
      SpecCodec.of(Specs.bundled().family(family), ByteOrder.nativeOrder());
      return System.nanoTime() - start;
    }
  }

  private static long loadInNewJvm(String family) throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                ColdLoad.class.getName(),
                family)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String time = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!jvm.waitFor(1, TimeUnit.MINUTES) || jvm.exitValue() != 0) {
      throw new IOException(family + " could not be loaded: " + time);
    }
    return Long.parseLong(time);
  }

  /** A path of jars that have nothing to do with it takes longer to search. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> new File(path).getName().matches("jgenl.*|classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
