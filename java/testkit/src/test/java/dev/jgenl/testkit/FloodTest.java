package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jgenl.ClosedException;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stranger sends without end: whatever is received answers nobody. */
class FloodTest {

  private static final int COMMAND = 1;
  private static final int STRANGER = 4711;

  private final FakeKernel kernel = new FakeKernel();

  /** The first of the stranger's has come. */
  private final CountDownLatch flooding = new CountDownLatch(1);

  private Genl genl;
  private GenlFamily demo;

  @BeforeEach
  void open() throws NetlinkException {
    FakeFamily.Script never = (request, answer) -> answer.unanswered();
    kernel.family("demo").group("events").onDo(COMMAND, never).onDump(COMMAND, never);
    Transport.Factory sockets = kernel.sockets();
    genl =
        Genl.open(
            NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(200)),
            (protocol, purpose) -> flooded(sockets.open(protocol, purpose)));
    demo = genl.family("demo");
  }

  @AfterEach
  void close() {
    genl.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T09 a time limit holds while a stranger sends without end")
  void timeLimitHolds(Way way) {
    assertThatThrownBy(() -> way.ask(genl, GenlRequest.of(demo, COMMAND)))
        .isInstanceOf(RequestTimeoutException.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T10 close ends a request while a stranger sends without end")
  void closeEndsARequest(Way way) throws Exception {
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowable(
                    () ->
                        way.ask(
                            genl,
                            GenlRequest.of(demo, COMMAND).withTimeout(Duration.ofMinutes(1)))));
    flooding.await();

    genl.close();

    assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T09 a wait for an event ends while a stranger sends without end")
  void waitForAnEventEnds() throws NetlinkException {
    try (GenlSubscription s = genl.subscribe(demo, "events");
        GenlConnection c = genl.connect()) {
      assertThat(s.poll(Duration.ofMillis(50))).isEmpty();
      assertThat(s.poll(Duration.ZERO)).isEmpty();
      assertThat(c.poll(Duration.ofMillis(50))).isEmpty();
    }
  }

  private Transport flooded(Transport socket) {
    return (Transport)
        Proxy.newProxyInstance(
            FloodTest.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (proxy, method, arguments) ->
                method.getName().equals("receive")
                    ? receive(socket, (Datagrams) arguments[0])
                    : call(method, socket, arguments));
  }

  private int receive(Transport socket, Datagrams into) {
    int n = socket.receive(into, 1, 0);
    if (n != 0) {
      return n;
    }
    into.put(0, ByteBuffer.allocate(16), STRANGER, 0);
    flooding.countDown();
    return 1;
  }

  private static Object call(Method method, Transport socket, Object[] arguments) throws Throwable {
    try {
      return method.invoke(socket, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
