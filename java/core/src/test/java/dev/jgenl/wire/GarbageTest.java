package dev.jgenl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
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

  private static final List<Consumer<Attribute>> GETTERS =
      List.of(
          Attribute::u8,
          Attribute::u16,
          Attribute::u32,
          Attribute::u64,
          Attribute::s8,
          Attribute::s16,
          Attribute::s32,
          Attribute::s64,
          Attribute::uint,
          Attribute::sint,
          Attribute::u16Be,
          Attribute::u32Be,
          Attribute::u64Be,
          Attribute::bitfield32,
          Attribute::string,
          Attribute::bytes,
          Attribute::payload,
          Attribute::inetAddress,
          Attribute::macAddress,
          Attribute::u16s,
          Attribute::u32s,
          Attribute::u64s,
          Attribute::s16s,
          Attribute::s32s,
          Attribute::toString);

  private static final List<ObjIntConsumer<Attributes>> FINDERS =
      List.of(
          Attributes::find,
          Attributes::get,
          Attributes::all,
          Attributes::has,
          Attributes::findU8,
          Attributes::findU16,
          Attributes::findU32,
          Attributes::findU64,
          Attributes::findS8,
          Attributes::findS16,
          Attributes::findS32,
          Attributes::findS64,
          Attributes::findUint,
          Attributes::findSint,
          Attributes::findU16Be,
          Attributes::findU32Be,
          Attributes::findU64Be,
          Attributes::findBitfield32,
          Attributes::findString,
          Attributes::findBytes,
          Attributes::findInetAddress,
          Attributes::findMacAddress,
          Attributes::findNested);

  private final Memory memory;
  private int messagesRead;
  private int attributesRead;
  private int malformed;

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

      read(memory.of(bytes));
    }
  }

  @Test
  @DisplayName("T21 random bytes with plausible lengths are read or malformed")
  void plausibleGarbageIsReadOrMalformed() {
    for (int seed = 0; seed < DATAGRAMS; seed++) {
      read(plausibleGarbage(new Random(seed)));
    }

    assertThat(messagesRead).isGreaterThan(DATAGRAMS / 10);
    assertThat(attributesRead).isGreaterThan(DATAGRAMS / 10);
    assertThat(malformed).isGreaterThan(DATAGRAMS / 10);
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

      read(memory.of(bytes));
    }

    assertThat(messagesRead).isGreaterThan(DATAGRAMS);
    assertThat(attributesRead).isGreaterThan(DATAGRAMS);
  }

  @Test
  @DisplayName("T07 messages cut anywhere are read or malformed")
  void cutMessagesAreReadOrMalformed() {
    byte[] whole = messages();
    for (int length = 0; length < whole.length; length++) {
      read(memory.of(whole).limit(length));
    }

    assertThat(messagesRead).isGreaterThan(whole.length / 2);
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

  private void read(ByteBuffer datagram) {
    MessageReader reader = new MessageReader().read(datagram, 0, datagram.limit());
    unlessMalformed(
        () -> {
          int bound = datagram.limit() / NetlinkConstants.NLMSG_HDRLEN;
          while (reader.next()) {
            requireRoom(bound--, "messages");
            messagesRead++;
            readMessage(reader);
          }
        });
  }

  private void readMessage(MessageReader reader) {
    unlessMalformed(reader::error);
    unlessMalformed(reader::requireGenericHeader);
    int start = Math.min(reader.start() + 20, reader.end());
    Attributes attributes = Attributes.of(reader.buffer(), start, reader.end());
    readAttributes(attributes, reader.end() - start);
    assertThat(attributes.toString()).isNotNull();
  }

  private void readAttributes(Attributes attributes, int length) {
    int wanted = attributesRead % 4;
    for (ObjIntConsumer<Attributes> finder : FINDERS) {
      unlessMalformed(() -> finder.accept(attributes, wanted));
    }
    unlessMalformed(
        () -> {
          int bound = length / NetlinkConstants.NLA_HDRLEN;
          for (Attribute attribute : attributes) {
            requireRoom(bound--, "attributes");
            Consumer<Attribute> getter = GETTERS.get(attributesRead++ % GETTERS.size());
            unlessMalformed(() -> getter.accept(attribute));
            readAttributes(attribute.nested(), attribute.length());
          }
        });
  }

  /** Not an assertion of AssertJ: there are millions. */
  private static void requireRoom(int left, String what) {
    if (left == 0) {
      throw new AssertionError("more " + what + " than there is room for");
    }
  }

  private void unlessMalformed(Runnable read) {
    try {
      read.run();
    } catch (MalformedMessageException expected) {
      malformed++;
    }
  }
}
