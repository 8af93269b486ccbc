package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.ClosedException;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.foobar.GenlClient;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The typed client against the kernel module gnl_foobar_xmpl. */
@Tag("vm")
class FoobarIT {

  private static final int ECHO_MSG = 1;
  private static final int MSG = 1;
  private static final long KILOBYTES_OF_A_LEAK = 8_000;

  static Stream<String> messages() {
    return Stream.of(
        "",
        "x",
        "Hello World",
        "Grüße, 世界, 🐧",
        "line\nline\ttab\u001b[0m",
        "x".repeat(GenlClient.MESSAGE_BYTES_MAX),
        "ü".repeat(GenlClient.MESSAGE_BYTES_MAX / 2));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void echoKeepsEveryByte(String message) throws NetlinkException {
    try (GenlClient client = GenlClient.open()) {
      assertThat(client.echo(message)).isEqualTo(message);
    }
  }

  @Test
  @DisplayName("T24 a message over the limit is refused before it is sent, with limit and length")
  void messageOverTheLimitIsRefused() throws NetlinkException {
    try (GenlClient client = GenlClient.open()) {
      assertThatThrownBy(() -> client.echo("x".repeat(GenlClient.MESSAGE_BYTES_MAX + 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4097 bytes")
          .hasMessageContaining("limit 4096");
      assertThat(client.echo("still usable")).isEqualTo("still usable");
    }
  }

  @Test
  @DisplayName("T24 the kernel refuses what the client would not send")
  void kernelRefusesWhatTheClientWouldNotSend() throws NetlinkException {
    try (Genl genl = Genl.open()) {
      GenlFamily family = genl.family("gnl_foobar_xmpl");
      KernelException tooLong =
          refusal(genl, GenlRequest.of(family, ECHO_MSG, a -> a.putString(MSG, "x".repeat(4097))));
      KernelException missing = refusal(genl, GenlRequest.of(family, ECHO_MSG));

      assertThat(tooLong.error()).isEqualTo(Errno.EINVAL);
      assertThat(tooLong.extendedAck().path()).containsExactly(MSG);
      assertThat(missing.error()).isEqualTo(Errno.EINVAL);
      assertThat(missing.extendedAck().message()).isPresent();
    }
  }

  @Test
  void dumpHasThreeMessagesTwiceOnOneClient() throws NetlinkException {
    try (GenlClient client = GenlClient.open()) {
      List<String> first = client.dump();

      assertThat(first).hasSize(3).allSatisfy(m -> assertThat(m).isNotEmpty());
      assertThat(client.dump()).isEqualTo(first);
    }
  }

  @Test
  @DisplayName("T16 the refusal bears errno, text and the attribute")
  void refusalBearsErrnoTextAndAttribute() throws NetlinkException {
    try (GenlClient client = GenlClient.open()) {
      KernelException e =
          catchThrowableOfType(KernelException.class, () -> client.replyWithError("Hello"));

      assertThat(e.error()).isEqualTo(Errno.EINVAL);
      assertThat(e.extendedAck().message())
          .isEqualTo(Optional.of("this command is always refused, as an example"));
      assertThat(e.extendedAck().path()).containsExactly(MSG);
      assertThat(client.echo("still usable")).isEqualTo("still usable");
    }
  }

  @Test
  void closedClientSaysSo() throws NetlinkException {
    GenlClient client = GenlClient.open();
    client.close();
    client.close();

    assertThatThrownBy(() -> client.echo("x")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(client::dump).isInstanceOf(ClosedException.class);
  }

  @Test
  void controllerReplyFitsTheOriginalClientsBuffer() throws NetlinkException {
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      GenlRequest request =
          GenlRequest.of(controller, 3, a -> a.putString(2, "gnl_foobar_xmpl")).withoutAck();

      assertThat(genl.<Integer>request(request, GenlMessage::length)).isLessThanOrEqualTo(276);
    }
  }

  @Test
  void manyEchoesComeBackInTheirOrder() throws NetlinkException {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      messages.add("message " + i + " " + "x".repeat(i * 4));
    }
    try (GenlClient client = GenlClient.open()) {
      assertThat(client.echoAll(messages)).isEqualTo(messages);
      assertThat(client.echoAll(List.of())).isEmpty();
    }
  }

  @Test
  void twoThreadsShareAClient() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (GenlClient client = GenlClient.open()) {
      List<Callable<Boolean>> tasks =
          List.of(() -> echoes(client, "one", 2000), () -> echoes(client, "other", 2000));
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void hundredThousandEchoesLeaveNothingBehind() throws Exception {
    try (GenlClient client = GenlClient.open()) {
      echoes(client, "warm-up", 40_000);

      // A leak of 100 bytes an echo would be 10 MB.
      assertNothingLeft(() -> assertThat(echoes(client, "echo", 100_000)).isTrue());
    }
  }

  @Test
  void thousandClientsLeaveNothingBehind() throws Exception {
    cycle(200);

    assertNothingLeft(
        () -> {
          cycle(1000);
          return null;
        });
  }

  /** Removes the module and brings it back. */
  @Nested
  class WithoutTheModule {

    @Test
    void openNamesTheRemedy() throws Exception {
      remove("gnl_foobar_xmpl");
      try {
        assertThatThrownBy(GenlClient::open)
            .isInstanceOf(FamilyNotFoundException.class)
            .hasMessageContaining("'gnl_foobar_xmpl' is not registered")
            .hasMessageContaining("insmod kernel-mod/gnl_foobar_xmpl.ko");
      } finally {
        insert("gnl_foobar_xmpl");
      }
    }

    @Test
    void openLeavesNoSocketBehind() throws Exception {
      remove("gnl_foobar_xmpl");
      try {
        long sockets = sockets();
        for (int i = 0; i < 10; i++) {
          assertThatThrownBy(GenlClient::open).isInstanceOf(FamilyNotFoundException.class);
        }
        assertThat(sockets()).isEqualTo(sockets);
      } finally {
        insert("gnl_foobar_xmpl");
      }
    }
  }

  private static KernelException refusal(Genl genl, GenlRequest request) {
    return catchThrowableOfType(KernelException.class, () -> genl.execute(request));
  }

  private static boolean echoes(GenlClient client, String text, int count) throws NetlinkException {
    for (int i = 0; i < count; i++) {
      String message = text + i;
      if (!client.echo(message).equals(message)) {
        return false;
      }
    }
    return true;
  }

  private static void cycle(int count) throws NetlinkException {
    for (int i = 0; i < count; i++) {
      try (GenlClient client = GenlClient.open()) {
        assertThat(client.echo("x")).isEqualTo("x");
      }
    }
  }

  private static void remove(String module) throws Exception {
    Command rmmod = Command.run("rmmod", module);
    assertThat(rmmod.status()).as(rmmod.output()).isZero();
  }

  private static void insert(String module) throws Exception {
    String file = Path.of(System.getenv("JGENL_MODULES"), module + ".ko").toString();
    Command insmod = Command.run("insmod", file);
    assertThat(insmod.status()).as(insmod.output()).isZero();
  }

  private static long sockets() throws IOException {
    try (Stream<Path> list = Files.list(Path.of("/proc/self/fd"))) {
      return list.filter(FoobarIT::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      // The one with which the folder is read is gone by now.
      return false;
    }
  }

  /**
   * Does it up to three times: what is left behind is left each time, while the JVM does not take
   * each time what it takes for itself, for the code that it compiles or a heap that it touches
   * first.
   */
  private static void assertNothingLeft(Callable<?> work) throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3 && least >= KILOBYTES_OF_A_LEAK; i++) {
      long memory = residentKilobytes();
      // After the JDK has opened that of its own with which it closes files.
      long sockets = sockets();
      work.call();
      assertThat(sockets()).isEqualTo(sockets);
      least = Math.min(least, residentKilobytes() - memory);
    }
    assertThat(least).isLessThan(KILOBYTES_OF_A_LEAK);
  }

  /** The memory of this process after a collection, so that garbage does not count. */
  private static long residentKilobytes() throws Exception {
    System.gc();
    return Held.RESIDENT.now();
  }
}
