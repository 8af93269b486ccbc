package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Genl;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.OverrunException;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that are many, large, late or wrong; each leaves the connection usable. */
@Tag("vm")
@Timeout(60)
class LabReplyIT {

  private Genl genl;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open();
  }

  @AfterEach
  void close() throws NetlinkException {
    Lab.assertUsable(genl);
    genl.close();
  }

  @ParameterizedTest(name = "T01 {0} replies to one request, then the acknowledgement")
  @ValueSource(ints = {0, 1, 2, 100})
  void manyReplies(int count) throws NetlinkException {
    Reply<GenlMessage> reply =
        genl.execute(reply(a -> a.putU32(Lab.COUNT, count).putU32(Lab.SIZE, 9)));

    assertMessages(reply.messages(), count, 9);
  }

  @ParameterizedTest(name = "T06 {0} replies in one datagram")
  @ValueSource(ints = {1, 2, 1000})
  void repliesShareADatagram(int count) throws NetlinkException {
    Reply<GenlMessage> reply =
        genl.execute(
            reply(a -> a.putU32(Lab.COUNT, count).putU32(Lab.SIZE, 7).putFlag(Lab.TOGETHER)));

    assertMessages(reply.messages(), count, 7);
  }

  @ParameterizedTest(name = "T06 the last attribute, of {0} bytes, has no padding")
  @ValueSource(ints = {1, 2, 3, 5})
  void lastAttributeIsUnpadded(int size) throws NetlinkException {
    Consumer<AttributeWriter> unpadded =
        a -> a.putU32(Lab.COUNT, 3).putU32(Lab.SIZE, size).putFlag(Lab.UNPADDED);

    assertMessages(genl.execute(reply(unpadded)).messages(), 3, size);
    assertMessages(
        genl.execute(reply(a -> unpadded.accept(a.putFlag(Lab.TOGETHER)))).messages(), 3, size);
  }

  @Test
  @DisplayName("T06 an error before replies in the same datagram is the outcome")
  void errorBeforeReplies() throws NetlinkException {
    KernelException e =
        Lab.refusal(
            genl, reply(a -> a.putU32(Lab.COUNT, 3).putU32(Lab.ERRNO, 5).putFlag(Lab.TOGETHER)));

    assertThat(e.error()).isEqualTo(Errno.EIO);
  }

  @Test
  @DisplayName("T01 an error behind replies is the outcome")
  void errorBehindReplies() throws NetlinkException {
    KernelException e =
        Lab.refusal(
            genl,
            reply(a -> a.putU32(Lab.COUNT, 3).putU32(Lab.ERRNO, 5).putString(Lab.TEXT, "late")));

    assertThat(e.error()).isEqualTo(Errno.EIO);
    assertThat(e).hasMessageContaining("late");
  }

  @Test
  @DisplayName("T07 a reply of more than 64 KiB that fits arrives whole")
  void replyAbove64KilobytesArrivesWhole() throws NetlinkException {
    Reply<GenlMessage> reply = genl.execute(reply(a -> a.putU32(Lab.SIZE, 66_000)));

    assertThat(reply.messages().get(0).length()).isGreaterThan(65_536);
    assertMessages(reply.messages(), 1, 66_000);
  }

  @ParameterizedTest(name = "T07 a reply with {0} bytes is a protocol error that names its size")
  @ValueSource(ints = {80_000, 204_800})
  void largerReplyIsAnError(int size) throws NetlinkException {
    // Headers, INDEX and TOTAL, and one PAYLOAD for each 60,000 bytes.
    int length = 20 + 16 + (size + 59_999) / 60_000 * 4 + size;

    assertThatThrownBy(() -> genl.execute(reply(a -> a.putU32(Lab.SIZE, size))))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(length + " bytes");
  }

  @Test
  @DisplayName("T08 replies that overflow the receive buffer are an overrun")
  void tooManyRepliesAreAnOverrun() throws NetlinkException {
    assertThatThrownBy(
            () -> genl.execute(reply(a -> a.putU32(Lab.COUNT, 1000).putU32(Lab.SIZE, 1000))))
        .isInstanceOf(OverrunException.class);
  }

  @ParameterizedTest(name = "T02 a sequence number that is {0} too high is a protocol error")
  @ValueSource(longs = {1, 1000, 0x7fffffff, 0x80000000L})
  void wrongSequenceIsAProtocolError(long difference) throws NetlinkException {
    GenlRequest request = reply(a -> a.putU32(Lab.SEQ, difference));

    assertThatThrownBy(() -> genl.execute(request))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("sequence number");
  }

  @ParameterizedTest(name = "T02 a sequence number that is {0} too high is tolerated on demand")
  @ValueSource(longs = {1, 1000, 0x7fffffff, 0x80000000L, 0xffffffffL})
  void wrongSequenceIsTolerated(long difference) throws NetlinkException {
    GenlRequest request =
        reply(a -> a.putU32(Lab.COUNT, 2).putU32(Lab.SEQ, difference)).withAnySequence();

    assertMessages(genl.execute(request).messages(), 2, 0);
  }

  @Test
  @DisplayName("T02 a wrong port is a protocol error")
  void wrongPortIsAProtocolError() throws NetlinkException {
    assertThatThrownBy(() -> genl.execute(reply(a -> a.putU32(Lab.PORTID, 4711))))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("port 4711");
  }

  @Test
  @DisplayName("T09 T03 a late reply is a timeout, and is no answer to later requests")
  void lateReplyIsATimeout() throws Exception {
    try (Genl impatient = Genl.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(200)))) {
      GenlRequest late = reply(a -> a.putU32(Lab.DELAY, 600)).withoutAck();
      long start = System.nanoTime();
      assertThatThrownBy(() -> impatient.execute(late))
          .isInstanceOf(RequestTimeoutException.class)
          .hasMessageContaining("200 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(550));

      for (int i = 0; i < 10; i++) {
        assertThat(Lab.echo(impatient, i)).isEqualTo(i);
        Thread.sleep(80);
      }
    }
  }

  @Test
  @DisplayName("T03 replies that come after their acknowledgement are skipped on the same socket")
  void replyBehindItsAcknowledgementIsSkipped() throws Exception {
    Reply<GenlMessage> none =
        genl.execute(reply(a -> a.putU32(Lab.COUNT, 5).putU32(Lab.DELAY, 100)));
    assertThat(none.messages()).isEmpty();
    Thread.sleep(400);

    for (int i = 0; i < 10; i++) {
      assertThat(Lab.echo(genl, i)).isEqualTo(i);
    }
  }

  @Test
  @DisplayName("T09 a command that the kernel never answers (EINTR) is a timeout")
  void unansweredCommandIsATimeout() throws NetlinkException {
    try (Genl impatient = Genl.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(100)))) {
      GenlRequest unanswered = Lab.request(genl, Lab.FAIL, a -> a.putU32(Lab.ERRNO, 4));
      assertThatThrownBy(() -> impatient.execute(unanswered))
          .isInstanceOf(RequestTimeoutException.class);
      Lab.assertUsable(impatient);
    }
  }

  private GenlRequest reply(Consumer<AttributeWriter> attributes) throws NetlinkException {
    return Lab.request(genl, Lab.REPLY, attributes);
  }

  private static void assertMessages(List<GenlMessage> messages, int count, int size) {
    assertThat(messages).hasSize(count);
    for (int i = 0; i < count; i++) {
      Lab.assertMessage(messages.get(i), i, count, size);
    }
  }
}
