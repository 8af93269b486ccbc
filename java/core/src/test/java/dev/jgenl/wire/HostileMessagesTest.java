package dev.jgenl.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever comes is read, or refused as what it is. The inputs beside it are run; with
 * JAZZER_FUZZ=1 in the environment it looks for more (test/torture/codec.sh).
 */
class HostileMessagesTest {

  @FuzzTest(maxDuration = "10m")
  void anyBytesAreMessagesOrMalformed(FuzzedDataProvider data) {
    Memory memory = data.pickValue(Memory.values());

    new EveryWay().read(memory.of(data.consumeRemainingAsBytes()));
  }
}
