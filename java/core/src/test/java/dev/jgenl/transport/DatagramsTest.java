package dev.jgenl.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramsTest {

  private static final int SLOT_SIZE = 8;

  private final Datagrams datagrams = datagrams(3);

  @Test
  void datagramIsPutIntoItsSlot() {
    datagrams.put(1, bytes(1, 2, 3), 0, 0);

    assertThat(slot(1)).startsWith(1, 2, 3);
  }

  @Test
  void onlyBytesBetweenPositionAndLimitArePut() {
    datagrams.put(0, bytes(1, 2, 3, 4).position(1).limit(3), 0, 0);

    assertThat(datagrams.length(0)).isEqualTo(2);
    assertThat(slot(0)).containsExactly(2, 3, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void positionAndLimitOfWhatIsPutStay() {
    ByteBuffer datagram = bytes(1, 2, 3, 4).position(1).limit(3);

    datagrams.put(0, datagram, 0, 0);

    assertThat(datagram).isEqualTo(bytes(2, 3));
    assertThat(datagram.position()).isEqualTo(1);
  }

  @Test
  void datagramsDoNotTouchEachOther() {
    datagrams.put(0, bytes(1, 1, 1, 1, 1, 1, 1, 1), 11, 21);
    datagrams.put(2, bytes(3, 3, 3, 3, 3, 3, 3, 3), 13, 23);
    datagrams.put(1, bytes(2, 2, 2, 2, 2, 2, 2, 2, 2), 12, 22);

    assertThat(slot(0)).containsOnly(1);
    assertThat(slot(1)).containsOnly(2);
    assertThat(slot(2)).containsOnly(3);
    assertThat(datagrams.length(0)).isEqualTo(8);
    assertThat(datagrams.sender(0)).isEqualTo(11);
    assertThat(datagrams.group(0)).isEqualTo(21);
    assertThat(datagrams.length(2)).isEqualTo(8);
    assertThat(datagrams.sender(2)).isEqualTo(13);
    assertThat(datagrams.group(2)).isEqualTo(23);
  }

  @ParameterizedTest(name = "T05 sender {0} is told")
  @ValueSource(ints = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff})
  void senderIsTold(int sender) {
    datagrams.put(2, bytes(1), sender, 0);

    assertThat(datagrams.sender(2)).isEqualTo(sender);
    assertThat(datagrams.group(2)).isZero();
  }

  @ParameterizedTest(name = "the multicast group {0} is told")
  @ValueSource(ints = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff})
  void groupIsTold(int group) {
    datagrams.put(2, bytes(1), 0, group);

    assertThat(datagrams.group(2)).isEqualTo(group);
    assertThat(datagrams.sender(2)).isZero();
  }

  @ParameterizedTest(name = "T07 a datagram of {0} bytes in a slot of 8 is truncated: {1}")
  @CsvSource({"0, false", "1, false", "7, false", "8, false", "9, true", "1000, true"})
  void datagramLargerThanItsSlotIsTruncated(int length, boolean truncated) {
    datagrams.put(1, ByteBuffer.allocate(length), 0, 0);

    assertThat(datagrams.isTruncated(1)).isEqualTo(truncated);
  }

  @Test
  @DisplayName("T07 the length of a truncated datagram is the one that was sent")
  void lengthOfTruncatedDatagramIsTheOneSent() {
    datagrams.put(1, ByteBuffer.allocate(1000), 0, 0);

    assertThat(datagrams.length(1)).isEqualTo(1000);
  }

  @Test
  @DisplayName("T07 what fits of a truncated datagram is there")
  void truncatedDatagramFillsItsSlot() {
    datagrams.put(2, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9), 0, 0);

    assertThat(slot(2)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  @DisplayName("T07 a length above the sign bit is truncated too")
  void lengthAboveTheSignBitIsTruncated() {
    datagrams.describe(0, 0x80000000, 0, 0);

    assertThat(datagrams.isTruncated(0)).isTrue();
  }

  @Test
  void copyOutlivesTheNextDatagram() {
    datagrams.put(1, bytes(1, 2, 3), 0, 0);

    ByteBuffer copy = datagrams.copy(1);
    datagrams.put(1, bytes(9, 9, 9), 0, 0);

    assertThat(copy).isEqualTo(bytes(1, 2, 3));
    assertThat(copy.order()).isEqualTo(ByteOrder.nativeOrder());
  }

  @Test
  void tableLiesBeforeTheSlotsAsTheNativeSideExpects() {
    datagrams.put(2, bytes(9), 7, 5);

    // | length, sender, group of 0 | of 1 | of 2 | ... of 31 | slot 0 | slot 1 | slot 2 |
    ByteBuffer memory = datagrams.memory();
    assertThat(memory.getInt(24)).isEqualTo(1);
    assertThat(memory.getInt(28)).isEqualTo(7);
    assertThat(memory.getInt(32)).isEqualTo(5);
    assertThat(memory.get(32 * 12 + 2 * SLOT_SIZE)).isEqualTo((byte) 9);
    assertThat(memory.capacity()).isEqualTo(32 * 12 + 3 * SLOT_SIZE);
  }

  @Test
  void memoryIsThatWhichWasHandedIn() {
    ByteBuffer memory = memory(Datagrams.size(2, SLOT_SIZE));

    assertThat(new Datagrams(memory, 2, SLOT_SIZE).memory()).isSameAs(memory);
  }

  @ParameterizedTest(name = "memory with {0} bytes more than is needed is refused")
  @ValueSource(ints = {-1, 1, SLOT_SIZE})
  void memoryOfAnotherSizeIsRefused(int surplus) {
    ByteBuffer memory = memory(Datagrams.size(2, SLOT_SIZE) + surplus);

    assertThatIllegalArgumentException().isThrownBy(() -> new Datagrams(memory, 2, SLOT_SIZE));
  }

  @Test
  void memoryInAnotherByteOrderIsRefused() {
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    ByteBuffer memory =
        ByteBuffer.allocate(Datagrams.size(1, SLOT_SIZE))
            .order(little ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);

    assertThatIllegalArgumentException().isThrownBy(() -> new Datagrams(memory, 1, SLOT_SIZE));
  }

  @Test
  void roomIsAsAskedFor() {
    assertThat(datagrams.slots()).isEqualTo(3);
    assertThat(datagrams.slotSize()).isEqualTo(SLOT_SIZE);
  }

  @ParameterizedTest(name = "{0} slots are refused")
  @ValueSource(ints = {-1, 0, 33, Integer.MAX_VALUE})
  void numberOfSlotsOutOfRangeIsRefused(int slots) {
    assertThatIllegalArgumentException().isThrownBy(() -> Datagrams.size(slots, SLOT_SIZE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Datagrams(memory(0), slots, SLOT_SIZE));
  }

  @Test
  void mostSlotsAreUsable() {
    Datagrams most = datagrams(Datagrams.SLOTS_MAX);

    most.put(31, bytes(1, 2, 3, 4, 5, 6, 7, 8), 42, 0);

    assertThat(most.memory().get(most.offset(31) + 7)).isEqualTo((byte) 8);
    assertThat(most.sender(31)).isEqualTo(42);
    assertThat(most.length(31)).isEqualTo(8);
  }

  @Test
  void sizeThatOverflowsIsRefused() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Datagrams.size(32, Integer.MAX_VALUE / 16));
  }

  private static Datagrams datagrams(int slots) {
    return new Datagrams(memory(Datagrams.size(slots, SLOT_SIZE)), slots, SLOT_SIZE);
  }

  private static ByteBuffer memory(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  private byte[] slot(int i) {
    byte[] slot = new byte[SLOT_SIZE];
    datagrams.memory().get(datagrams.offset(i), slot);
    return slot;
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      bytes.put(i, (byte) values[i]);
    }
    return bytes;
  }
}
