package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.ProtocolException;
import dev.jgenl.Reply;
import dev.jgenl.wire.NetlinkConstants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an answer may look like, and what may lie beside it, for each way to ask. */
class AnswerTest extends Scripted {

  private static final int EINVAL = 22;

  /** No answer bears it: what does belongs to nobody. */
  private static final long FOREIGN = 666;

  // T33: NLMSG_DONE to a do.

  @ParameterizedTest
  @EnumSource
  @DisplayName("T33 several messages and NLMSG_DONE are the answer to a do, with and without ACK")
  void messagesAndDone(Way way) throws NetlinkException {
    family.onDo(
        COMMAND, (request, answer) -> three(answer.flags(NetlinkConstants.NLM_F_MULTI)).done());
    family.onDump(COMMAND, (request, answer) -> three(answer));

    for (GenlRequest request : List.of(ask(1), ask(1).withoutAck())) {
      if (way.takesSeveral()) {
        assertThat(way.ask(genl, request)).extracting(Scripted::number).containsExactly(1L, 2L, 3L);
      } else {
        assertThatThrownBy(() -> way.ask(genl, request))
            .isInstanceOf(ProtocolException.class)
            .hasMessageContaining("3 messages");
      }
      assertServed();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T33 one message and NLMSG_DONE are the answer to a do, with and without ACK")
  void oneMessageAndDone(Way way) throws NetlinkException {
    family.onDo(
        COMMAND,
        (request, answer) -> {
          echo(request, answer.flags(NetlinkConstants.NLM_F_MULTI));
          answer.done();
        });

    for (GenlRequest request : List.of(ask(5), ask(5).withoutAck())) {
      assertThat(way.ask(genl, request)).extracting(Scripted::number).containsExactly(5L);
      assertServed();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T33 NLMSG_DONE alone is an answer without messages")
  void doneAlone(Way way) throws NetlinkException {
    family.onDo(COMMAND, (request, answer) -> answer.done());
    family.onDump(COMMAND, (request, answer) -> answer.done());

    for (GenlRequest request : List.of(ask(1), ask(1).withoutAck())) {
      if (way.takesSeveral()) {
        assertThat(way.ask(genl, request)).isEmpty();
      } else {
        assertThatThrownBy(() -> way.ask(genl, request))
            .isInstanceOf(ProtocolException.class)
            .hasMessageContaining("0 messages");
      }
      assertServed();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T13 an error in NLMSG_DONE is a refusal, also behind messages and to a do")
  void errorInDone(Way way) throws NetlinkException {
    FakeFamily.Script refusal =
        (request, answer) -> {
          echo(request, answer.flags(NetlinkConstants.NLM_F_MULTI));
          answer.done(-EINVAL).unanswered();
        };
    family.onDo(COMMAND, refusal).onDump(COMMAND, refusal);

    for (GenlRequest request : List.of(ask(1), ask(1).withoutAck())) {
      assertThatThrownBy(() -> way.ask(genl, request))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(EINVAL));
      assertServed();
    }
  }

  private static FakeAnswer three(FakeAnswer answer) {
    for (int i = 1; i <= 3; i++) {
      int number = i;
      answer.message(COMMAND, a -> a.putU32(NUMBER, number));
    }
    return answer;
  }

  // T34: positive results.

  @ParameterizedTest
  @EnumSource
  @DisplayName("T34 a positive number in NLMSG_ERROR, or in the NLMSG_DONE of a dump, is success")
  void positiveResult(Way way) throws NetlinkException {
    FakeFamily.Script result =
        (request, answer) -> {
          echo(request, answer);
          answer.result(42);
        };
    family.onDo(COMMAND, result).onDump(COMMAND, result);

    assertThat(way.ask(genl, ask(5))).extracting(Scripted::number).containsExactly(5L);
    assertServed();
  }

  @Test
  @DisplayName("T34 the reply shows the number, whichever message bears it")
  void replyShowsTheResult() throws NetlinkException {
    family.onDo(COMMAND, (request, answer) -> answer.result(42));
    assertThat(replies(ask(1))).extracting(Reply::value).containsOnly(42);
    assertThat(replies(ask(1).withoutAck())).extracting(Reply::value).containsOnly(42);

    family.onDo(
        COMMAND,
        (request, answer) -> {
          echo(request, answer.flags(NetlinkConstants.NLM_F_MULTI));
          answer.done(7);
        });
    assertThat(replies(ask(1).withoutAck())).extracting(Reply::value).containsOnly(7);

    family.onDo(COMMAND, Scripted::echo);
    assertThat(replies(ask(1))).extracting(Reply::value).containsOnly(0);
  }

  private List<Reply<GenlMessage>> replies(GenlRequest request) throws NetlinkException {
    try (GenlConnection c = genl.connect()) {
      return List.of(
          genl.execute(request), genl.batch(List.of(request)).get(0).get(), c.execute(request));
    }
  }

  // T35: sequence number and port 0.

  @ParameterizedTest
  @EnumSource
  @DisplayName("T35 an answer that bears sequence number and port 0 to its end: it is said")
  void answerWithoutSequenceAndPort(Way way) throws NetlinkException {
    withoutSequenceAndPort();

    assertThatThrownBy(() -> way.ask(genl, ask(1).withTimeout(Duration.ofMillis(50))))
        .isInstanceOf(NetlinkException.class)
        .hasMessageContaining("sequence number 0")
        .hasMessageContaining("port 0");
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T35 messages that bear sequence number and port 0, then a right end: it is said")
  void messagesWithoutSequenceAndPort(Way way) throws NetlinkException {
    // Of an acknowledgement alone nobody can say that it is not all.
    boolean mayBeNone = way.takesSeveral() && !way.isDump();
    FakeFamily.Script script =
        (request, answer) -> {
          echo(request, answer.sequence(0).portId(0));
          answer.sequence(request.sequence()).portId(request.portId());
        };
    family.onDo(COMMAND, script).onDump(COMMAND, script);

    if (mayBeNone) {
      assertThat(way.ask(genl, ask(1))).isEmpty();
    } else if (way.isOwned() && way.isDump()) {
      // There they are events.
      assertThat(way.ask(genl, ask(1))).isEmpty();
    } else {
      assertThatThrownBy(() -> way.ask(genl, ask(1)))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("sequence number 0")
          .hasMessageContaining("port 0");
    }
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T35 an answer that bears sequence number and port 0 is tolerated where asked for")
  void answerWithoutSequenceAndPortIsTolerated(Way way) throws NetlinkException {
    withoutSequenceAndPort();
    GenlRequest strict = ask(5).withAnySequence().withAnyPort();

    for (GenlRequest request : List.of(strict, strict.withoutAck())) {
      if (way.isOwned()) {
        assertThatThrownBy(() -> way.ask(genl, request))
            .isInstanceOf(IllegalArgumentException.class);
        assertThat(asked()).isZero();
      } else {
        assertThat(way.ask(genl, request)).extracting(Scripted::number).containsExactly(5L);
      }
    }
    assertServed();
  }

  private void withoutSequenceAndPort() {
    FakeFamily.Script script = (request, answer) -> echo(request, answer.sequence(0).portId(0));
    family.onDo(COMMAND, script).onDump(COMMAND, script);
  }

  // T37: messages that nobody asked for.

  @ParameterizedTest
  @EnumSource
  @DisplayName("T37 events on a socket of the pool: what is asked next gets its own answer")
  void eventsOnASocketOfThePool(Way way) throws NetlinkException {
    for (int round = 0; round < 3; round++) {
      sendEvents(pooledPort());
      assertThat(way.ask(genl, ask(5))).extracting(Scripted::number).containsExactly(5L);
      assertServed();
    }
  }

  @Test
  @DisplayName("T37 events on a socket of the pool: family(), families() and a batch are right")
  void eventsOnASocketOfThePoolBeforeAResolution() throws NetlinkException {
    FakeFamily second = kernel.family("second");
    sendEvents(pooledPort());
    assertThat(genl.family("second").id()).isEqualTo(second.id());

    sendEvents(pooledPort());
    assertThat(genl.families()).extracting(GenlFamily::name).contains("demo", "second", "nlctrl");

    sendEvents(pooledPort());
    assertBatch(genl, 300);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T37 events between a request and its answer, with its own sequence number too")
  void eventsBeforeTheAnswer(Way way) throws NetlinkException {
    FakeFamily.Script script =
        (request, answer) -> {
          sendEvents(request.portId(), request.sequence());
          echo(request, answer);
          sendEvents(request.portId(), request.sequence());
        };
    family.onDo(COMMAND, script).onDump(COMMAND, script);

    for (int round = 0; round < 3; round++) {
      assertThat(way.ask(genl, ask(5))).extracting(Scripted::number).containsExactly(5L);
    }
    assertServed();
  }

  private void sendEvents(int port) {
    for (int sequence = 0; sequence < 20; sequence++) {
      sendEvents(port, sequence);
    }
  }

  private void sendEvents(int port, int sequence) {
    family.send(port, e -> e.sequence(sequence).message(COMMAND, a -> a.putU32(NUMBER, FOREIGN)));
  }

  // T38: leftovers.

  /** What an exchange leaves behind on its socket. */
  enum Leftover {
    REPLY_BEHIND_ITS_ACK(true) {
      @Override
      void come(FakeAnswer answer) {
        answer.message(COMMAND, a -> a.putU32(NUMBER, FOREIGN));
      }
    },
    SECOND_ACK(true) {
      @Override
      void come(FakeAnswer answer) {
        answer.error(0);
      }
    },
    ERROR_BEHIND_AN_ANSWER_WITHOUT_ACK(false) {
      @Override
      void come(FakeAnswer answer) {
        answer.error(EINVAL);
      }
    },
    ANSWERS_BEHIND_AN_ANSWER_WITHOUT_ACK(false) {
      @Override
      void come(FakeAnswer answer) {
        for (int i = 0; i < 50; i++) {
          answer.message(COMMAND, a -> a.putU32(NUMBER, FOREIGN));
        }
      }
    };

    private final boolean acknowledged;

    Leftover(boolean acknowledged) {
      this.acknowledged = acknowledged;
    }

    abstract void come(FakeAnswer answer);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T38 leftovers of an exchange are not taken for the answer to the next")
  void leftovers(Way way) throws NetlinkException {
    for (Leftover leftover : Leftover.values()) {
      leave(leftover);
      assertThat(way.ask(genl, ask(5))).extracting(Scripted::number).containsExactly(5L);
      assertServed();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T38 leftovers that come while the next answer is waited for")
  void leftoversWhileWaiting(Way way) throws NetlinkException {
    for (Leftover leftover : Leftover.values()) {
      FakeAnswer held = hold(leftover);
      FakeFamily.Script script =
          (request, answer) -> {
            leftover.come(held);
            echo(request, answer);
          };
      family.onDo(COMMAND, script).onDump(COMMAND, script);

      assertThat(way.ask(genl, ask(5))).extracting(Scripted::number).containsExactly(5L);
      family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
      assertServed();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T38 leftovers, then a request that tolerates any sequence number and port")
  void leftoversBeforeATolerantRequest(Way way) throws NetlinkException {
    if (way.isOwned()) {
      return;
    }
    for (Leftover leftover : Leftover.values()) {
      leave(leftover);
      assertThat(way.ask(genl, ask(5).withAnySequence().withAnyPort()))
          .extracting(Scripted::number)
          .containsExactly(5L);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T38 leftovers, then a resolution, a batch and a subscription")
  void leftoversBeforeAResolution(Leftover leftover) throws Exception {
    FakeFamily second = kernel.family("second").group("news");
    leave(leftover);
    GenlFamily found = genl.family("second");
    assertThat(found.id()).isEqualTo(second.id());
    assertThat(found.name()).isEqualTo("second");

    leave(leftover);
    assertBatch(genl, 300);

    leave(leftover);
    try (GenlSubscription s = genl.subscribe(found, "news")) {
      second.notify("news", n -> n.message(CHANGED, a -> a.putU32(NUMBER, 9)));
      assertThat(show(s.poll(SOON).orElseThrow())).isEqualTo("event 9");
    }

    leave(leftover);
    assertThat(genl.families()).hasSize(3);
  }

  /** Leaves something on the one socket of the pool. */
  private void leave(Leftover leftover) throws NetlinkException {
    leftover.come(hold(leftover));
  }

  private FakeAnswer hold(Leftover leftover) throws NetlinkException {
    List<FakeAnswer> held = new ArrayList<>();
    family.onDo(
        COMMAND,
        (request, answer) -> {
          echo(request, answer);
          held.add(answer);
        });
    GenlRequest request = leftover.acknowledged ? ask(1) : ask(1).withoutAck();
    assertThat(genl.<Long>request(request, Scripted::number)).isEqualTo(1);
    family.onDo(COMMAND, Scripted::echo);
    return held.get(0);
  }

  // T68: flags that make a do a dump.

  @ParameterizedTest
  @EnumSource
  @DisplayName("T68 flags with which the kernel would dump are refused before a do is sent")
  void flagsOfADump(Way way) throws NetlinkException {
    if (way.isDump()) {
      assertThat(way.ask(genl, ask(5).withFlags(NetlinkConstants.NLM_F_DUMP))).hasSize(1);
      return;
    }
    GenlRequest request = ask(1).withFlags(NetlinkConstants.NLM_F_DUMP | 0x400);
    List<GenlRequest> all =
        way.isOwned()
            ? List.of(request, request.withoutAck())
            : List.of(request, request.withoutAck(), request.withAnySequence());
    for (GenlRequest r : all) {
      assertThatThrownBy(() -> way.ask(genl, r))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("NLM_F_DUMP");
    }
    assertThat(asked()).isZero();
    assertServed();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T68 either bit alone is sent: the kernel says what it thinks of it")
  void eitherBitAlone(Way way) throws NetlinkException {
    for (int bit : List.of(0x100, 0x200)) {
      if (way.isDump()) {
        assertThat(way.ask(genl, ask(5).withFlags(bit))).hasSize(1);
      } else {
        assertThatThrownBy(() -> way.ask(genl, ask(5).withFlags(bit)))
            .isInstanceOf(KernelException.class)
            .hasMessageContaining("ambiguous or reserved bits set");
      }
    }
    assertServed();
  }

  /** The same instance serves all that is asked, each with its own answer. */
  private void assertServed() throws NetlinkException {
    family.onDo(COMMAND + 1, Scripted::echo).onDump(COMMAND + 1, Scripted::echo);
    GenlRequest request = GenlRequest.of(demo, COMMAND + 1, a -> a.putU32(NUMBER, 77));
    for (Way way : Way.values()) {
      assertThat(way.ask(genl, request))
          .as("%s afterwards", way)
          .extracting(Scripted::number)
          .containsExactly(77L);
    }
  }

  private void assertBatch(Genl genl, int count) throws NetlinkException {
    List<GenlRequest> requests = LongStream.range(0, count).mapToObj(this::ask).toList();
    List<Long> numbers = new ArrayList<>();
    for (Outcome<Long> outcome : genl.batch(requests, Scripted::number)) {
      numbers.add(outcome.get());
    }
    assertThat(numbers).isEqualTo(LongStream.range(0, count).boxed().toList());
  }

  /** Returns how often the command was asked for. */
  private long asked() {
    return family.requests().stream().filter(r -> r.command() == COMMAND).count();
  }

  /** Returns the port of the one socket that requests have. */
  private int pooledPort() throws NetlinkException {
    genl.request(ask(1), GenlMessage::copy);
    List<FakeRequest> all = family.requests();
    return all.get(all.size() - 1).portId();
  }
}
