package dev.jgenl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.DumpPolicy;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.ForwardingTransport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EngineTest {

  @Test
  @DisplayName(
      "T53 one that was forgotten is told from one that was closed before it was collected")
  void closeTellsWhetherItWasOpen() throws NetlinkException {
    Engine engine =
        new Engine(
            (protocol, purpose) -> new Silent(),
            Engine.GENERIC,
            new Settings(1, 0, DumpPolicy.mark()));

    assertThat(engine.closeIfOpen()).isTrue();
    assertThat(engine.closeIfOpen()).isFalse();
  }

  /** A socket on which nothing comes. */
  private static final class Silent extends ForwardingTransport {

    Silent() {
      super(null);
    }

    @Override
    public int portId() {
      return 1;
    }

    @Override
    public @Nullable ByteBuffer allocate(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void wake() {}

    @Override
    public void close() {}
  }
}
