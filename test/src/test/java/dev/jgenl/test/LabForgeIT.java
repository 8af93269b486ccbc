package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.ProtocolException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.test.Ways.Asking;
import dev.jgenl.test.Ways.Doing;
import dev.jgenl.test.Ways.Dumping;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are written byte by byte: of any type, of wrong lengths, many in one datagram. */
@Tag("vm")
@Timeout(60)
class LabForgeIT {

  private static final int NLM_F_MULTI = 2;
  private static final int NLM_F_CAPPED = 0x100;
  private static final int NLM_F_ACK_TLVS = 0x200;
  private static final int NLMSG_NOOP = 1;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLMSG_OVERRUN = 4;
  private static final int EINTR = 4;
  private static final int EIO = 5;

  private Genl genl;
  private GenlFamily lab;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open();
    lab = genl.family(Lab.NAME);
  }

  @AfterEach
  void close() throws NetlinkException {
    Lab.assertUsable(genl);
    genl.close();
  }

  @ParameterizedTest(name = "T34 a positive NLMSG_DONE ends a dump: {0}")
  @EnumSource(Dumping.class)
  void positiveDoneEndsADump(Dumping way) throws NetlinkException {
    GenlRequest dump =
        forge(
            message(lab.id(), NLM_F_MULTI, index(0)), message(NLMSG_DONE, NLM_F_MULTI, number(3)));

    assertThat(way.messages(genl, dump)).hasSize(1);
  }

  @ParameterizedTest(name = "types below 16 answer nothing: {0}")
  @EnumSource(Doing.class)
  void controlMessagesAnswerNothing(Doing way) throws NetlinkException {
    GenlRequest request =
        forge(
            message(NLMSG_NOOP, 0, number(0)),
            message(NLMSG_OVERRUN, 0, number(0)),
            message(15, NLM_F_MULTI, number(0)),
            message(lab.id(), 0, index(4)));
    List<GenlMessage> messages = way.reply(genl, request).messages();

    assertThat(messages).hasSize(1);
    assertThat(Lab.index(messages.get(0))).isEqualTo(4);
    assertThat(way.reply(genl, request.withoutAck()).messages()).hasSize(1);
  }

  @ParameterizedTest(name = "types below 16 are no entries of a dump: {0}")
  @EnumSource(Dumping.class)
  void controlMessagesAreNoEntries(Dumping way) throws NetlinkException {
    GenlRequest request =
        forge(
            message(NLMSG_NOOP, 0, number(0)),
            message(lab.id(), NLM_F_MULTI, index(0)),
            message(NLMSG_OVERRUN, 0, number(0)),
            message(lab.id(), NLM_F_MULTI, index(1)),
            message(NLMSG_DONE, NLM_F_MULTI, number(0)));

    assertThat(way.messages(genl, request)).extracting(Lab::index).containsExactly(0, 1);
  }

  @ParameterizedTest(name = "NLM_F_ACK_TLVS without TLVs is no mistake: {0}")
  @EnumSource(Doing.class)
  void acknowledgementWithoutTlvs(Doing way) throws NetlinkException {
    byte[] capped = number(-EIO, 20, 0, 0, 0);
    GenlRequest error =
        forgeUnanswered(message(NLMSG_ERROR, NLM_F_ACK_TLVS | NLM_F_CAPPED, capped));
    GenlRequest done = forgeUnanswered(message(NLMSG_DONE, NLM_F_ACK_TLVS, number(-EIO)));
    for (GenlRequest request : List.of(error, done, error.withoutAck(), done.withoutAck())) {
      KernelException e = Ways.refusal(() -> way.reply(genl, request));
      assertThat(e.error()).isEqualTo(Errno.EIO);
      assertThat(e.extendedAck().message()).isEmpty();
    }
  }

  @ParameterizedTest(name = "T13 NLMSG_DONE with NLM_F_ACK_TLVS without TLVs ends a dump: {0}")
  @EnumSource(Dumping.class)
  void doneWithoutTlvs(Dumping way) throws NetlinkException {
    assertThat(way.messages(genl, forge(message(NLMSG_DONE, NLM_F_ACK_TLVS, number(0))))).isEmpty();
    assertThat(
            Ways.refusal(
                    () ->
                        way.messages(
                            genl, forge(message(NLMSG_DONE, NLM_F_ACK_TLVS, number(-EIO)))))
                .error()
                .name())
        .isEqualTo("EIO");
    assertThat(way.messages(genl, forge(message(NLMSG_DONE, NLM_F_MULTI)))).isEmpty();
  }

  @ParameterizedTest(name = "T21 a length of {0} is a protocol error in every way")
  @ValueSource(ints = {0, 1, 15, 21, 25, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void malformedLengthIsAProtocolError(int length) throws NetlinkException {
    byte[] wrong = message(lab.id(), 0, new byte[4]);
    ByteBuffer.wrap(wrong).order(ByteOrder.nativeOrder()).putInt(0, length);
    for (Doing way : Doing.values()) {
      assertThatThrownBy(() -> way.reply(genl, forge(wrong)), way.name())
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("malformed");
    }
    for (Dumping way : Dumping.values()) {
      assertThatThrownBy(() -> way.messages(genl, forge(wrong)), way.name())
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("malformed");
    }
  }

  @Test
  @DisplayName("a message too short for the family's header, an error too short for its errno")
  void messagesTooShortForTheirHeaders() throws NetlinkException {
    for (byte[] wrong : List.of(message(lab.id(), 0), message(NLMSG_ERROR, 0, new byte[3]))) {
      for (Doing way : Doing.values()) {
        assertThatThrownBy(() -> way.reply(genl, forge(wrong)), way.name())
            .isInstanceOf(ProtocolException.class);
      }
      for (Asking way : Asking.values()) {
        assertThatThrownBy(() -> way.message(genl, forge(wrong)), way.name())
            .isInstanceOf(ProtocolException.class);
      }
      for (Dumping way : Dumping.values()) {
        assertThatThrownBy(() -> way.messages(genl, forge(wrong)), way.name())
            .isInstanceOf(ProtocolException.class);
      }
    }
  }

  @ParameterizedTest(name = "an empty datagram answers nothing: {0}")
  @EnumSource(Doing.class)
  void emptyDatagramAnswersNothing(Doing way) throws NetlinkException {
    GenlRequest request = forge(new byte[0], message(lab.id(), 0, index(4)), new byte[0]);

    assertThat(way.reply(genl, request).messages()).hasSize(1);
  }

  @ParameterizedTest(name = "an empty datagram does not end a dump: {0}")
  @EnumSource(Dumping.class)
  void emptyDatagramDoesNotEndADump(Dumping way) throws NetlinkException {
    GenlRequest request =
        forge(
            new byte[0],
            message(lab.id(), NLM_F_MULTI, index(0)),
            new byte[0],
            message(NLMSG_DONE, NLM_F_MULTI, number(0)));

    assertThat(way.messages(genl, request)).hasSize(1);
  }

  @Test
  @DisplayName("T09 empty datagrams alone are a timeout")
  void emptyDatagramsAloneAreATimeout() throws NetlinkException {
    GenlRequest request = forgeUnanswered(new byte[0]).withTimeout(Duration.ofMillis(100));
    for (Doing way : Doing.values()) {
      assertThatThrownBy(() -> way.reply(genl, request), way.name())
          .isInstanceOf(RequestTimeoutException.class);
    }
  }

  @Test
  @DisplayName("T06 messages behind an error in its datagram are not lost to the next request")
  void datagramOfManyKinds() throws NetlinkException {
    byte[] error = message(NLMSG_ERROR, NLM_F_CAPPED, number(-EIO, 20, 0, 0, 0));
    byte[] all = join(message(lab.id(), 0, index(1)), error, message(lab.id(), 0, index(2)));
    for (Doing way : Doing.values()) {
      assertThat(Ways.refusal(() -> way.reply(genl, forgeUnanswered(all))).error())
          .isEqualTo(Errno.EIO);
    }
  }

  /** Each datagram is received as it is, then the end. */
  private GenlRequest forge(byte[]... datagrams) {
    return GenlRequest.of(lab, Lab.FORGE, a -> putAll(a, datagrams));
  }

  /** The same without an acknowledgement of the kernel's own. */
  private GenlRequest forgeUnanswered(byte[]... datagrams) {
    return GenlRequest.of(lab, Lab.FORGE, a -> putAll(a, datagrams).putU32(Lab.ERRNO, EINTR));
  }

  private static AttributeWriter putAll(AttributeWriter a, byte[]... datagrams) {
    for (byte[] datagram : datagrams) {
      a.putBytes(Lab.PAYLOAD, datagram);
    }
    return a;
  }

  /** A message; sequence number and port are filled in by the family. */
  private static byte[] message(int type, int flags, byte... payload) {
    return ByteBuffer.allocate((16 + payload.length + 3) & ~3)
        .order(ByteOrder.nativeOrder())
        .putInt(16 + payload.length)
        .putShort((short) type)
        .putShort((short) flags)
        .putInt(0)
        .putInt(0)
        .put(payload)
        .array();
  }

  /** A generic header and INDEX. */
  private static byte[] index(int index) {
    return ByteBuffer.allocate(12)
        .order(ByteOrder.nativeOrder())
        .put((byte) Lab.FORGE)
        .put((byte) 1)
        .putShort((short) 0)
        .putShort((short) 8)
        .putShort((short) Lab.INDEX)
        .putInt(index)
        .array();
  }

  private static byte[] number(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.nativeOrder());
    for (int n : numbers) {
      bytes.putInt(n);
    }
    return bytes.array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
