package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What closing does to those who wait, and to those who come later. */
@Timeout(10)
class CloseTest {

  private static final int WAIT = 1;

  private final FakeKernel kernel = new FakeKernel();
  private final FakeFamily family = kernel.family("demo");

  @Test
  @DisplayName("T10 use after close is an exception, and closing twice is harmless")
  void useAfterCloseIsAnException() throws NetlinkException {
    Genl genl = kernel.open();
    GenlFamily demo = genl.family("demo");
    genl.close();
    genl.close();

    assertThatThrownBy(() -> genl.family("demo")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> genl.request(demo, WAIT, a -> {})).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> genl.dump(demo, WAIT)).isInstanceOf(ClosedException.class);
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  @DisplayName("T10 behind the close no socket is opened, whatever is asked")
  void nothingIsOpenedBehindTheClose() throws NetlinkException {
    Genl genl = kernel.open();
    GenlFamily demo = genl.family("demo");
    genl.close();
    int opened = kernel.openedSockets();

    assertThatThrownBy(genl::connect).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> genl.request(demo, WAIT, a -> {})).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> genl.request(tolerant(demo), m -> m))
        .isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> genl.dump(tolerant(demo))).isInstanceOf(ClosedException.class);
    assertThat(kernel.openedSockets()).isEqualTo(opened);
  }

  private static GenlRequest tolerant(GenlFamily demo) {
    return GenlRequest.of(demo, WAIT).withAnySequence().withAnyPort();
  }

  @Test
  @DisplayName(
      "T53 what opens the sockets is closed with the instance, also if that cannot be opened")
  void factoryIsClosed() throws NetlinkException {
    List<String> closed = new ArrayList<>();
    Genl genl = Genl.open(NetlinkOptions.DEFAULTS, closing(closed));
    assertThat(closed).isEmpty();

    genl.close();

    assertThat(closed).contains("closed");
    closed.clear();
    kernel.refuseSockets(24, 1);
    assertThatThrownBy(() -> Genl.open(NetlinkOptions.DEFAULTS, closing(closed)))
        .isInstanceOf(KernelException.class);
    assertThat(closed).contains("closed");
  }

  private Transport.Factory closing(List<String> closed) {
    Transport.Factory sockets = kernel.sockets();
    return new Transport.Factory() {
      @Override
      public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
        return sockets.open(protocol, purpose);
      }

      @Override
      public void close() {
        closed.add("closed");
      }
    };
  }

  @Test
  @DisplayName("T14 closing closes a dump that nobody reads, also one within a list")
  void closeClosesDumps() throws NetlinkException {
    family
        .group("events")
        .onDump(WAIT, (request, answer) -> answer.message(WAIT, a -> {}).message(WAIT, a -> {}));
    Genl genl = kernel.open();
    GenlFamily demo = genl.family("demo");
    Dump<GenlMessage> unread = genl.dump(demo, WAIT);
    Dump<GenlMessage> begun = genl.dump(demo, WAIT);
    begun.next();
    genl.subscribe(GenlRequest.of(demo, WAIT), "events").next();

    genl.close();

    assertThat(kernel.openSockets()).isZero();
    assertThatThrownBy(unread::next).isInstanceOf(ClosedException.class);
    assertThatThrownBy(begun::toList).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T14 closed while a dump is being begun: no dump, and nothing is left")
  void closeWhileADumpIsBegun() throws NetlinkException {
    family.onDump(WAIT, (request, answer) -> answer.message(WAIT, a -> {}));
    Genl genl = kernel.open();
    GenlRequest request = GenlRequest.of(genl.family("demo"), WAIT, a -> genl.close());

    assertThatThrownBy(() -> genl.dump(request)).isInstanceOf(ClosedException.class);
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  @DisplayName("T10 close from another thread ends the wait of a request at once")
  void closeEndsAWaitingRequest() throws Exception {
    Genl genl = kernel.open();
    GenlFamily demo = genl.family("demo");
    CountDownLatch asked = new CountDownLatch(1);
    family.onDo(
        WAIT,
        (request, answer) -> {
          answer.unanswered();
          asked.countDown();
        });

    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(() -> outcomeOf(() -> genl.request(demo, WAIT, a -> {})));
    asked.await();
    genl.close();

    assertThat(outcome.get(2, TimeUnit.SECONDS)).isInstanceOf(ClosedException.class);
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  @DisplayName("T10 close from another thread ends the wait of a dump at once")
  void closeEndsAWaitingDump() throws Exception {
    try (Genl genl = kernel.open()) {
      family.onDump(WAIT, (request, answer) -> answer.unanswered());
      Dump<GenlMessage> dump = genl.dump(genl.family("demo"), WAIT);

      CompletableFuture<Throwable> outcome =
          CompletableFuture.supplyAsync(() -> outcomeOf(dump::next));
      dump.close();

      assertThat(outcome.get(2, TimeUnit.SECONDS)).isInstanceOf(ClosedException.class);
    }
  }

  @FunctionalInterface
  private interface Call {
    void run() throws NetlinkException;
  }

  private static Throwable outcomeOf(Call call) {
    try {
      call.run();
      throw new AssertionError("did not fail");
    } catch (NetlinkException e) {
      return e;
    }
  }
}
