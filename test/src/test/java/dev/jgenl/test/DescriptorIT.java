package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Descriptors and memory: what happens when they run short, and that they return. */
@Timeout(60)
class DescriptorIT {

  private static final int GETFAMILY = 3;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;

  /** More than any single one of the steps takes. */
  private static final int ENOUGH = 8;

  /** What a program does, on a Genl that is open. */
  enum Step {
    OPEN {
      @Override
      void run(Genl genl) throws Exception {
        try (Genl another = Genl.open()) {
          RESOLVE.run(another);
        }
      }
    },
    OPEN_IN_A_NAMESPACE {
      @Override
      void run(Genl genl) throws Exception {
        Path own = Path.of("/proc/self/ns/net");
        try (Genl another = Genl.open(NetlinkOptions.DEFAULTS.withNetworkNamespace(own))) {
          RESOLVE.run(another);
        }
      }
    },
    RESOLVE {
      @Override
      void run(Genl genl) throws NetlinkException {
        assertThat(genl.family("nlctrl").id()).isEqualTo(16);
      }
    },
    RESOLVE_LATER {
      @Override
      void run(Genl genl) throws Exception {
        RESOLVE.run(genl);
        Thread.sleep(2);
        RESOLVE.run(genl);
        Thread.sleep(2);
        RESOLVE.run(genl);
      }
    },
    REQUEST {
      @Override
      void run(Genl genl) throws NetlinkException {
        assertThat(genl.<Integer>request(self(genl), m -> m.attributes().get(FAMILY_ID).u16()))
            .isEqualTo(16);
      }
    },
    TOLERANT_REQUEST {
      @Override
      void run(Genl genl) throws NetlinkException {
        assertThat(genl.execute(self(genl).withAnySequence()).messages()).hasSize(1);
      }
    },
    BATCH {
      @Override
      void run(Genl genl) throws NetlinkException {
        GenlRequest self = self(genl);
        for (var outcome : genl.batch(List.of(self, self.withAnyPort(), self))) {
          assertThat(outcome.get().messages()).hasSize(1);
        }
      }
    },
    DUMP {
      @Override
      void run(Genl genl) throws NetlinkException {
        try (Dump<GenlMessage> one = genl.dump(all(genl));
            Dump<GenlMessage> other = genl.dump(all(genl))) {
          assertThat(one.toList()).hasSameSizeAs(other.toList());
        }
      }
    },
    SUBSCRIBE {
      @Override
      void run(Genl genl) throws NetlinkException {
        try (GenlSubscription s = genl.subscribe(genl.family("nlctrl"), "notify")) {
          assertThat(s.poll(Duration.ZERO)).isEmpty();
        }
      }
    },
    LIST {
      @Override
      void run(Genl genl) throws NetlinkException {
        try (GenlSubscription s = genl.subscribe(all(genl), "notify")) {
          while (!(s.next() instanceof Event.Synchronized)) {
            // All entries come first.
          }
        }
      }
    },
    CONNECT {
      @Override
      void run(Genl genl) throws NetlinkException {
        try (GenlConnection connection = genl.connect()) {
          connection.join(genl.family("nlctrl"), "notify");
          assertThat(connection.execute(self(genl)).messages()).hasSize(1);
          assertThat(connection.dump(all(genl)).toList()).isNotEmpty();
        }
      }
    };

    abstract void run(Genl genl) throws Exception;
  }

  @ParameterizedTest(name = "T49 {0} with 0, 1, 2… descriptors left: done or an exception, no leak")
  @EnumSource(Step.class)
  void fewDescriptors(Step step) throws Exception {
    try (Descriptors descriptors = Descriptors.limited();
        Genl genl = Genl.open()) {
      // What a class needs is loaded before: that takes descriptors, too.
      step.run(genl);
      descriptors.leave(0);
      failure(step, genl);
      descriptors.free();
      List<Boolean> succeeded = new ArrayList<>();
      for (boolean idle : new boolean[] {true, false}) {
        for (int left = 0; left <= ENOUGH; left++) {
          if (!idle) {
            spoilPool(genl);
          }
          long before = Descriptors.count();
          descriptors.leave(left);
          Exception failure = failure(step, genl);
          descriptors.free();
          succeeded.add(failure == null);
          if (failure != null) {
            assertThat(failure).isInstanceOf(KernelException.class);
            assertThat(((KernelException) failure).error()).isEqualTo(Errno.EMFILE);
          }
          // One idle connection may have been opened, or closed.
          assertThat(Descriptors.count()).isBetween(before - 4, before + 4);
          for (Step any : Step.values()) {
            any.run(genl);
          }
        }
      }
      assertThat(succeeded.get(ENOUGH)).isTrue();
      assertThat(succeeded.get(2 * ENOUGH + 1)).isTrue();
      long before = Descriptors.count();
      for (int i = 0; i < 20; i++) {
        descriptors.leave(i % ENOUGH);
        failure(step, genl);
        descriptors.free();
      }
      assertThat(Descriptors.count()).isLessThanOrEqualTo(before + 2);
    }
  }

