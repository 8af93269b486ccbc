package dev.jgenl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.ForwardingTransport;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a loss is told, and how much room there is for the next datagram. */
class InboxTest {

  private static final int LOSS = -Errno.ENOBUFS.number();

  @Test
  @DisplayName("T18 a loss with nothing queued before it is told at once")
  void lossBehindNothingIsToldAtOnce() {
    assertThat(received(2, LOSS, 0, 0)).containsExactly(LOSS, 0);
  }

  @Test
  @DisplayName("T18 a loss stands behind what was queued before it")
  void lossStandsBehindWhatWasQueued() {
    assertThat(received(3, LOSS, 1, 0)).containsExactly(1, LOSS, 0);
  }

  @Test
  @DisplayName("T18 a loss behind one that is told is told as well, behind what was queued")
  void lossBehindALossIsTold() {
    assertThat(received(4, LOSS, LOSS, 1, 0)).containsExactly(LOSS, 1, LOSS, 0);
  }

  @Test
  @DisplayName("T18 a loss while the one before is not told yet is told as well")
  void lossBeforeTheOneBeforeIsToldIsToldAsWell() {
    assertThat(received(4, LOSS, 3, LOSS, 1, 0)).containsExactly(3, LOSS, 1, LOSS);
  }

  @Test
  @DisplayName("T18 a loss is told although more comes without end: no more was queued before it")
  void lossIsToldWithinTheBuffer() {
    // Of 2048 bytes, at 512 a datagram.
    int[] endless =
        IntStream.concat(IntStream.of(LOSS), IntStream.generate(() -> 3).limit(9)).toArray();

    assertThat(received(4, endless)).containsExactly(3, 3, LOSS, 3);
  }

  @ParameterizedTest(name = "T07 a message of {0} bytes: room for {1}")
  @CsvSource({"70001, 139392", "139392, 139392", "139393, 139396", "67108864, 67108864"})
  void roomForTheNextOfThatSize(int length, int room) {
    assertThat(allocated(length)).containsExactly(Datagrams.size(1, room));
  }

  @ParameterizedTest(name = "T07 a message of {0} bytes is too long to make room for")
  @ValueSource(ints = {67108865, 1_000_000_000})
  void noRoomForTheLongest(int length) {
    assertThat(allocated(length)).isEmpty();
  }

  /** Receives so often, and returns what comes of it. */
  private static List<Integer> received(int times, int... script) {
    Script socket = new Script(script);
    Inbox inbox = inbox(socket);
    return IntStream.range(0, times).mapToObj(i -> inbox.receive(Inbox.SLOTS, 0)).toList();
  }

  /** Returns how much memory is asked for behind a message that was too long. */
  private static List<Integer> allocated(int length) {
    Script socket = new Script(1, 0);
    socket.length = length;
    Inbox inbox = inbox(socket);
    inbox.receive(Inbox.SLOTS, 0);
    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> inbox.next(false));
    inbox.receive(Inbox.SLOTS, 0);
    return socket.allocated;
  }

  private static Inbox inbox(Transport socket) {
    return new Inbox(socket, ByteBuffer.allocate(Inbox.SIZE).order(ByteOrder.nativeOrder()));
  }

  /** Brings so many datagrams with each receive, or fails. */
  private static final class Script extends ForwardingTransport {

    private final int[] results;
    private final List<Integer> allocated = new ArrayList<>();
    private int length = 16;
    private int next;

    Script(int... results) {
      super(null);
      this.results = results;
    }

    @Override
    public int receive(Datagrams into, int count, long timeoutNanos) {
      int n = results[next++];
      for (int i = 0; i < n; i++) {
        into.describe(i, length, 0, 0);
      }
      return n;
    }

    @Override
    public int setBuffers(int receive, int send) {
      return 2048;
    }

    @Override
    public @Nullable ByteBuffer allocate(int bytes) {
      allocated.add(bytes);
      return null;
    }
  }
}
