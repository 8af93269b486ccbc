package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Event;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A family that is registered anew at any moment, and a wait that is ended before it begins. */
class ReloadTest extends Scripted {

  private static final int EMFILE = 24;
  private static final int GENERIC = 16;

  private void reload() {
    kernel.unregister(family);
    kernel.registerAgain(family);
  }

  private void assertRight(Way way, Genl genl) throws NetlinkException {
    assertThat(way.ask(genl, ask(5)))
        .as("%s", way)
        .allSatisfy(m -> assertThat(m.familyId()).isEqualTo(family.id()))
        .extracting(Scripted::number)
        .containsExactly(5L);
  }

  /** Lets the time pass in which a number just found out is used as it is. */
  private static void awaitGrace() throws InterruptedException {
    Thread.sleep(2);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T50 reloaded before the first use, by an instance that never asked for the family")
  void beforeTheFirstUse(Way way) throws NetlinkException {
    try (Genl other = kernel.open()) {
      reload();
      assertRight(way, other);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T50 reloaded right after it was resolved")
  void rightAfterItWasResolved(Way way) throws NetlinkException {
    for (int i = 0; i < 5; i++) {
      try (Genl other = kernel.open()) {
        demo = other.family("demo");
        reload();
        assertRight(way, other);
        reload();
        assertRight(way, other);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T50 reloaded after a while, once or several times, and between any two uses")
  void betweenTwoUses(Way way) throws Exception {
    for (int i = 0; i < 5; i++) {
      awaitGrace();
      reload();
      assertRight(way, genl);
      reload();
      assertRight(way, genl);
      assertRight(way, genl);
      awaitGrace();
      reload();
      reload();
      reload();
      assertRight(way, genl);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T50 reloaded while no socket is to be had")
  void whileSocketsAreRefused(Way way) throws Exception {
    if (way.isOwned() || way == Way.LIST) {
      // They need one themselves: connectionWhileSocketsAreRefused().
      return;
    }
    genl.request(ask(1), GenlMessage::copy);
    kernel.refuseSockets(EMFILE, Integer.MAX_VALUE);
    for (int i = 0; i < 5; i++) {
      awaitGrace();
      reload();
      assertRight(way, genl);
      reload();
      assertRight(way, genl);
    }
    kernel.refuseSockets(EMFILE, 0);
    awaitGrace();
    reload();
    assertRight(way, genl);
  }

  @Test
  @DisplayName("T50 reloaded while no socket is to be had: owned connections and subscriptions")
  void connectionWhileSocketsAreRefused() throws Exception {
    try (GenlConnection c = genl.connect();
        GenlSubscription s = genl.subscribe(ask(5), "events")) {
      c.join(demo, "events");
      genl.request(ask(1), GenlMessage::copy);
      kernel.refuseSockets(EMFILE, Integer.MAX_VALUE);
      for (int i = 0; i < 5; i++) {
        awaitGrace();
        reload();
        assertThat(c.<Long>request(ask(5), Scripted::number)).isEqualTo(5);
        assertThat(c.execute(ask(6)).messages()).hasSize(1);
        try (var dump = c.dump(ask(7))) {
          assertThat(dump.toList()).hasSize(1);
        }
        assertThat(show(c.poll(SOON).orElseThrow())).isEqualTo("gap RELOADED");
        assertThat(shown(s, "gap RELOADED", "listed 5", "synchronized true")).isTrue();
        notify("events", i);
        assertThat(show(c.poll(SOON).orElseThrow())).isEqualTo("event " + i);
        assertThat(show(s.poll(SOON).orElseThrow())).isEqualTo("event " + i);
      }
    }
  }

  /** Tells whether events end with some, whatever came before: lists that a gap has ended. */
  private static boolean shown(GenlSubscription s, String... end) throws NetlinkException {
    List<String> seen = new ArrayList<>();
    List<String> wanted = List.of(end);
    while (seen.size() < 20) {
      seen.add(show(s.poll(SOON).orElseThrow()));
      if (seen.size() >= end.length
          && seen.subList(seen.size() - end.length, seen.size()).equals(wanted)) {
        return true;
      }
    }
    throw new AssertionError("no " + wanted + " at the end of " + seen);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T50 reloaded between the controller's answer and the request")
  void betweenResolutionAndRequest(Way way) throws Exception {
    if (way == Way.LIST) {
      // Before the list there is then a gap: see below.
      return;
    }
    for (int i = 0; i < 5; i++) {
      try (Genl other = kernel.open()) {
        reloadBehindTheAnswers(1);
        assertRight(way, other);
      }
    }
  }

  @Test
  @DisplayName("T50 reloaded between the controller's answer and the joining of its group")
  void betweenResolutionAndJoin() throws Exception {
    for (int times = 1; times < 4; times++) {
      reloadBehindTheAnswers(times);
      try (GenlSubscription s = genl.subscribe(ask(5), "events", "other")) {
        assertThat(shown(s, "listed 5", "synchronized true")).isTrue();
        while (s.poll(Duration.ofMillis(50)).isPresent()) {
          // What still tells of the reload, and lists.
        }
        notify("events", 1);
        notify("other", 2);
        assertThat(show(s.poll(SOON).orElseThrow())).isEqualTo("event 1");
        assertThat(show(s.poll(SOON).orElseThrow())).isEqualTo("event 2");
      }
    }
  }

  /** Reloads whenever the controller has answered for the family, so many times. */
  private void reloadBehindTheAnswers(int times) {
    AtomicInteger left = new AtomicInteger(times);
    kernel
        .controller()
        .onDo(
            GETFAMILY,
            (request, answer) -> {
              String name = request.attributes().get(2).string();
              if (!name.equals("demo")) {
                answer.error(2);
                return;
              }
              answer.message(1, family::describe);
              if (left.getAndDecrement() > 0) {
                reload();
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T11 another family, without this command, has the number by then")
  void anotherFamilyHasTheNumber(Way way) throws Exception {
    if (way == Way.LIST) {
      // Before the list there is then a gap: see above.
      return;
    }
    try (Genl other = kernel.open()) {
      demo = other.family("demo");
      kernel.unregister(family);
      kernel.takeOver(family, "another");
      kernel.registerAgain(family);

      assertRight(way, other);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T50 away: said so, each time; and when it is back, it is reached")
  void away(Way way) throws Exception {
    for (int i = 0; i < 3; i++) {
      kernel.unregister(family);
      for (int j = 0; j < 3; j++) {
        assertThatThrownBy(() -> way.ask(genl, ask(5)))
            .isInstanceOf(FamilyNotFoundException.class)
            .hasMessageContaining("demo");
      }
      kernel.registerAgain(family);
      assertRight(way, genl);
      awaitGrace();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T50 ENOENT and EOPNOTSUPP of the family itself are its answer, at once")
  void refusalOfTheFamilyItself(Way way) throws Exception {
    for (int errno : List.of(2, 95)) {
      family.onDo(COMMAND, (request, answer) -> answer.error(errno));
      family.onDump(COMMAND, (request, answer) -> answer.refuse(errno));
      kernel.forgetRequests();
      assertThatThrownBy(() -> way.ask(genl, ask(5)))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(errno));
      assertThat(family.requests()).hasSize(1);
    }
  }

  @Test
  @DisplayName("T50 reloaded within a dump that is open: its messages are right, the next one too")
  void withinADump() throws Exception {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          for (int i = 0; i < 100; i++) {
            echo(request, answer);
          }
        });
    try (var dump = genl.dump(ask(5))) {
      dump.next();
      reload();
      assertThat(dump.toList()).hasSize(99);
    }
    try (var dump = genl.dump(ask(6))) {
      assertThat(dump.toList()).hasSize(100).extracting(Scripted::number).containsOnly(6L);
    }
  }

  @Test
  @DisplayName("T50 reloaded in the middle of a batch: what was refused for it is sent again")
  void withinABatch() throws Exception {
    for (int at : List.of(0, 1, 50, 98)) {
      AtomicBoolean reloaded = new AtomicBoolean();
      family.onDo(
          COMMAND,
          (request, answer) -> {
            echo(request, answer);
            if (request.attributes().get(NUMBER).u32() == at
                && reloaded.compareAndSet(false, true)) {
              reload();
            }
          });
      List<GenlRequest> requests = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        requests.add(ask(i));
      }
      kernel.forgetRequests();

      var outcomes = genl.batch(requests, Scripted::number);

      for (int i = 0; i < 100; i++) {
        assertThat(outcomes.get(i).get()).isEqualTo(i);
      }
      assertThat(family.requests()).as("none is done twice").hasSize(100);
    }
  }

  @Test
  @DisplayName("T50 a family that was registered anew is told as it is now")
  void familyIsToldAsItIs() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(genl.family("demo").id()).isEqualTo(family.id());
      reload();
      assertThat(genl.family("demo").id()).isEqualTo(family.id());
    }
  }

  @Test
  @DisplayName("T50 reloaded all the time, with 8 threads that ask in every way: all are served")
  void reloadedAllTheTime() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    List<Future<Integer>> all = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Way way = Way.values()[t];
      all.add(
          start(
              () -> {
                int right = 0;
                while (!ended.get()) {
                  try {
                    List<GenlMessage> answer = way.ask(genl, ask(5));
                    // A gap may stand in the place of the list.
                    if (!answer.isEmpty() || way != Way.LIST) {
                      assertThat(answer).extracting(Scripted::number).containsExactly(5L);
                      right++;
                    }
                  } catch (FamilyNotFoundException e) {
                    // It was just away.
                  } catch (KernelException e) {
                    // It came anew twice within one request.
                    assertThat(e.errno()).isIn(2, 95);
                  }
                }
                return right;
              }));
    }
    for (int i = 0; i < 200; i++) {
      reload();
      Thread.sleep(1);
    }
    ended.set(true);
    for (Future<Integer> right : all) {
      assertThat(await(right)).isPositive();
    }
    for (Way way : Way.values()) {
      assertRight(way, genl);
    }
  }

  // T52

  @Test
  @DisplayName("T52 wake before the first wait ends it, and only it")
  void wakeBeforeTheFirstWait() throws Exception {
    try (Transport socket = kernel.sockets().open(GENERIC, Transport.Purpose.REQUESTS)) {
      ByteBuffer memory = socket.allocate(Datagrams.size(1, 4096));
      Datagrams into = new Datagrams(memory, 1, 4096);
      socket.wake();
      assertThat(await(start(() -> socket.receive(into, 1, Long.MAX_VALUE)))).isZero();

      kernel.controller().onDo(GETFAMILY, (request, answer) -> answer.unanswered());
      socket.wake();
      assertThat(await(start(() -> socket.resolve("demo", 1, into, Long.MAX_VALUE)))).isZero();

      assertThat(timeOf(() -> assertThat(socket.receive(into, 1, 20_000_000)).isZero()).toMillis())
          .isGreaterThanOrEqualTo(19);
    }
  }

  @Test
  @DisplayName("T52 a reload at the moment at which a wait begins is seen")
  void reloadWhileAWaitBegins() throws Exception {
    try (GenlSubscription s = genl.subscribe(demo, "events");
        GenlConnection c = genl.connect()) {
      c.join(demo, "events");
      for (int i = 0; i < 100; i++) {
        CyclicBarrier go = new CyclicBarrier(3);
        Future<Event<GenlMessage>> one =
            start(
                () -> {
                  go.await();
                  return s.next();
                });
        Future<Event<GenlMessage>> other =
            start(
                () -> {
                  go.await();
                  return c.next();
                });
        go.await();
        reload();
        assertThat(show(await(one))).isEqualTo("gap RELOADED");
        assertThat(show(await(other))).isEqualTo("gap RELOADED");
        notify("events", i);
        assertThat(show(s.poll(SOON).orElseThrow())).isEqualTo("event " + i);
        assertThat(show(c.poll(SOON).orElseThrow())).isEqualTo("event " + i);
      }
    }
  }

  @Test
  @DisplayName("T52 a close at the moment at which a wait begins ends it")
  void closeWhileAWaitBegins() throws Exception {
    for (int i = 0; i < 100; i++) {
      GenlSubscription s = genl.subscribe(demo, "events");
      CyclicBarrier go = new CyclicBarrier(2);
      Future<Event<GenlMessage>> waiting =
          start(
              () -> {
                go.await();
                return s.next();
              });
      go.await();
      s.close();
      assertThatThrownBy(() -> await(waiting)).isInstanceOf(ClosedException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T52 an interrupt before a wait ends it")
  void interruptBeforeAWait(Way way) throws Exception {
    family.onDo(COMMAND, (request, answer) -> answer.unanswered());
    family.onDump(COMMAND, (request, answer) -> answer.unanswered());
    Interruptible<Object> asking =
        startInterruptible(
            () -> {
              Thread.currentThread().interrupt();
              try {
                return way.ask(genl, ask(1));
              } finally {
                assertThat(Thread.interrupted()).isTrue();
              }
            });
    assertThatThrownBy(() -> await(asking.future(), Duration.ofSeconds(2)))
        .isInstanceOf(RequestInterruptedException.class);
    family.onDo(COMMAND, Scripted::echo).onDump(COMMAND, Scripted::echo);
    assertRight(way, genl);
  }

  @Test
  void familyOfAnotherInstanceIsAsGood() throws NetlinkException {
    GenlFamily before = demo;
    try (Genl other = kernel.open()) {
      reload();
      demo = other.family("demo");
      for (Way way : Way.values()) {
        assertRight(way, genl);
      }
      demo = before;
      for (Way way : Way.values()) {
        assertRight(way, other);
      }
    }
  }
}
