package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.internal.LibnlTransports;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.Transport.Purpose;
import dev.jgenl.transport.TransportException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which network namespace a transport is opened. */
@Timeout(60)
class TransportNamespaceIT {

  private static final int ROUTE = 0;
  private static final int GENERIC = 16;
  private static final int RTNLGRP_LINK = 1;
  private static final int CLONE_NEWNET = 0x40000000;
  private static final long SECOND = 1_000_000_000;

  /** A process in a network namespace of its own. */
  private static RunningProgram elsewhere() throws Exception {
    Prerequisite.requireNetAdmin();
    RunningProgram holder =
        RunningProgram.start("unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity");
    holder.awaitLine("ready");
    return holder;
  }

  private static Path namespaceOf(RunningProgram program) {
    return Path.of("/proc", Long.toString(program.pid()), "ns", "net");
  }

  @Test
  @DisplayName("T59 a namespace that is named is the one, though its name goes")
  void namedNamespace() throws Exception {
    try (RunningProgram holder = elsewhere();
        LibnlTransports factory = LibnlTransports.inNamespace(namespaceOf(holder));
        Transport first = factory.open(GENERIC, Purpose.REQUESTS)) {
      assertThat(ports(Path.of("/proc", Long.toString(holder.pid())))).contains(first.portId());
      Command.succeed("kill", Long.toString(holder.pid()));
      holder.awaitEnd();
      try (Transport second = factory.open(GENERIC, Purpose.REQUESTS)) {
        assertThat(second.portId()).isNotZero();
      }
    }
  }

  @Test
  @DisplayName("T53 a namespace is let go with its factory")
  void namespaceIsLetGo() throws Exception {
    try (RunningProgram holder = elsewhere()) {
      long descriptors = descriptors();
      for (int i = 0; i < 300; i++) {
        LibnlTransports factory = LibnlTransports.inNamespace(namespaceOf(holder));
        Transport transport = factory.open(GENERIC, Purpose.REQUESTS);
        factory.close();
        transport.close();
        openAndCloseLast();
      }
      // The JVM opens a few files of its own.
      assertThat(descriptors()).isLessThan(descriptors + 100);
    }
  }

  /** The factory keeps the namespace, then, until it is closed. */
  private static void openAndCloseLast() throws TransportException {
    try (LibnlTransports factory = LibnlTransports.inNamespace(null)) {
      factory.open(GENERIC, Purpose.REQUESTS).close();
      factory.open(GENERIC, Purpose.REQUESTS).close();
    }
  }

  @Test
  @DisplayName("T59 one's own namespace, if it is named, takes no privilege")
  void ownNamespaceByName() throws Exception {
    Path own = Path.of("/proc/thread-self/ns/net");
    try (LibnlTransports factory = LibnlTransports.inNamespace(own);
        Transport transport = factory.open(GENERIC, Purpose.REQUESTS)) {
      assertThat(ports(Path.of("/proc/thread-self"))).contains(transport.portId());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/self/status", "/proc/self/ns/mnt", "/"})
  void whatIsNoNamespaceIsRefused(String path) {
    assertThatExceptionOfType(TransportException.class)
        .isThrownBy(() -> LibnlTransports.inNamespace(Path.of(path)))
        .withMessageContaining(path + " is no network namespace")
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL.number()));
  }

