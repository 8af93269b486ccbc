package dev.jgenl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The sequence numbers of requests. */
class OutgoingTest {

  private static final int STRIDE = 64;

  private final Outgoing outgoing =
      new Outgoing(
          new MessageWriter(ByteBuffer.allocate(64).order(ByteOrder.nativeOrder())),
          new Exchange(),
          1);

  @Test
  void firstIsOne() {
    outgoing.begin(1);

    assertThat(outgoing.skip()).isEqualTo(1);
  }

  @Test
  @DisplayName("T03 from one exchange to the next they jump")
  void nextExchangeIsFarAway() {
    outgoing.begin(1);
    outgoing.skip();
    outgoing.begin(1);

    assertThat(outgoing.skip()).isEqualTo(1 + STRIDE + 1);
  }

  @Test
  @DisplayName("T03 they begin anew where the last of an exchange would not be positive")
  void beginAnewWhereTheyEnd() {
    outgoing.begin(1);
    outgoing.skip();
    int most = Integer.MAX_VALUE - (1 + STRIDE);
    outgoing.begin(most);
    assertThat(outgoing.skip() + (most - 1)).isEqualTo(Integer.MAX_VALUE);

    outgoing.begin(most);

    assertThat(outgoing.skip()).isEqualTo(1);
  }
}
