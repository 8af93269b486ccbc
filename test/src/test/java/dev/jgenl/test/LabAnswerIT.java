package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.test.Ways.Asking;
import dev.jgenl.test.Ways.Doing;
import dev.jgenl.test.Ways.Dumping;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer may look like, the rare and the wrong, in every way to ask. */
@Tag("vm")
@Timeout(60)
class LabAnswerIT {

  private static final int NLM_F_MULTI = 2;
  private static final int NLM_F_DUMP = 0x300;
  private static final int EIO = 5;

  private Genl genl;
  private GenlFamily lab;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofSeconds(2)));
    lab = genl.family(Lab.NAME);
  }

  @AfterEach
  void close() throws NetlinkException {
    Lab.assertUsable(genl);
    genl.close();
  }

  // Several messages and NLMSG_DONE to a do

  @ParameterizedTest(name = "T33 messages and a bare NLMSG_DONE are an answer: {0}")
  @EnumSource(Doing.class)
  void messagesAndDoneAreAnAnswer(Doing way) throws NetlinkException {
    GenlRequest bare =
        reply(a -> multi(a, 3).putU32(Lab.SIZE, 5).putS32(Lab.DONE, 0).putFlag(Lab.BARE));
    GenlRequest whole = reply(a -> multi(a, 3).putU32(Lab.SIZE, 5).putS32(Lab.DONE, 0));
    for (GenlRequest request : List.of(bare, bare.withoutAck(), whole, whole.withoutAck())) {
      assertMessages(way.reply(genl, request).messages(), 3, 5);
    }
  }

  @ParameterizedTest(name = "T33 one message and NLMSG_DONE are one message: {0}")
  @EnumSource(Asking.class)
  void oneMessageAndDoneAreOneMessage(Asking way) throws NetlinkException {
    GenlRequest request = reply(a -> multi(a, 1).putS32(Lab.DONE, 0));

    Lab.assertMessage(way.message(genl, request), 0, 1, 0);
    Lab.assertMessage(way.message(genl, request.withoutAck()), 0, 1, 0);
  }

  @ParameterizedTest(name = "T33 NLMSG_DONE without messages is an empty answer: {0}")
  @EnumSource(Doing.class)
  void doneAloneIsAnEmptyAnswer(Doing way) throws NetlinkException {
    GenlRequest request = reply(a -> multi(a, 0).putS32(Lab.DONE, 0));

    assertThat(way.reply(genl, request).messages()).isEmpty();
    assertThat(way.reply(genl, request.withoutAck()).messages()).isEmpty();
  }

  @ParameterizedTest(name = "T33 T13 a negative NLMSG_DONE to a do is a refusal: {0}")
  @EnumSource(Doing.class)
  void negativeDoneIsARefusal(Doing way) throws NetlinkException {
    GenlRequest request = reply(a -> multi(a, 2).putS32(Lab.DONE, -EIO));
    for (GenlRequest r : List.of(request, request.withoutAck())) {
      assertThat(Ways.refusal(() -> way.reply(genl, r)).error()).isEqualTo(Errno.EIO);
    }
  }

  @Test
  @DisplayName("T33 the options of a team device are several messages")
  void optionsOfATeam() throws Exception {
    Command modprobe = Command.run("modprobe", "team");
    Prerequisite.require(modprobe.status() == 0, "no module team: " + modprobe.output());
    Command.succeed("ip", "link", "add", "jteam", "type", "team");
    try {
      String index = Command.succeed("cat", "/sys/class/net/jteam/ifindex").strip();
      // TEAM_CMD_OPTIONS_GET, TEAM_ATTR_TEAM_IFINDEX
      GenlRequest get =
          GenlRequest.of(genl.family("team"), 2, a -> a.putU32(1, Long.parseLong(index)));
      for (Doing way : Doing.values()) {
        for (GenlRequest request : List.of(get, get.withoutAck())) {
          List<GenlMessage> messages = way.reply(genl, request).messages();
          // TEAM_ATTR_LIST_OPTION
          assertThat(messages).as(way.name()).isNotEmpty();
          assertThat(messages.get(0).attributes().find(2)).isPresent();
        }
      }
    } finally {
      Command.succeed("ip", "link", "del", "jteam");
    }
  }

  // Positive numbers

  @ParameterizedTest(name = "T34 a positive number in NLMSG_ERROR is a value: {0}")
  @EnumSource(Doing.class)
  void positiveErrorIsAValue(Doing way) throws NetlinkException {
    for (int value : new int[] {1, 4095, 4096, Integer.MAX_VALUE}) {
      GenlRequest fail = request(Lab.FAIL, a -> a.putU32(Lab.VALUE, value));
      for (GenlRequest request : List.of(fail, fail.withoutAck())) {
        Reply<GenlMessage> reply = way.reply(genl, request);

        assertThat(reply.value()).isEqualTo(value);
        assertThat(reply.messages()).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "T34 messages come with their value: {0}")
  @EnumSource(Doing.class)
  void messagesComeWithTheirValue(Doing way) throws NetlinkException {
    Reply<GenlMessage> reply =
        way.reply(genl, reply(a -> a.putU32(Lab.COUNT, 2).putU32(Lab.VALUE, 5)));

    assertMessages(reply.messages(), 2, 0);
    assertThat(reply.value()).isEqualTo(5);
  }

  @ParameterizedTest(name = "T34 one message with a value is no error: {0}")
  @EnumSource(Asking.class)
  void oneMessageWithAValue(Asking way) throws NetlinkException {
    Lab.assertMessage(way.message(genl, reply(a -> a.putU32(Lab.VALUE, 5))), 0, 1, 0);
  }

  @ParameterizedTest(name = "T34 a positive NLMSG_DONE to a do is success: {0}")
  @EnumSource(Doing.class)
  void positiveDoneIsSuccess(Doing way) throws NetlinkException {
    GenlRequest request = reply(a -> multi(a, 2).putS32(Lab.DONE, 42));

    assertMessages(way.reply(genl, request).messages(), 2, 0);
    Reply<GenlMessage> unacknowledged = way.reply(genl, request.withoutAck());
    assertMessages(unacknowledged.messages(), 2, 0);
    assertThat(unacknowledged.value()).isEqualTo(42);
  }

  @Test
  @DisplayName("T34 the value is the number of the radio that mac80211_hwsim has made")
  void valueIsTheNumberOfTheRadio() throws Exception {
    Prerequisite.requireModule("mac80211_hwsim");
    Command.succeed("modprobe", "mac80211_hwsim", "radios=1");
    try {
      GenlFamily hwsim = genl.family("MAC80211_HWSIM");
      // HWSIM_CMD_NEW_RADIO
      GenlRequest create = GenlRequest.of(hwsim, 4);
      int first = genl.execute(create).value();
      int second = genl.batch(List.of(create)).get(0).get().value();

      assertThat(first).isPositive();
      assertThat(second).isGreaterThan(first);
      for (int radio : new int[] {first, second}) {
        // HWSIM_CMD_GET_RADIO, HWSIM_ATTR_RADIO_ID
        GenlMessage shown = genl.request(hwsim, 6, a -> a.putU32(10, radio));
        assertThat(shown.attributes().get(10).s32()).isEqualTo(radio);
      }
    } finally {
      Command.succeed("rmmod", "mac80211_hwsim");
    }
  }

  // Sequence 0 and port 0

  @ParameterizedTest(name = "T35 a dump without sequence and port is tolerated on demand: {0}")
  @EnumSource(value = Dumping.class, names = "CONNECTION", mode = EnumSource.Mode.EXCLUDE)
  void dumpWithoutSequenceAndPortIsTolerated(Dumping way) throws NetlinkException {
    for (int count : new int[] {1, 3, 200}) {
      GenlRequest request = dumpFromNobody(count).withAnySequence().withAnyPort();
      List<GenlMessage> messages = way.messages(genl, request);

      assertMessages(messages, count, 100);
      assertThat(messages.get(0).sequence()).isZero();
    }
  }

  @ParameterizedTest(name = "T35 a dump without sequence and port is an error that says so: {0}")
  @EnumSource(value = Dumping.class, names = "CONNECTION", mode = EnumSource.Mode.EXCLUDE)
  void dumpWithoutSequenceAndPortIsAnError(Dumping way) throws NetlinkException {
    GenlRequest request = dumpFromNobody(3).withTimeout(Duration.ofMillis(300));

    assertThatThrownBy(() -> way.messages(genl, request))
        .isInstanceOfAny(ProtocolException.class, RequestTimeoutException.class)
        .hasMessageContaining("port 0");
  }

  @ParameterizedTest(name = "T35 an answer without sequence and port is tolerated on demand: {0}")
  @EnumSource(value = Doing.class, names = "CONNECTION", mode = EnumSource.Mode.EXCLUDE)
  void answerWithoutSequenceAndPortIsTolerated(Doing way) throws NetlinkException {
    GenlRequest request = replyFromNobody(2).withAnySequence().withAnyPort();

    assertMessages(way.reply(genl, request).messages(), 2, 0);
  }

  @ParameterizedTest(name = "T35 one message without sequence and port is tolerated: {0}")
  @EnumSource(value = Asking.class, names = "CONNECTION", mode = EnumSource.Mode.EXCLUDE)
  void messageWithoutSequenceAndPortIsTolerated(Asking way) throws NetlinkException {
    GenlRequest request = replyFromNobody(1).withAnySequence().withAnyPort();

    Lab.assertMessage(way.message(genl, request), 0, 1, 0);
    Lab.assertMessage(way.message(genl, request.withoutAck()), 0, 1, 0);
  }

  @ParameterizedTest(name = "T35 a message without sequence and port is an error that says so: {0}")
  @EnumSource(Asking.class)
  void messageWithoutSequenceAndPortIsAnError(Asking way) throws NetlinkException {
    GenlRequest request = replyFromNobody(1).withTimeout(Duration.ofMillis(300));
    for (GenlRequest r : List.of(request, request.withoutAck())) {
      assertThatThrownBy(() -> way.message(genl, r))
          .isInstanceOfAny(ProtocolException.class, RequestTimeoutException.class)
          .hasMessageContaining("port 0");
    }
  }

  @ParameterizedTest(name = "T02 T39 each wrong number alone is an error, and tolerated: {0}")
  @EnumSource(Doing.class)
  void eachWrongNumberAlone(Doing way) throws NetlinkException {
    GenlRequest sequence = reply(a -> a.putU32(Lab.SEQ, 5000));
    GenlRequest port = reply(a -> a.putU32(Lab.PORTID, 4711));

    assertThatThrownBy(() -> way.reply(genl, sequence))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("withAnySequence()");
    assertThatThrownBy(() -> way.reply(genl, port))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContainingAll("port 4711", "withAnyPort()");
    if (way != Doing.CONNECTION) {
      assertMessages(way.reply(genl, sequence.withAnySequence()).messages(), 1, 0);
      assertMessages(way.reply(genl, port.withAnyPort()).messages(), 1, 0);
    }
  }

  @Test
  @DisplayName("T35 on a connection that hears events they are events: none is lost")
  void messagesWithoutPortAreEventsOfAConnection() throws NetlinkException {
    try (GenlConnection connection = genl.connect()) {
      assertThat(connection.dump(dumpFromNobody(3)).toList()).isEmpty();
      for (int i = 0; i < 3; i++) {
        assertThat(connection.poll(Duration.ZERO).orElseThrow())
            .isInstanceOf(Event.Notification.class);
      }
      assertThat(connection.poll(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  @DisplayName("T35 a connection that hears events refuses to tolerate, before it sends")
  void connectionRefusesToTolerate() throws NetlinkException {
    try (GenlConnection connection = genl.connect()) {
      for (GenlRequest r :
          List.of(replyFromNobody(1).withAnyPort(), replyFromNobody(1).withAnySequence())) {
        assertThatThrownBy(() -> connection.execute(r))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.dump(r)).isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(connection.poll(Duration.ofMillis(20))).isEmpty();
    }
  }

  // Refusals of long requests

  @ParameterizedTest(name = "T36 the refusal of 120 kB keeps errno and attribute: {0}")
  @EnumSource(Doing.class)
  void refusalOfALongRequest(Doing way) throws NetlinkException {
    GenlRequest request =
        request(Lab.CHECK, a -> a.putBytes(200, new byte[60_000]).putBytes(200, new byte[60_000]));
    KernelException e = Ways.refusal(() -> way.reply(genl, request));

    assertThat(e.error()).isEqualTo(Errno.EINVAL);
    assertThat(e.extendedAck().path()).containsExactly(200);
  }

  // Leftovers

  @Test
  @DisplayName("T38 a late reply behind its acknowledgement answers nothing that follows")
  void lateReplyAnswersNothing() throws Exception {
    GenlRequest late = reply(a -> a.putU32(Lab.COUNT, 3).putU32(Lab.DELAY, 60));
    GenlRequest echo = request(Lab.ECHO, a -> a.putU32(Lab.V_U32, 9));
    List<Step> steps =
        List.of(
            () -> assertThat(genl.family(Lab.HDR_NAME).name()).isEqualTo(Lab.HDR_NAME),
            () -> assertThat(genl.family("nlctrl").id()).isEqualTo(16),
            () -> genl.subscribe(lab, "g39").close(),
            () -> assertThat(Lab.echo(genl, 5)).isEqualTo(5),
            () -> assertThat(value(genl.execute(echo.withAnySequence()))).isEqualTo(9),
            () -> assertThat(value(genl.execute(echo.withAnyPort()))).isEqualTo(9),
            () -> assertThat(value(genl.batch(List.of(echo)).get(0).get())).isEqualTo(9),
            () -> assertThat(Dumping.NEXT.messages(genl, dump(4))).hasSize(4),
            () -> assertThat(Dumping.LIST.messages(genl, dump(4))).hasSize(4));
    for (Step step : steps) {
      assertThat(genl.execute(late).messages()).isEmpty();
      Thread.sleep(100);
      step.run();
    }
  }

  @Test
  @DisplayName(
      "T38 an error behind a reply that was taken without ACK answers nothing that follows")
  void errorBehindAReplyAnswersNothing() throws Exception {
    GenlRequest two = reply(a -> a.putU32(Lab.COUNT, 2).putU32(Lab.ERRNO, EIO)).withoutAck();
    GenlRequest echo = request(Lab.ECHO, a -> a.putU32(Lab.V_U32, 9));
    for (int i = 0; i < 3; i++) {
      assertThat(genl.execute(two).messages()).hasSize(1);
      assertThat(genl.family(Lab.HDR_NAME).name()).isEqualTo(Lab.HDR_NAME);
      assertThat(genl.execute(two).messages()).hasSize(1);
      assertThat(value(genl.execute(echo.withAnySequence().withAnyPort()))).isEqualTo(9);
      assertThat(genl.execute(two).messages()).hasSize(1);
      assertThat(genl.batch(List.of(echo, two, echo)).get(2).get().messages()).hasSize(1);
    }
  }

  @Test
  @DisplayName("T38 late replies on an owned connection answer nothing, and are no events")
  void lateReplyOnAConnection() throws Exception {
    try (GenlConnection connection = genl.connect()) {
      connection.execute(reply(a -> a.putU32(Lab.COUNT, 3).putU32(Lab.DELAY, 60)));
      Thread.sleep(100);

      assertThat(connection.poll(Duration.ZERO)).isEmpty();
      assertThat(connection.dump(dump(4)).toList()).hasSize(4);
    }
  }

  // Flags

  @ParameterizedTest(name = "T68 flags that make a do a dump are refused: {0}")
  @EnumSource(Doing.class)
  void flagsOfADumpAreRefused(Doing way) throws NetlinkException {
    GenlRequest request = dump(2).withFlags(NLM_F_DUMP);

    assertThatThrownBy(() -> way.reply(genl, request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NLM_F_DUMP");
  }

  @ParameterizedTest(name = "T68 flags {0} alone make no dump: they reach the kernel")
  @ValueSource(ints = {0x100, 0x200})
  void oneOfTheFlagsIsNoDump(int flag) throws NetlinkException {
    GenlRequest request = dump(2).withFlags(flag);
    for (Doing way : Doing.values()) {
      KernelException e = Ways.refusal(() -> way.reply(genl, request));
      // Linux 6.1 and later allow one alone in no request.
      assertThat(e.error()).as(way.name()).isIn(Errno.EINVAL, Errno.EOPNOTSUPP);
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private GenlRequest request(int command, Consumer<AttributeWriter> attributes) {
    return GenlRequest.of(lab, command, attributes);
  }

  private GenlRequest reply(Consumer<AttributeWriter> attributes) {
    return request(Lab.REPLY, attributes);
  }

  private GenlRequest dump(int count) {
    return request(Lab.DUMP, a -> a.putU32(Lab.COUNT, count));
  }

  private GenlRequest dumpFromNobody(int count) {
    return request(
        Lab.DUMP,
        a ->
            a.putU32(Lab.COUNT, count)
                .putU32(Lab.SIZE, 100)
                .putFlag(Lab.ABSOLUTE)
                .putU32(Lab.PORTID, 0));
  }

  private GenlRequest replyFromNobody(int count) {
    return reply(a -> a.putU32(Lab.COUNT, count).putFlag(Lab.ABSOLUTE).putU32(Lab.PORTID, 0));
  }

  private static AttributeWriter multi(AttributeWriter a, int count) {
    return a.putU32(Lab.COUNT, count).putU32(Lab.FLAGS, NLM_F_MULTI);
  }

  private static long value(Reply<GenlMessage> reply) {
    assertThat(reply.messages()).hasSize(1);
    return reply.messages().get(0).attributes().get(Lab.V_U32).u32();
  }

  private static void assertMessages(List<GenlMessage> messages, int count, int size) {
    assertThat(messages).hasSize(count);
    for (int i = 0; i < count; i++) {
      Lab.assertMessage(messages.get(i), i, count, size);
    }
  }
}