  @Test
  @DisplayName("T49 a thousand failed attempts leak neither descriptors nor memory")
  void thousandFailedAttempts() throws Exception {
    try (Descriptors descriptors = Descriptors.limited();
        Genl genl = Genl.open()) {
      spoilPool(genl);
      for (int left : new int[] {0, 1}) {
        failure(Step.OPEN, genl);
        long before = Descriptors.count();
        descriptors.leave(left);
        long memory = 0;
        for (int i = 0; i < 1000; i++) {
          memory = i == 100 ? residentKilobytes(memory) : memory;
          failure(Step.OPEN, genl);
          failure(Step.SUBSCRIBE, genl);
          failure(Step.CONNECT, genl);
          failure(Step.DUMP, genl);
        }
        descriptors.free();
        // A connection that was opened may be idle.
        assertThat(Descriptors.count()).isLessThanOrEqualTo(before + 2);
        if (memory > 0) {
          assertThat(residentKilobytes(0) - memory).isLessThan(50_000);
        }
      }
      Step.DUMP.run(genl);
    }
  }

  @Test
  @DisplayName("T53 descriptors and memory return at close, 3,000 times, without the collector")
  void returnAtClose() throws Exception {
    String[] words = Command.javaWords(OpenAndClose.class);
    List<String> small = new ArrayList<>(List.of(words));
    small.addAll(
        1, List.of("-XX:MaxDirectMemorySize=32m", "-XX:+DisableExplicitGC", "-Xmx64m", "-Xms64m"));
    Command child = Command.run(small.toArray(String[]::new));

    assertThat(child.output()).contains("as before");
    assertThat(child.status()).as(child.output()).isZero();
  }

  /** Opens and closes, and says what is left. */
  static final class OpenAndClose {

    public static void main(String[] args) throws Exception {
      try (Genl genl = Genl.open()) {
        openAndClose(genl, 200);
        long descriptors = Descriptors.count();
        long memory = residentKilobytes(0);
        openAndClose(genl, 3000);
        long more = Descriptors.count() - descriptors;
        long grown = residentKilobytes(0) - memory;
        System.out.println(
            more <= 2 && grown < 30_000
                ? "as before"
                : more + " descriptors, " + grown + " kB more than before");
      }
    }

    private static void openAndClose(Genl genl, int times) throws Exception {
      GenlFamily controller = genl.family("nlctrl");
      GenlRequest all = GenlRequest.of(controller, GETFAMILY);
      for (int i = 0; i < times; i++) {
        try (GenlSubscription s = genl.subscribe(controller, "notify")) {
          s.poll(Duration.ZERO);
        }
        if (i % 10 == 0) {
          try (GenlSubscription s = genl.subscribe(all, "notify");
              GenlConnection connection = genl.connect();
              Dump<GenlMessage> dump = genl.dump(all);
              Genl another = Genl.open()) {
            s.next();
            dump.next();
            connection.dump(all).next();
            another.batch(List.of(self(another)));
          }
        }
      }
    }
  }

  @Test
  @DisplayName("T58 as root a receive buffer beyond rmem_max is granted")
  void receiveBufferBeyondTheMaximumIsGranted() throws Exception {
    Prerequisite.requireNetAdmin();
    Prerequisite.requireProgram("ss", "iproute2");
    int bytes = 48 << 20;
    try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS.withReceiveBuffer(bytes));
        GenlSubscription s = genl.subscribe(genl.family("nlctrl"), "notify")) {
      // The kernel doubles what is asked for.
      assertThat(receiveBuffers()).contains(2L * bytes);
      Step.BATCH.run(genl);
      assertThat(s.poll(Duration.ZERO)).isEmpty();
    }
  }

  /** Of all netlink sockets of this process. */
  private static List<Long> receiveBuffers() throws Exception {
    String[] words = Command.succeed("ss", "-f", "netlink", "-m").split("[\\s,(]+");
    return Stream.of(words)
        .filter(w -> w.matches("rb\\d+"))
        .map(w -> Long.parseLong(w.substring(2)))
        .toList();
  }

  private static Exception failure(Step step, Genl genl) {
    try {
      step.run(genl);
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  /** Leaves no idle connection: one whose reader threw is closed. */
  private static void spoilPool(Genl genl) throws NetlinkException {
    try {
      genl.request(
          self(genl),
          m -> {
            throw new IllegalStateException();
          });
    } catch (IllegalStateException e) {
      // That was awaited.
    }
  }

  private static GenlRequest self(Genl genl) throws NetlinkException {
    return GenlRequest.of(
        genl.family("nlctrl"), GETFAMILY, a -> a.putString(FAMILY_NAME, "nlctrl"));
  }

  private static GenlRequest all(Genl genl) throws NetlinkException {
    return GenlRequest.of(genl.family("nlctrl"), GETFAMILY);
  }

  /** The first argument if there is no descriptor to read it by. */
  private static long residentKilobytes(long otherwise) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return otherwise;
    }
  }
}