  @Test
  void namespaceThatIsNotThereIsEnoent() {
    assertThatExceptionOfType(TransportException.class)
        .isThrownBy(() -> LibnlTransports.inNamespace(Path.of("/run/netns/no such")))
        .withMessageContaining("/run/netns/no such")
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT.number()));
  }

  @Test
  @DisplayName("T59 without privilege the message names CAP_SYS_ADMIN")
  void missingCapabilityIsNamed() throws Exception {
    try (RunningProgram holder = elsewhere()) {
      Command child =
          Command.run(
              Command.join(
                  List.of("setpriv", "--bounding-set=-sys_admin"),
                  Command.javaWords(OpenElsewhere.class, namespaceOf(holder).toString())));

      assertThat(child.output()).contains("CAP_SYS_ADMIN").contains("EPERM");
    }
  }

  /** Opens a transport in the namespace that its argument names. */
  static final class OpenElsewhere {

    public static void main(String[] args) throws TransportException {
      try (LibnlTransports factory = LibnlTransports.inNamespace(Path.of(args[0]));
          Transport transport = factory.open(GENERIC, Purpose.REQUESTS)) {
        System.out.println("opened " + transport.portId());
      }
    }
  }

  @Test
  @DisplayName("T65 a notification tells its group, while the socket is a member")
  void notificationTellsItsGroup() throws Exception {
    try (RunningProgram holder = elsewhere();
        LibnlTransports factory = LibnlTransports.inNamespace(namespaceOf(holder));
        Transport transport = factory.open(ROUTE, Purpose.NOTIFICATIONS)) {
      String enter = "--net=" + namespaceOf(holder);
      Datagrams datagrams = new Datagrams(transport.allocate(Datagrams.size(1, 32768)), 1, 32768);
      assertThat(transport.join(RTNLGRP_LINK)).isZero();
      assertThat(transport.join(RTNLGRP_LINK)).isZero();
      Command.succeed("nsenter", enter, "ip", "link", "set", "lo", "up");

      assertThat(transport.receive(datagrams, 1, 10 * SECOND)).isEqualTo(1);
      assertThat(datagrams.group(0)).isEqualTo(RTNLGRP_LINK);
      assertThat(datagrams.sender(0)).isZero();

      assertThat(transport.leave(RTNLGRP_LINK)).isZero();
      while (transport.receive(datagrams, 1, 0) > 0) {
        // What came before.
      }
      Command.succeed("nsenter", enter, "ip", "link", "set", "lo", "down");
      assertThat(transport.receive(datagrams, 1, SECOND / 10)).isZero();
    }
  }

  @Test
  @DisplayName("T59 threads of two namespaces share one factory, which stays in its own")
  void threadsOfTwoNamespaces() throws Exception {
    try (LibnlTransports factory = LibnlTransports.inNamespace(null)) {
      Transport first = factory.open(GENERIC, Purpose.REQUESTS);
      assertThat(inAnotherNamespace(() -> opensAtHome(factory))).isTrue();
      assertThat(opensAtHome(factory)).isTrue();
      first.close();

      assertThat(inAnotherNamespace(() -> opensAtHome(factory)))
          .as("without a socket left that knows the namespace")
          .isTrue();
    }
  }

  private static boolean opensAtHome(LibnlTransports factory) throws Exception {
    try (Transport transport = factory.open(GENERIC, Purpose.REQUESTS)) {
      return ports(Path.of("/proc/self")).contains(transport.portId());
    }
  }

  /** Calls in a thread that has left for a namespace of its own, and ends there. */
  private static <T> T inAnotherNamespace(Callable<T> task) throws Exception {
    Prerequisite.requireNetAdmin();
    Prerequisite.requireJdk(22, "a call of unshare(2)");
    MethodHandle unshare = unshare();
    FutureTask<T> result =
        new FutureTask<>(
            () -> {
              try {
                assertThat((int) unshare.invoke(CLONE_NEWNET)).isZero();
              } catch (Throwable e) {
                throw new AssertionError(e);
              }
              return task.call();
            });
    Thread thread = new Thread(result);
    thread.start();
    thread.join();
    return result.get();
  }

  /** By reflection: this is compiled for a JDK that has no java.lang.foreign. */
  private static MethodHandle unshare() throws ReflectiveOperationException {
    String foreign = "java.lang.foreign.";
    Class<?> linkerType = Class.forName(foreign + "Linker");
    Class<?> descriptorType = Class.forName(foreign + "FunctionDescriptor");
    Class<?> layoutType = Class.forName(foreign + "MemoryLayout");
    Class<?> optionsType = Class.forName(foreign + "Linker$Option").arrayType();
    Object linker = linkerType.getMethod("nativeLinker").invoke(null);
    Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
    Optional<?> function =
        (Optional<?>)
            Class.forName(foreign + "SymbolLookup")
                .getMethod("find", String.class)
                .invoke(lookup, "unshare");
    Object layout = Class.forName(foreign + "ValueLayout").getField("JAVA_INT").get(null);
    Object arguments = Array.newInstance(layoutType, 1);
    Array.set(arguments, 0, layout);
    Object descriptor =
        descriptorType
            .getMethod("of", layoutType, arguments.getClass())
            .invoke(null, layout, arguments);
    return (MethodHandle)
        linkerType
            .getMethod(
                "downcallHandle",
                Class.forName(foreign + "MemorySegment"),
                descriptorType,
                optionsType)
            .invoke(
                linker,
                function.orElseThrow(),
                descriptor,
                Array.newInstance(optionsType.componentType(), 0));
  }

  /** The ports of all sockets of Generic Netlink in the namespace of a process. */
  private static List<Integer> ports(Path process) throws Exception {
    return Files.readAllLines(process.resolve("net/netlink")).stream()
        .skip(1)
        .map(line -> line.split("\\s+"))
        .filter(columns -> columns[1].equals(Integer.toString(GENERIC)))
        .map(columns -> Integer.parseUnsignedInt(columns[2]))
        .toList();
  }

  private static long descriptors() throws Exception {
    try (Stream<Path> list = Files.list(Path.of("/proc/self/fd"))) {
      return list.count();
    }
  }
}
