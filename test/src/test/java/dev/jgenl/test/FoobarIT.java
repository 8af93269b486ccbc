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
      long memory = residentKilobytes();
      long sockets = Descriptors.sockets();

      assertThat(echoes(client, "echo", 100_000)).isTrue();

      assertThat(Descriptors.sockets()).isEqualTo(sockets);
      // The JVM itself still grows a little; a leak of 100 bytes an echo would be 10 MB.
      assertThat(residentKilobytes() - memory).isLessThan(8_000);
    }
  }

  @Test
  void thousandClientsLeaveNothingBehind() throws Exception {
    // As many as are measured, so that what they touch of the heap is there.
    cycle(1000);
    long memory = residentKilobytes();
    long sockets = Descriptors.sockets();

    cycle(1000);

    assertThat(Descriptors.sockets()).isEqualTo(sockets);
    assertThat(residentKilobytes() - memory).isLessThan(8_000);
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
        long sockets = Descriptors.sockets();
        for (int i = 0; i < 10; i++) {
          assertThatThrownBy(GenlClient::open).isInstanceOf(FamilyNotFoundException.class);
        }
        assertThat(Descriptors.sockets()).isEqualTo(sockets);
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

  /** The memory of this process after a collection, so that garbage does not count. */
  private static long residentKilobytes() throws Exception {
    System.gc();
    return Held.RESIDENT.now();
  }
}
