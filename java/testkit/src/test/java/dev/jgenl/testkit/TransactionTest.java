package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.NetlinkConstants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Either all requests of a transaction are done, or none, and each outcome says which. */
class TransactionTest extends ScriptedTables {

  private static final int EINVAL = 22;
  private static final int ENOSPC = 28;
  private static final int ENOMEM = 12;
  private static final int ERESTART = 85;

  /** Longer than a test may take: the verdict ends the wait. */
  @Override
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMinutes(10));
  }

  // All is done.

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void allSucceed(int count) throws NetlinkException {
    List<Outcome<Reply<NetlinkMessage>>> outcomes = transact(tables(count));

    assertThat(outcomes).hasSize(count);
    for (Outcome<Reply<NetlinkMessage>> outcome : outcomes) {
      assertThat(outcome.get().messages()).isEmpty();
      assertThat(outcome.get().value()).isZero();
    }
    assertServed();
    assertThat(kernel.openedSockets()).isEqualTo(sockets());
  }

  @Test
  void onlyTheFirstAndTheLastAreAcknowledged() {
    transact(List.of(make(0), make(1), make(2).withoutAck()));

    assertThat(netfilter.requests())
        .extracting(r -> r.flags() & NetlinkConstants.NLM_F_ACK)
        .containsExactly(NetlinkConstants.NLM_F_ACK, 0, NetlinkConstants.NLM_F_ACK);
    assertThat(netfilter.requests())
        .extracting(r -> r.sequence() - netfilter.requests().get(0).sequence())
        .containsExactly(0, 1, 2);
  }

  @Test
  @DisplayName("T65 who asked for NLM_F_ECHO has what was done in the reply, nobody else")
  void echoesAreReplies() throws NetlinkException {
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          tell(request, answer);
          tell(request, answer);
        });
    try (NetlinkSubscription watch = netlink.subscribe(TABLES)) {
      List<Outcome<Reply<NetlinkMessage>>> outcomes =
          transact(List.of(make(0), echoed(1), make(2), echoed(3)));

      List<List<Long>> handles = new ArrayList<>();
      for (Outcome<Reply<NetlinkMessage>> outcome : outcomes) {
        handles.add(outcome.get().messages().stream().map(ScriptedTables::handle).toList());
      }
      assertThat(handles).containsExactly(List.of(), List.of(1L, 1L), List.of(), List.of(3L, 3L));
      assertThat(heard(watch)).containsExactly(0L, 0L, 1L, 1L, 2L, 2L, 3L, 3L);
    }
    assertServed();
  }

  private static NetlinkRequest echoed(int handle) {
    return make(handle).withFlags(NetlinkConstants.NLM_F_ECHO);
  }

  private static List<Long> heard(NetlinkSubscription watch) throws NetlinkException {
    List<Long> heard = new ArrayList<>();
    for (var e = watch.poll(Duration.ZERO); e.isPresent(); e = watch.poll(Duration.ZERO)) {
      heard.add(handle(((Event.Notification<NetlinkMessage>) e.get()).message()));
    }
    return heard;
  }

  @Test
  @DisplayName("T65 an echo that does not say of which request is in no reply, nor in the way")
  void echoOfAnElement() throws NetlinkException {
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          // As nf_tables_setelem_notify() has it.
          tell(request, answer.sequence(0));
          answer.sequence(request.sequence());
        });

    List<Outcome<Reply<NetlinkMessage>>> outcomes = transact(List.of(echoed(0), echoed(1)));

    assertThat(outcomes.get(0).get().messages()).isEmpty();
    assertThat(outcomes.get(1).get().messages()).isEmpty();
    assertServed();
    assertThat(kernel.openedSockets()).isEqualTo(sockets());
  }

  @Test
  @DisplayName("T65 what is told of the whole is in the reply to the first, if that is echoed")
  void echoOfTheWhole() throws NetlinkException {
    netfilter.onCommit((request, answer) -> tell(request, answer));

    List<Outcome<Reply<NetlinkMessage>>> outcomes = transact(List.of(echoed(0), echoed(1)));

    assertThat(outcomes.get(0).get().messages()).hasSize(2);
    assertThat(outcomes.get(1).get().messages()).hasSize(1);
    assertThat(transact(List.of(make(0), echoed(1))).get(0).get().messages()).isEmpty();
    assertServed();
  }

  @Test
  void warningIsThatOfTheLast() throws NetlinkException {
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          if (handle(request) == 1) {
            answer.error(0, ack -> ack.putString(1, "deprecated"));
          }
        });

    List<Outcome<Reply<NetlinkMessage>>> outcomes = transact(tables(2));

    assertThat(outcomes.get(0).get().warning().message()).isEmpty();
    assertThat(outcomes.get(1).get().warning().message()).hasValue("deprecated");
    assertServed();
  }

  @Test
  void resultIsThatOfTheLast() throws NetlinkException {
    netfilter.onTransaction(
        NEWTABLE, (request, answer) -> answer.result(40 + (int) handle(request)));

    List<Outcome<Reply<NetlinkMessage>>> outcomes = transact(tables(3));

    assertThat(outcomes.get(2).get().value()).isEqualTo(42);
    assertServed();
  }

  @Test
  void tenThousandAreOneTransaction() throws NetlinkException {
    List<Outcome<Reply<NetlinkMessage>>> outcomes = transact(tables(10_000));

    for (Outcome<Reply<NetlinkMessage>> outcome : outcomes) {
      outcome.get();
    }
    assertThat(netfilter.requests()).hasSize(10_000);
    assertServed();
  }

  @Test
  void nothingToDoIsRefused() {
    assertThatThrownBy(() -> transact(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThat(netfilter.requests()).isEmpty();
  }

  @Test
  void threadsHaveTransactionsOfTheirOwn() throws Exception {
    refuse(ENOSPC, 1);
    List<Future<Integer>> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      // Of every other thread all transactions have one that is refused.
      List<NetlinkRequest> requests = List.of(make(2), make(t % 2 == 0 ? 3 : 1), make(4));
      threads.add(start(() -> successes(requests, 100)));
    }
    for (int t = 0; t < 8; t++) {
      assertThat(await(threads.get(t))).isEqualTo(t % 2 == 0 ? 300 : 0);
    }
  }

  private int successes(List<NetlinkRequest> requests, int times) {
    int successes = 0;
    for (int i = 0; i < times; i++) {
      for (Outcome<?> outcome : transact(requests)) {
        successes += outcome instanceof Outcome.Success ? 1 : 0;
      }
    }
    return successes;
  }

  @Test
  @DisplayName("T38 an event behind the verdict: it is heard, or the socket is not used again")
  void eventBehindTheVerdict() throws NetlinkException {
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          answer.error(0);
          answer.portId(0).message(NEWTABLE, new byte[HEADER], a -> {});
        });

    for (Outcome<?> outcome : transact(tables(1))) {
      outcome.get();
    }
    transact(tables(1));

    assertThat(netfilter.requests().stream().map(FakeRequest::portId).distinct())
        .hasSize(sockets() == 1 ? 2 : 1);
  }

  // Nothing is done, for one reason or several.

  @Test
  @DisplayName("T68 an error that bears the number of the end concerns the whole")
  void errorOfTheEnd() throws NetlinkException {
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          if (handle(request) == 2) {
            answer.sequence(request.sequence() + 1).error(EINVAL);
          }
        });

    assertThat(whole(transact(tables(3))))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(EINVAL));
    assertServed();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @DisplayName("T68 one is refused: it has the reason, all others say that they were not done")
  void oneIsRefused(int bad) throws NetlinkException {
    refuse(ENOSPC, bad);
    try (NetlinkSubscription watch = netlink.subscribe(TABLES)) {
      List<Throwable> causes = causes(transact(List.of(make(0), echoed(1), make(2), make(3))));

      Throwable refusal = causes.get(bad);
      assertThat(refusal)
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(ENOSPC))
          .hasMessage(
              "netfilter newtable: ENOSPC (No space left on device): no room; attribute handle"
                  + " (4)");
      for (int i = 0; i < 4; i++) {
        if (i != bad) {
          assertThat(causes.get(i))
              .isInstanceOf(NotDoneException.class)
              .hasMessage(
                  "netfilter newtable: not done, as none of the transaction: "
                      + refusal.getMessage())
              .cause()
              .isSameAs(refusal);
        }
      }
      assertThat(heard(watch)).isEmpty();
    }
    assertServed();
    assertThat(kernel.openedSockets()).isEqualTo(sockets() + 1);
  }

  @Test
  void severalAreRefused() throws NetlinkException {
    refuse(ENOSPC, 1, 3);

    List<Throwable> causes = causes(transact(tables(5)));

    assertThat(List.of(causes.get(1), causes.get(3))).hasOnlyElementsOfType(KernelException.class);
    assertThat(causes.get(1)).isNotSameAs(causes.get(3));
    // The first is why.
    for (int i : new int[] {0, 2, 4}) {
      assertThat(causes.get(i))
          .isInstanceOf(NotDoneException.class)
          .cause()
          .isSameAs(causes.get(1));
    }
    assertServed();
  }

  @Test
  void allAreRefused() throws NetlinkException {
    refuse(ENOSPC, 0, 1, 2);

    assertThat(causes(transact(tables(3)))).hasOnlyElementsOfType(KernelException.class);
    assertServed();
  }

  @Test
  void refusedAsAWhole() throws NetlinkException {
    netfilter.onBegin((request, answer) -> answer.error(ERESTART));

    assertThat(whole(transact(tables(3))))
        .isInstanceOf(KernelException.class)
        .hasMessageStartingWith("netfilter transaction: ERESTART");
    assertServed();
  }

  @Test
  void outOfMemoryWithinIsThatOfTheWhole() throws NetlinkException {
    refuse(ENOMEM, 1);

    assertThat(whole(transact(tables(3)))).hasMessageStartingWith("netfilter transaction: ENOMEM");
    assertServed();
  }

  @Test
  void refusedForWantOfPrivilegeNamesTheCapability() throws NetlinkException {
    kernel.privileged(false);

    assertThat(whole(transact(tables(3))))
        .hasMessageStartingWith("netfilter transaction: EPERM")
        .hasMessageContaining("CAP_NET_ADMIN");
    kernel.privileged(true);
    assertServed();
  }

  @Test
  void subsystemWithoutTransactionsIsRefused() throws NetlinkException {
    List<NetlinkRequest> conntrack =
        List.of(NetlinkRequest.of(0x0100, new byte[4]), NetlinkRequest.of(0x0102, new byte[4]));

    assertThat(whole(netlink.transaction(1, conntrack)))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.EOPNOTSUPP));
    assertServed();
  }

  @Test
  @DisplayName("T68 the commit fails: nothing is done, though the last is acknowledged")
  void commitFails() throws NetlinkException {
    netfilter.onCommit(
        (request, answer) -> answer.error(ENOSPC, ack -> ack.putString(1, "no room")));

    String why = "netfilter transaction: ENOSPC (No space left on device): no room";
    assertThat(whole(transact(List.of(make(0), echoed(1), make(2))))).hasMessage(why);
    assertThat(whole(transact(tables(2)))).hasMessage(why);
    // Of one alone the kernel says as much of it as of the whole.
    assertThat(causes(transact(tables(1))).get(0))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("ENOSPC");
    assertServed();
    assertThat(kernel.openedSockets()).isEqualTo(sockets());
  }

  // Nothing is sent.

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void oneThatCannotBeWrittenKeepsAllFromBeingSent(int bad) throws NetlinkException {
    IllegalStateException thrown = new IllegalStateException("made by a test");
    List<NetlinkRequest> requests = new ArrayList<>(tables(3));
    requests.set(
        bad,
        NetlinkRequest.of(
            NEWTABLE,
            new byte[HEADER],
            a -> {
              a.putU32(HANDLE, 9);
              throw thrown;
            }));

    List<Throwable> causes = causes(transact(requests));

    assertThat(causes.get(bad)).isSameAs(thrown);
    assertThat(causes)
        .filteredOn(e -> e != thrown)
        .hasSize(2)
        .allSatisfy(e -> assertThat(e).isInstanceOf(NotDoneException.class).hasCause(thrown));
    assertThat(netfilter.requests()).isEmpty();
    assertServed();
    assertThat(kernel.openedSockets()).isEqualTo(sockets());
  }

  @Test
  void severalThatCannotBeWrittenHaveTheirOwnReasons() throws NetlinkException {
    NetlinkRequest tolerant = make(1).withAnySequence();
    NetlinkRequest portless = make(2).withAnyPort();
    NetlinkRequest dumping = make(3).withFlags(NetlinkConstants.NLM_F_DUMP);
    NetlinkRequest tooLong =
        NetlinkRequest.of(NEWTABLE, new byte[HEADER], a -> a.putBytes(1, new byte[65_532]));

    List<Throwable> causes =
        causes(transact(List.of(make(0), tolerant, portless, dumping, tooLong)));

    assertThat(causes.get(0)).isInstanceOf(NotDoneException.class).hasCause(causes.get(1));
    assertThat(causes.subList(1, 5)).hasOnlyElementsOfType(IllegalArgumentException.class);
    assertThat(causes.get(1)).hasMessageContaining("newtable").hasMessageContaining("sequence");
    assertThat(causes.get(3)).hasMessageContaining("NLM_F_DUMP");
    assertThat(netfilter.requests()).isEmpty();
    assertServed();
  }

  @Test
  void errorOfAWriterIsThrown() throws NetlinkException {
    NetlinkRequest bad =
        NetlinkRequest.of(
            NEWTABLE,
            new byte[HEADER],
            a -> {
              throw new AssertionError("made by a test");
            });

    assertThatThrownBy(() -> transact(List.of(make(0), bad)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("made by a test");
    assertThat(netfilter.requests()).isEmpty();
    assertServed();
  }

  @Test
  void tooLongForTheSendBufferNamesTheRemedy() throws NetlinkException {
    kernel.limitBuffers(20_000, 20_000);
    long before = kernel.clock().skipWaits().nanoTime();
    try (Netlink small = netfilter.open()) {
      Transactor ofSmall = transactor(small);
      List<Outcome<Reply<NetlinkMessage>>> outcomes = ofSmall.transact(tables(1000));

      // Nothing was sent, so no answer is waited for.
      assertThat(kernel.clock().nanoTime()).isEqualTo(before);
      // Begin and end, and a thousand with a header and an attribute.
      assertThat(whole(outcomes))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.EMSGSIZE))
          .hasMessageContaining("netfilter transaction of " + (20 + 1000 * 28 + 20) + " bytes")
          .hasMessageContaining("net.core.wmem_max")
          .hasMessageContaining("CAP_NET_ADMIN");
      assertThat(netfilter.requests()).isEmpty();
      for (Outcome<?> outcome : ofSmall.transact(tables(10))) {
        outcome.get();
      }
      assertThat(kernel.openedSockets()).isEqualTo(2 * sockets());
    }
  }

  @Test
  void whatIsNoPartIsRefusedAtOnce() throws NetlinkException {
    List<NetlinkRequest> other = List.of(make(0), NetlinkRequest.of(0x0b00, new byte[4]));
    List<NetlinkRequest> shorter = List.of(make(0), make(1).withHeader(new byte[3]));

    assertThatThrownBy(() -> transact(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2816")
        .hasMessageContaining("subsystem 10");
    assertThatThrownBy(() -> transact(shorter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nfgenmsg");
    for (int subsystem : new int[] {-1, 256}) {
      assertThatThrownBy(() -> netlink.transaction(subsystem, List.of(make(0))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("subsystem " + subsystem);
    }
    assertThat(netfilter.requests()).isEmpty();
    assertServed();
  }

  @Test
  void otherProtocolsHaveNone() throws NetlinkException {
    try (Netlink route = kernel.protocol(Netlink.ROUTE).open()) {
      assertThatThrownBy(() -> route.transaction(NFTABLES, tables(1)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("route");
    }
  }

  @Test
  void malformedExplanationDoesNotHideTheNumber() throws NetlinkException {
    netfilter.onTransaction(
        NEWTABLE, (request, answer) -> answer.error(EINVAL, ack -> ack.putU8(2, 1)));

    assertThat(causes(transact(tables(2))))
        .allSatisfy(e -> assertThat(((KernelException) e).errno()).isEqualTo(EINVAL));
    assertServed();
  }
}
