package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests to our modules. That the kernel stays well, the virtual machine checks. */
@Tag("vm")
@Timeout(60)
class LabGarbageIT {

  private static final int REQUESTS = 500;

  private final Random random = new Random(29);

  @ParameterizedTest(name = "T29 T31 {0} answers or refuses whatever it is sent")
  @ValueSource(strings = {"gnl_foobar_xmpl", Lab.NAME, Lab.HDR_NAME})
  void randomRequestsAreAnsweredOrRefused(String name) throws NetlinkException {
    int refused = 0;
    try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(20)))) {
      GenlFamily family = genl.family(name);
      for (int i = 0; i < REQUESTS; i++) {
        GenlRequest request = randomRequest(family);
        try {
          if (random.nextInt(4) == 0 || isDump(request)) {
            firstOf(genl, request);
          } else {
            genl.execute(request);
          }
        } catch (KernelException e) {
          refused++;
        } catch (RequestTimeoutException | OverrunException | ProtocolException e) {
          // Some commands are there to cause just that.
        }
      }
    }
    try (Genl genl = Genl.open()) {
      Lab.assertUsable(genl);
    }
    assertThat(refused).isBetween(REQUESTS / 10, REQUESTS);
  }

  /** Such flags are refused where no dump is asked for. */
  private static boolean isDump(GenlRequest request) {
    return (request.flags() & NetlinkConstants.NLM_F_DUMP) == NetlinkConstants.NLM_F_DUMP;
  }

  /** Reads the start of a dump and gives it up. */
  private static void firstOf(Genl genl, GenlRequest request) throws NetlinkException {
    try (Dump<GenlMessage> dump = genl.dump(request)) {
      dump.next();
    }
  }

  private GenlRequest randomRequest(GenlFamily family) {
    int command = random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(12);
    int version = random.nextInt(256);
    long seed = random.nextLong();
    GenlFamily pretended =
        GenlFamily.builder(family.name(), family.id())
            .version(version)
            .headerSize(family.headerSize())
            .build();
    byte[] header = new byte[family.headerSize()];
    Arrays.fill(header, (byte) version);
    return GenlRequest.of(pretended, command, a -> putRandom(a, new Random(seed), 0))
        .withHeader(header)
        .withFlags(random.nextInt(4) == 0 ? random.nextInt(16) << 8 : 0);
  }

  private static void putRandom(AttributeWriter writer, Random random, int depth) {
    int count = random.nextInt(depth == 0 ? 6 : 3);
    for (int i = 0; i < count; i++) {
      int type = random.nextInt(10) == 0 ? random.nextInt(0x4000) : random.nextInt(24);
      switch (random.nextInt(6)) {
        case 0 -> writer.putNested(type, n -> putRandom(n, random, depth + 1));
        case 1 -> writer.putU32(type, random.nextInt(300));
        case 2 -> writer.putFlag(type);
        case 3 -> writer.putString(type, "x".repeat(random.nextInt(40)));
        case 4 -> writer.putU8(type, random.nextInt(256));
        default -> writer.putBytes(type, randomBytes(random));
      }
    }
  }

  private static byte[] randomBytes(Random random) {
    int limit = random.nextInt(50) == 0 ? 10_000 : 20;
    byte[] bytes = new byte[random.nextInt(limit)];
    random.nextBytes(bytes);
    return bytes;
  }
}
