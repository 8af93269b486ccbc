package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.ClosedException;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Buffers of the kernel's: asked for where they are needed, raised and never lowered. */
class BufferTest extends Scripted {

  /** What is asked of every socket, and what then is in force. */
  private record Asked(Transport.Purpose purpose, int receive, int send, int granted) {}

  private final List<Asked> asked = new ArrayList<>();

  private Transport.Factory recording() {
    Transport.Factory real = kernel.sockets();
    return (protocol, purpose) -> {
      Transport socket = real.open(protocol, purpose);
      return proxy(
          socket,
          (method, args, call) -> {
            Object result = call.call();
            if (method.equals("setBuffers")) {
              asked.add(new Asked(purpose, (int) args[0], (int) args[1], (int) result));
            }
            return result;
          });
    };
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T58 buffers that are large from the start stay so, whatever is asked")
  void largeBuffersStaySo(Way way) throws NetlinkException {
    kernel.limitBuffers(16 << 20, 212_992);
    try (Genl other = Genl.open(NetlinkOptions.DEFAULTS, recording())) {
      for (int i = 0; i < 3; i++) {
        assertThat(way.ask(other, ask(5))).hasSize(1);
      }
      other.batch(List.of(ask(1), ask(2)));
      other.request(ask(1), GenlMessage::copy);
    }
    assertThat(asked)
        .allSatisfy(
            a -> {
              assertThat(a.receive()).isNotNegative();
              assertThat(a.send()).isNotNegative();
              assertThat(a.granted()).isEqualTo(16 << 20);
            });
  }

  @Test
  @DisplayName("T58 what the options say is asked for subscriptions and batches, once a socket")
  void whatTheOptionsSayIsAskedFor() throws NetlinkException {
    NetlinkOptions options = NetlinkOptions.DEFAULTS.withReceiveBuffer(3 << 20);
    try (Genl other = Genl.open(options, recording());
        GenlSubscription s = other.subscribe(demo, "events");
        GenlConnection c = other.connect()) {
      for (int i = 0; i < 3; i++) {
        other.batch(List.of(ask(1), ask(2)));
        other.request(ask(1), GenlMessage::copy);
        c.request(ask(1), GenlMessage::copy);
      }
    }
    assertThat(asked)
        .filteredOn(a -> a.receive() == 3 << 20)
        .as("a subscription, a connection, and the socket of the pool")
        .hasSize(3);
    assertThat(asked).allSatisfy(a -> assertThat(a.granted()).isGreaterThanOrEqualTo(a.receive()));
  }

  @Test
  @DisplayName("T58 small buffers: a long answer and its ACK fit all the same, in each way")
  void smallBuffersAreRaised() throws NetlinkException {
    kernel.limitBuffers(4096, Integer.MAX_VALUE);
    FakeFamily.Script script =
        (request, answer) ->
            answer.message(COMMAND, a -> a.putU32(NUMBER, 5).putBytes(TEXT, new byte[60_000]));
    family.onDo(COMMAND, script).onDump(COMMAND, script);
    try (Genl other = kernel.open()) {
      for (Way way : Way.values()) {
        for (int i = 0; i < 3; i++) {
          assertThat(way.ask(other, ask(5)))
              .as("%s", way)
              .extracting(Scripted::number)
              .containsExactly(5L);
        }
      }
    }
  }

  @Test
  @DisplayName("T58 a limit that the system sets: batches of long answers come through in windows")
  void limitOfTheSystem() throws NetlinkException {
    kernel.limitBuffers(212_992, 212_992);
    family.onDo(
        COMMAND,
        (request, answer) ->
            answer.message(
                COMMAND,
                a ->
                    a.putU32(NUMBER, request.attributes().get(NUMBER).u32())
                        .putBytes(TEXT, new byte[3000])));
    List<GenlRequest> requests = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      requests.add(ask(i));
    }
    try (Genl other = kernel.open()) {
      var outcomes = other.batch(requests, Scripted::number);
      for (int i = 0; i < 500; i++) {
        assertThat(outcomes.get(i).get()).isEqualTo(i);
      }
    }
  }

  /** What sets a buffer, and is under way while the instance is closed. */
  enum Setter {
    CONNECTION {
      @Override
      void set(Genl genl, BufferTest t) throws NetlinkException {
        genl.connect();
      }
    },
    SUBSCRIPTION {
      @Override
      void set(Genl genl, BufferTest t) throws NetlinkException {
        genl.subscribe(t.demo, "events");
      }
    },
    REQUEST {
      @Override
      void set(Genl genl, BufferTest t) throws NetlinkException {
        genl.request(t.ask(1), GenlMessage::copy);
      }
    },
    BATCH {
      @Override
      void set(Genl genl, BufferTest t) throws NetlinkException {
        genl.batch(List.of(t.ask(1).withoutAck())).get(0).get();
      }
    };

    abstract void set(Genl genl, BufferTest t) throws NetlinkException;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T10 close while a buffer is set: the socket is freed behind that, not under it")
  void closeWhileABufferIsSet(Setter setter) throws Exception {
    CountDownLatch setting = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicBoolean freedInUse = new AtomicBoolean();
    Transport.Factory real = kernel.sockets();
    Genl other =
        Genl.open(
            NetlinkOptions.DEFAULTS,
            (protocol, purpose) -> {
              Transport socket = real.open(protocol, purpose);
              AtomicBoolean inUse = new AtomicBoolean();
              return proxy(
                  socket,
                  (method, args, call) -> {
                    if (method.equals("setBuffers")) {
                      inUse.set(true);
                      setting.countDown();
                      closed.await();
                      inUse.set(false);
                    }
                    if (method.equals("close") && inUse.get()) {
                      freedInUse.set(true);
                    }
                    return call.call();
                  });
            });
    Future<Boolean> work =
        start(
            () -> {
              setter.set(other, this);
              return true;
            });
    setting.await();
    other.close();
    closed.countDown();

    try {
      await(work);
    } catch (ClosedException e) {
      // An answer that came all the same is as good.
    }
    assertThat(freedInUse).isFalse();
    assertThat(kernel.openSockets()).as("those of the other instance").isLessThanOrEqualTo(2);
  }

  /** Stands between the library and a socket. */
  @FunctionalInterface
  private interface Between {
    Object call(String method, Object[] args, Callable<Object> real) throws Exception;
  }

  private static Transport proxy(Transport socket, Between between) {
    return (Transport)
        Proxy.newProxyInstance(
            BufferTest.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (proxy, method, args) ->
                between.call(
                    method.getName(),
                    args,
                    () -> {
                      try {
                        return method.invoke(socket, args);
                      } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                      }
                    }));
  }
}
