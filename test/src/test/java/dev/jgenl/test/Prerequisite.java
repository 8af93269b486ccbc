package dev.jgenl.test;

import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. Where it is missing, the test is skipped and says why; with the
 * environment variable {@code CI=true} it fails.
 */
final class Prerequisite {

  private static final int CAP_NET_ADMIN = 12;

  private Prerequisite() {}

  static void require(boolean met, String otherwise) {
    if (met) {
      return;
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError("missing on CI: " + otherwise);
    }
    System.err.println("SKIPPED: " + otherwise);
    Assumptions.abort(otherwise);
  }

  /** Only the newest JDK of a machine has to have it: the tests run on an older one as well. */
  static void requireJdk(int version, String what) {
    boolean met = Runtime.version().feature() >= version;
    String otherwise = what + " came with JDK " + version;
    if (Boolean.getBoolean("jgenl.newest-jdk")) {
      require(met, otherwise);
    }
    Assumptions.assumeTrue(met, otherwise);
  }

  /** Returns the models of families, which a build without the kernel's specs leaves out. */
  static Specs requireSpecs() {
    try {
      return Specs.bundled();
    } catch (IllegalStateException e) {
      require(false, "the models of families are left out: build with cargo, or -Djgenl.specs");
      throw e;
    }
  }

  /** Returns an example that a build without the kernel's specs leaves out. */
  static Class<?> requireTypedExample(String name) throws ClassNotFoundException {
    requireSpecs();
    return Class.forName("dev.jgenl.examples.typed." + name);
  }

  static void requireProgram(String program, String debianPackage) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    require(found, program + " is not on the PATH: apt install " + debianPackage);
  }

  /** The kernel has it, if perhaps not loaded. */
  static void requireModule(String name) throws IOException, InterruptedException {
    boolean known = Command.run("modprobe", "--dry-run", name).status() == 0;
    require(known, "this kernel has no module " + name);
  }

  static void requireFamily(String name) throws NetlinkException {
    try (Genl genl = Genl.open()) {
      genl.family(name);
    } catch (FamilyNotFoundException e) {
      require(false, "this kernel has no family " + name);
    }
  }

  static void requireProtocol(int number) throws NetlinkException {
    try {
      Netlink.open(number).close();
    } catch (KernelException e) {
      require(false, "this kernel has no protocol " + number + " of netlink: " + e.getMessage());
    }
  }

  /**
   * The test is about what Linux has since a version.
   *
   * @param lack what one before it does not do
   */
  static void requireLinux(int major, int minor, String lack) {
    String[] release = System.getProperty("os.version").split("[.-]", 3);
    int runs = 1000 * Integer.parseInt(release[0]) + Integer.parseInt(release[1]);
    require(
        runs >= 1000 * major + minor, "Linux before " + major + "." + minor + " does not " + lack);
  }

  static void requireNetAdmin() throws IOException {
    require(hasNetAdmin(), "this takes CAP_NET_ADMIN: run as root");
  }

  /** The kernel tells of processes to the first namespaces alone; their numbers are fixed. */
  static void requireFirstNamespaces() throws IOException {
    boolean first =
        Files.readSymbolicLink(Path.of("/proc/self/ns/user")).endsWith("user:[4026531837]")
            && Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).endsWith("pid:[4026531836]");
    require(first, "this takes the first namespaces: no container");
  }

  static boolean hasNetAdmin() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("CapEff:"))
            .findFirst()
            .orElseThrow();
    long capabilities = Long.parseUnsignedLong(line.substring(7).strip(), 16);
    return (capabilities >>> CAP_NET_ADMIN & 1) != 0;
  }

  /** The words to put before a program so that it has not CAP_NET_ADMIN, but may read our files. */
  static List<String> withoutNetAdmin() throws IOException {
    return hasNetAdmin() ? List.of("setpriv", "--bounding-set=-net_admin") : List.of();
  }
}
