package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bytes are, reading them ends, and throws nothing but what it declares. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
final class GarbageTest {

  private static final int DATAGRAMS = 2_000;

  private final Memory memory;
  private final EveryWay reading = new EveryWay();

  GarbageTest(Memory memory) {
    this.memory = memory;
  }

  @Test
  @DisplayName("T21 random bytes are read or malformed")
  void randomBytesAreReadOrMalformed() {
    for (int seed = 0; seed < DATAGRAMS; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);

      reading.read(memory.of(bytes));
    }
  }

  @Test
  @DisplayName("T21 random bytes with plausible lengths are read or malformed")
  void plausibleGarbageIsReadOrMalformed() {
    for (int seed = 0; seed < DATAGRAMS; seed++) {
      reading.read(plausibleGarbage(new Random(seed)));
    }

    assertThat(reading.messages()).isGreaterThan(DATAGRAMS / 10);
    assertThat(reading.attributes()).isGreaterThan(DATAGRAMS / 10);
    assertThat(reading.malformed()).isGreaterThan(DATAGRAMS / 10);
  }

  @Test
  @DisplayName("T21 messages with a few wrong bytes are read or malformed")
  void damagedMessagesAreReadOrMalformed() {
    for (int seed = 0; seed < DATAGRAMS; seed++) {
      Random random = new Random(seed);
      byte[] bytes = messages();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }

      reading.read(memory.of(bytes));
    }

    assertThat(reading.messages()).isGreaterThan(DATAGRAMS);
    assertThat(reading.attributes()).isGreaterThan(DATAGRAMS);
  }

  @Test
  @DisplayName("T07 messages cut anywhere are read or malformed")
  void cutMessagesAreReadOrMalformed() {
    byte[] whole = messages();
    for (int length = 0; length < whole.length; length++) {
      reading.read(memory.of(whole).limit(length));
    }

    assertThat(reading.messages()).isGreaterThan(whole.length / 2);
  }

  private ByteBuffer plausibleGarbage(Random random) {
    byte[] bytes = new byte[16 + random.nextInt(300)];
    random.nextBytes(bytes);
    ByteBuffer garbage = memory.of(bytes);
    garbage.putInt(0, random.nextInt(bytes.length + 8));
    for (int i = random.nextInt(40); i >= 0; i--) {
      int at = random.nextInt(bytes.length - 3) & -4;
      if (random.nextInt(4) == 0) {
        garbage.putInt(at, random.nextInt(bytes.length + 8));
      } else {
        garbage.putShort(at, (short) random.nextInt(40));
      }
    }
    return garbage;
  }

  private byte[] messages() {
    MessageWriter writer = new MessageWriter(memory.allocate(64));
    for (int i = 0; i < 3; i++) {
      int number = i;
      writer
          .begin(0x1c, NetlinkConstants.NLM_F_MULTI, 7, 0, 1, 1)
          .putString(1, "Hello")
          .putNested(2, n -> n.putU8(0, number).putNested(1, m -> m.putU64(1, number)))
          .putFlag(3);
      writer.end();
    }
    return Memory.copy(writer.buffer(), 0, writer.length());
  }
}
