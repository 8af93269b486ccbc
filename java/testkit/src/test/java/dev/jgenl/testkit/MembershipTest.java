package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Event;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups whose family goes and comes, and what a subscriber is told of it. */
class MembershipTest extends Scripted {

  private static final int ENOMEM = 12;

  private GenlSubscription subscription;

  @BeforeEach
  void subscribe() throws NetlinkException {
    subscription = genl.subscribe(demo, "events", "other");
  }

  @Override
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(300));
  }

  @Test
  @DisplayName("T41 reloaded while the subscriber is busy: one gap, then all groups deliver")
  void allGroupsDeliverAfterAReload() throws NetlinkException {
    notify("other", 1);
    kernel.unregister(family);
    kernel.registerAgain(family);
    notify("events", 2);

    assertThat(events(2)).containsExactly("event 1", "gap RELOADED");
    notify("events", 3);
    notify("other", 4);
    assertThat(events(2)).containsExactly("event 3", "event 4");
    assertNothingMore();
  }

  @Test
  @DisplayName("T41 reloaded many times while the subscriber is busy")
  void allGroupsDeliverAfterManyReloads() throws NetlinkException {
    for (int i = 0; i < 20; i++) {
      kernel.unregister(family);
      kernel.registerAgain(family);
    }

    awaitRejoined();
    notify("events", 3);
    notify("other", 4);
    assertThat(events(2)).containsExactly("event 3", "event 4");
    assertNothingMore();
  }

  @Test
  @DisplayName("T41 the news of the reload is lost: a gap, all is joined anew")
  void newsOfTheReloadIsLost() throws NetlinkException {
    kernel.controller().notify("notify", FakeAnswer::overrun);
    kernel.unregister(family);
    kernel.registerAgain(family);

    assertThat(events(2)).containsExactly("gap OVERRUN", "gap RELOADED");
    notify("events", 3);
    notify("other", 4);
    assertThat(events(2)).containsExactly("event 3", "event 4");
    assertNothingMore();
  }

  @Test
  @DisplayName("T41 another family gets the numbers of the groups: it is not taken for ours")
  void numbersOfGroupsGoToAnotherFamily() throws NetlinkException {
    kernel.unregister(family);
    FakeFamily thief = kernel.family("thief").group("a").group("b");
    kernel.registerAgain(family);
    thief.notify("a", n -> n.message(CHANGED, a -> a.putU32(NUMBER, 666)));

    awaitRejoined();
    notify("events", 3);
    notify("other", 4);
    assertThat(events(2)).containsExactly("event 3", "event 4");
    assertNothingMore();
  }

  @Test
  @DisplayName("T41 two families are reloaded: a gap for each, and all deliver")
  void twoFamiliesAreReloaded() throws NetlinkException {
    FakeFamily second = kernel.family("second").group("events");
    subscription.join(genl.family("second"), "events");
    kernel.unregister(family);
    kernel.unregister(second);
    kernel.registerAgain(second);
    kernel.registerAgain(family);

    assertThat(events(2)).containsExactly("gap RELOADED", "gap RELOADED");
    notify("events", 1);
    second.notify("events", event(2));
    assertThat(events(2)).containsExactly("event 1", "event 2");
    assertNothingMore();
  }

  @Test
  @DisplayName("T41 reloaded between resolving and joining another group")
  void reloadedBetweenResolvingAndJoining() throws NetlinkException {
    kernel.unregister(family);
    kernel.registerAgain(family);
    subscription.join(demo, "other");
    notify("other", 1);

    assertThat(events(2)).containsExactlyInAnyOrder("gap RELOADED", "event 1");
    notify("events", 2);
    notify("other", 3);
    assertThat(events(2)).containsExactly("event 2", "event 3");
    assertNothingMore();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  @DisplayName("T42 a rejoin that fails is told once, tried until it succeeds, and told")
  void failedRejoinIsTriedAgain(int failures) throws NetlinkException {
    int[] left = {failures};
    onResolve(
        (request, answer) -> {
          if (left[0]-- > 0) {
            answer.error(ENOMEM);
          } else {
            answer.message(1, family::describe);
          }
        });
    kernel.unregister(family);
    kernel.registerAgain(family);

    assertThat(events(2)).containsExactly("gap NOT_REJOINED", "gap RELOADED");
    notify("events", 3);
    notify("other", 4);
    assertThat(events(2)).containsExactly("event 3", "event 4");
    assertNothingMore();
  }

  @Test
  @DisplayName("T42 a controller that does not answer: told once, and what comes is delivered")
  void silentControllerDelaysTheRejoin() throws NetlinkException {
    boolean[] silent = {true};
    onResolve(
        (request, answer) -> {
          if (silent[0]) {
            answer.unanswered();
          } else {
            answer.message(1, family::describe);
          }
        });
    kernel.unregister(family);
    kernel.registerAgain(family);

    assertThat(events(1)).containsExactly("gap NOT_REJOINED");
    assertThat(subscription.poll(Duration.ofMillis(700))).isEmpty();
    silent[0] = false;
    assertThat(events(1)).containsExactly("gap RELOADED");
    notify("events", 3);
    assertThat(events(1)).containsExactly("event 3");
  }

  @Test
  @DisplayName("T42 no descriptors for the rejoin: told once, tried until there are some")
  void noDescriptorsForTheRejoin() throws Exception {
    // The only socket for requests is busy.
    CountDownLatch asked = new CountDownLatch(1);
    family.onDo(
        COMMAND,
        (request, answer) -> {
          answer.unanswered();
          asked.countDown();
        });
    Future<?> busy = start(() -> genl.execute(ask(1).withTimeout(Duration.ofSeconds(20))));
    asked.await();
    kernel.refuseSockets(24, Integer.MAX_VALUE);
    kernel.unregister(family);
    kernel.registerAgain(family);

    assertThat(events(1)).containsExactly("gap NOT_REJOINED");
    assertThat(subscription.poll(Duration.ofMillis(300))).isEmpty();
    kernel.refuseSockets(24, 0);
    assertThat(events(1)).containsExactly("gap RELOADED");
    notify("other", 3);
    assertThat(events(1)).containsExactly("event 3");
    genl.close();
    assertThatThrownBy(() -> await(busy)).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T42 a group that the family no longer has is a gap, the other one delivers")
  void groupThatIsGone() throws NetlinkException {
    kernel.unregister(family);
    FakeFamily other = kernel.family("demo").group("other");

    assertThat(events(1)).containsExactly("gap NOT_REJOINED");
    other.notify("other", event(1));
    assertThat(events(1)).containsExactly("event 1");
    other.group("events");
    assertThat(events(1)).containsExactly("gap RELOADED");
    other.notify("events", event(3));
    other.notify("other", event(4));
    assertThat(events(2)).containsExactly("event 3", "event 4");
  }

  @Test
  @DisplayName("T45 poll waits no longer than asked while the controller does not answer")
  void pollDoesNotWaitForTheController() throws Exception {
    try (var patient = kernel.open();
        GenlSubscription s = patient.subscribe(demo, "events")) {
      onResolve((request, answer) -> answer.unanswered());
      kernel.unregister(family);
      kernel.registerAgain(family);

      assertThat(timeOf(() -> s.poll(Duration.ofMillis(50)))).isLessThan(Duration.ofSeconds(2));
      assertThat(timeOf(() -> s.poll(Duration.ZERO))).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  @DisplayName("T45 close ends a wait while the controller does not answer")
  void closeEndsTheWaitForTheController() throws Exception {
    try (var patient = kernel.open();
        GenlSubscription s = patient.subscribe(demo, "events")) {
      CountDownLatch asked = new CountDownLatch(1);
      onResolve(
          (request, answer) -> {
            answer.unanswered();
            asked.countDown();
          });
      kernel.unregister(family);
      kernel.registerAgain(family);
      Future<Event<GenlMessage>> waiting = start(s::next);
      asked.await();
      s.close();

      assertThatThrownBy(() -> await(waiting, Duration.ofSeconds(2)))
          .isInstanceOf(ClosedException.class);
    }
  }

  @Test
  @DisplayName("T47 a subscription whose Genl is closed is closed")
  void closedWithItsGenl() throws Exception {
    Interruptible<Event<GenlMessage>> waiting = startInterruptible(() -> subscription.next());
    awaitWaiting(waiting.thread());
    genl.close();

    assertThatThrownBy(() -> await(waiting.future())).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> subscription.next()).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> subscription.poll(Duration.ZERO)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> subscription.join(demo, "events")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> subscription.leave(demo, "events"))
        .isInstanceOf(ClosedException.class);
    subscription.close();
  }

  @Test
  @DisplayName("T47 what is queued when it is closed is not delivered")
  void closedWithEventsInTheQueue() throws NetlinkException {
    notify("events", 1, 2, 3);
    assertThat(events(1)).containsExactly("event 1");
    subscription.close();

    assertThatThrownBy(() -> subscription.next()).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T47 leaving while the family is away is nothing to do")
  void leaveWhileTheFamilyIsAway() throws NetlinkException {
    kernel.unregister(family);
    subscription.leave(demo, "other");
    FakeFamily thief = kernel.family("thief").group("a").group("b");
    subscription.leave(demo, "events");
    assertThatThrownBy(() -> subscription.join(demo, "events"))
        .isInstanceOf(FamilyNotFoundException.class);

    subscription.join(genl.family("thief"), "b");
    thief.notify("b", event(1));
    assertThat(events(1)).containsExactly("event 1");
    kernel.registerAgain(family);
    assertNothingMore();
    subscription.join(demo, "events");
    notify("events", 2);
    assertThat(events(1)).containsExactly("event 2");
  }

  @Test
  @DisplayName("T47 no group is refused, and no socket is left")
  void noGroupIsRefused() {
    int before = kernel.openSockets();
    assertThatThrownBy(() -> genl.subscribe(demo)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> genl.subscribe(ask(1))).isInstanceOf(IllegalArgumentException.class);
    assertThat(kernel.openSockets()).isEqualTo(before);
  }

  @Test
  @DisplayName("T56 null, too long, NUL, an unpaired surrogate as the name of a family or group")
  void namesThatCannotBe() throws NetlinkException {
    int before = kernel.openSockets();
    assertThatThrownBy(() -> genl.family(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> subscription.join(demo, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> subscription.leave(demo, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> subscription.join(null, "events"))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> genl.subscribe(demo, (String) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> genl.subscribe(demo, "events", null))
        .isInstanceOf(NullPointerException.class);
    for (String name : List.of("x".repeat(10_000), "de\0mo", "\ud800", "", "demo\0")) {
      assertThatThrownBy(() -> genl.family(name)).isInstanceOf(FamilyNotFoundException.class);
      assertThatThrownBy(() -> subscription.join(demo, name)).isInstanceOf(KernelException.class);
      assertThatThrownBy(() -> genl.subscribe(demo, name)).isInstanceOf(KernelException.class);
      subscription.leave(demo, name);
      GenlFamily named = GenlFamily.builder(name, 4711).build();
      for (Way way : Way.values()) {
        assertThatThrownBy(() -> way.ask(genl, dev.jgenl.GenlRequest.of(named, COMMAND)))
            .isInstanceOf(FamilyNotFoundException.class);
      }
      assertThatThrownBy(() -> subscription.join(named, "events"))
          .isInstanceOf(FamilyNotFoundException.class);
    }
    assertThat(kernel.openSockets()).isEqualTo(before);
    notify("events", 1);
    assertThat(events(1)).containsExactly("event 1");
  }

  private void onResolve(FakeFamily.Script script) {
    kernel.controller().onDo(GETFAMILY, script);
  }

  /** Reads on until a gap says that all was joined again. */
  private void awaitRejoined() throws NetlinkException {
    for (String seen = ""; !seen.equals("gap RELOADED"); ) {
      seen = events(1).get(0);
    }
  }

  private void assertNothingMore() throws NetlinkException {
    assertThat(subscription.poll(Duration.ofMillis(20))).isEmpty();
  }

  private List<String> events(int count) throws NetlinkException {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(show(subscription.poll(SOON).orElseThrow()));
    }
    return events;
  }
}
