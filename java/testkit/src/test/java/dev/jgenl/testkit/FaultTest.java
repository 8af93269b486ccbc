package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One call of the system that fails: its errno is told, nothing is left, and the next is right. */
class FaultTest extends Scripted {

  private static final int ENOMEM = 12;

  private final Sockets sockets = new Sockets();
  private Genl faulty;

  @BeforeEach
  void openFaulty() throws NetlinkException {
    faulty = Genl.open(NetlinkOptions.DEFAULTS, sockets);
  }

  @AfterEach
  void closeFaulty() {
    faulty.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("T49 no memory for a socket that was opened: it is closed")
  void noMemoryForASocket(boolean error) {
    int before = kernel.openSockets();
    FaultyTransports.Fault fault = new FaultyTransports.Fault("memory", error ? 0 : ENOMEM);

    Throwable thrown =
        catchThrowableOfType(
            Throwable.class,
            () ->
                Genl.open(
                    NetlinkOptions.DEFAULTS, new FaultyTransports(kernel.sockets(), fault, 2, 2)));

    if (error) {
      assertThat(thrown).isInstanceOf(OutOfMemoryError.class);
    } else {
      assertThat(thrown).isInstanceOfSatisfying(KernelException.class, FaultTest::assertNoMemory);
    }
    assertThat(kernel.openSockets()).isEqualTo(before);
  }

  @Test
  @DisplayName("T40 no memory for a long request of a batch: it says so, the others are right")
  void noMemoryForALongRequest() throws NetlinkException {
    GenlRequest longer =
        GenlRequest.of(demo, COMMAND, a -> a.putU32(NUMBER, 2).putBytes(TEXT, new byte[60_000]));
    faulty.batch(List.of(ask(1)));
    sockets.memory = false;

    List<Outcome<Long>> outcomes = faulty.batch(List.of(ask(1), longer, ask(3)), Scripted::number);

    assertThat(outcomes.get(0).get()).isEqualTo(1);
    assertThat(outcomes.get(2).get()).isEqualTo(3);
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> outcomes.get(1).get())
        .satisfies(FaultTest::assertNoMemory);
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> faulty.execute(longer))
        .satisfies(FaultTest::assertNoMemory);
    assertThat(faulty.<Long>request(ask(4), Scripted::number)).isEqualTo(4);
  }

  @Test
  @DisplayName("T54 what a program throws itself while it writes a request comes out as it is")
  void exceptionOfTheProgram() {
    UncheckedIOException thrown = new UncheckedIOException(new IOException("of the program"));
    GenlRequest request =
        GenlRequest.of(
            demo,
            COMMAND,
            a -> {
              throw thrown;
            });

    assertThatThrownBy(() -> faulty.execute(request)).isSameAs(thrown);
    assertThatThrownBy(() -> faulty.batch(List.of(request)).get(0).get()).isSameAs(thrown);
  }

  @Test
  @DisplayName("T58 a buffer that the system refuses: the errno is told, the socket is closed")
  void refusedBuffer() {
    int before = kernel.openSockets();
    sockets.buffers = ENOMEM;

    assertThatThrownBy(() -> faulty.subscribe(demo, "events"))
        .isInstanceOfSatisfying(KernelException.class, FaultTest::assertNoMemory);
    assertThatThrownBy(() -> faulty.connect())
        .isInstanceOfSatisfying(KernelException.class, FaultTest::assertNoMemory);

    assertThat(kernel.openSockets()).isEqualTo(before);
  }

  @Test
  @DisplayName("T17 a resolution that fails tells the errno, and is no family that is missing")
  void failedResolution() throws NetlinkException {
    kernel.family("other");
    sockets.resolve = ENOMEM;

    assertThatThrownBy(() -> faulty.family("other"))
        .isInstanceOfSatisfying(KernelException.class, FaultTest::assertNoMemory)
        .hasMessageContaining("resolve family 'other'");

    sockets.resolve = 0;
    assertThat(faulty.family("other").name()).isEqualTo("other");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T09 an answer that is there counts, also if time is over when it is looked for")
  void answerThatIsReadLate(Way way) throws NetlinkException {
    kernel.clock().stop();
    FakeFamily.Script script =
        (request, answer) -> {
          sockets.sleep = Duration.ofHours(1);
          echo(request, answer.delay(Duration.ofMillis(1)));
        };
    family.onDo(COMMAND, script).onDump(COMMAND, script);

    assertThat(way.ask(faulty, ask(1))).extracting(Scripted::number).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T17 a receive that fails tells the errno, in each way, and the next is right")
  void failedReceive(Way way) throws NetlinkException {
    // So that the answer is not there before it is waited for.
    kernel.clock().stop();
    FakeFamily.Script late =
        (request, answer) -> {
          sockets.receive = ENOMEM;
          echo(request, answer.delay(Duration.ofMillis(1)));
        };
    family.onDo(COMMAND, late).onDump(COMMAND, late);

    assertThatThrownBy(() -> way.ask(faulty, ask(1)))
        .isInstanceOfSatisfying(KernelException.class, FaultTest::assertNoMemory);

    sockets.receive = 0;
    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
    assertThat(way.ask(faulty, ask(2))).extracting(Scripted::number).containsExactly(2L);
  }

  @Test
  @DisplayName("T17 a receive that fails tells whoever waits for an event the errno")
  void failedReceiveOfAnEvent() throws NetlinkException {
    try (GenlSubscription s = faulty.subscribe(demo, "events");
        GenlConnection c = faulty.connect()) {
      sockets.receive = ENOMEM;

      assertThatThrownBy(s::next)
          .isInstanceOfSatisfying(KernelException.class, FaultTest::assertNoMemory);
      assertThatThrownBy(c::next)
          .isInstanceOfSatisfying(KernelException.class, FaultTest::assertNoMemory);

      sockets.receive = 0;
      notify("events", 1);
      assertThat(show(s.next())).isEqualTo("event 1");
      assertThat(c.<Long>request(ask(2), Scripted::number)).isEqualTo(2);
    }
  }

  private static void assertNoMemory(KernelException e) {
    assertThat(e.errno()).isEqualTo(ENOMEM);
  }

  /** Those of the kernel, of which calls fail with an errno that is not 0. */
  private final class Sockets implements Transport.Factory {

    private final Transport.Factory real = kernel.sockets();
    private boolean memory = true;
    private int buffers;
    private int resolve;
    private int receive;

    /** How long the thread does nothing else before it receives. */
    private Duration sleep = Duration.ZERO;

    @Override
    public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
      return new ForwardingTransport(real.open(protocol, purpose)) {

        @Override
        public @Nullable ByteBuffer allocate(int bytes) {
          return memory ? super.allocate(bytes) : null;
        }

        @Override
        public int setBuffers(int receive, int send) {
          return buffers == 0 ? super.setBuffers(receive, send) : -buffers;
        }

        @Override
        public int resolve(String family, int sequence, Datagrams into, long timeoutNanos) {
          return resolve == 0 ? super.resolve(family, sequence, into, timeoutNanos) : -resolve;
        }

        @Override
        public int receive(Datagrams into, int count, long timeoutNanos) {
          kernel.clock().advance(sleep);
          return receive == 0 ? super.receive(into, count, timeoutNanos) : -receive;
        }
      };
    }

    @Override
    public long nanoTime() {
      return real.nanoTime();
    }
  }
}
