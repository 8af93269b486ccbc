package dev.jgenl.test;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Leaks that are planted, to show that the soak sees them. */
enum SoakLeak {
  DESCRIPTORS(Held.DESCRIPTORS) {
    @Override
    Object leak() throws IOException {
      return new FileInputStream("/dev/null");
    }
  },
  THREADS(Held.THREADS) {
    @Override
    Object leak() {
      Thread thread = new Thread(SoakLeak::sleep);
      thread.setDaemon(true);
      thread.start();
      return thread;
    }
  },
  DIRECT(Held.DIRECT) {
    @Override
    Object leak() {
      return ByteBuffer.allocateDirect(64 << 10);
    }
  },
  HEAP(Held.HEAP) {
    @Override
    Object leak() {
      return new byte[256 << 10];
    }
  },
  /** The JVM accounts for direct buffers as native memory, too. */
  NATIVE(Held.NATIVE) {
    @Override
    Object leak() {
      return ByteBuffer.allocateDirect(1 << 20);
    }
  },
  /** And zeroes them, so that they are there. */
  RESIDENT(Held.RESIDENT) {
    @Override
    Object leak() {
      return ByteBuffer.allocateDirect(1 << 20);
    }
  };

  private static final List<Object> LEAKED = new ArrayList<>();
  private static final int POINTS = 30;

  private final Held held;

  SoakLeak(Held held) {
    this.held = held;
  }

  abstract Object leak() throws IOException;

  /** Whether it is seen. */
  boolean isSeen() throws Exception {
    HeldCurve curve = new HeldCurve();
    for (int i = 0; i < POINTS; i++) {
      LEAKED.add(leak());
      curve.add();
    }
    LEAKED.clear();
    return curve.growth().stream().anyMatch(g -> g.startsWith(held.label()));
  }

  private static void sleep() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
