package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.Event.Gap;
import dev.jgenl.Event.Notification;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The module is removed and loaded again under its users. */
@Tag("vm")
@Timeout(60)
class LabModuleIT {

  @Test
  @DisplayName("T11 a family that is held works again after a reload, under its new number")
  void heldFamilyWorksAgain() throws Exception {
    try (Genl genl = Genl.open()) {
      GenlFamily held = genl.family(Lab.NAME);
      GenlRequest request = GenlRequest.of(held, Lab.ECHO, a -> a.putU32(Lab.V_U32, 7));
      Lab.remove(Lab.NAME);
      try {
        assertThatThrownBy(() -> genl.execute(request)).isInstanceOf(FamilyNotFoundException.class);
        assertThatThrownBy(() -> genl.dump(held, Lab.DUMP))
            .isInstanceOf(FamilyNotFoundException.class);
      } finally {
        Lab.insert(Lab.NAME);
      }

      GenlMessage answer = genl.request(request, GenlMessage::copy);
      assertThat(answer.attributes().get(Lab.V_U32).u32()).isEqualTo(7);
      assertThat(answer.familyId()).isNotEqualTo(held.id());
      assertThat(genl.batch(List.of(request)).get(0).get().messages()).hasSize(1);
      try (Dump<GenlMessage> dump = genl.dump(held, Lab.DUMP)) {
        assertThat(dump.toList()).isEmpty();
      }
      try (GenlSubscription s = genl.subscribe(held, "events")) {
        Lab.burst(genl, 0, 1, 0);
        assertThat(s.next()).isInstanceOf(Notification.class);
      }
    }
  }

  @Test
  @DisplayName("T11 a subscription goes on after a reload, behind a gap")
  void subscriptionGoesOn() throws Exception {
    try (Genl genl = Genl.open();
        GenlSubscription s = genl.subscribe(genl.family(Lab.NAME), "events", "g39")) {
      for (int i = 0; i < 2; i++) {
        Lab.remove(Lab.NAME);
        assertThat(s.poll(Duration.ofMillis(100))).isEmpty();
        Lab.insert(Lab.NAME);
        assertThat(s.next()).isInstanceOf(Gap.class);
        Lab.burst(genl, 0, 2, 0);
        Lab.burst(genl, 39, 1, 0);

        assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0, 1, 0);
      }
    }
  }

  @Test
  @DisplayName("T32 a dump that is under way keeps the module, until it is closed")
  void dumpKeepsTheModule() throws Exception {
    try (Genl genl = Genl.open()) {
      Dump<GenlMessage> dump =
          genl.dump(Lab.request(genl, Lab.DUMP, a -> a.putU32(Lab.COUNT, 1_000_000)));
      assertThat(dump.next()).isNotNull();
      Command refused = Command.run("rmmod", Lab.NAME);
      dump.close();
      Lab.remove(Lab.NAME);
      Lab.insert(Lab.NAME);

      assertThat(refused.status()).isNotZero();
      Lab.assertUsable(genl);
    }
  }

  @Test
  @DisplayName("T32 late replies and bursts that are pending end with the module")
  void pendingJobsEndWithTheModule() throws Exception {
    try (Genl genl = Genl.open();
        GenlSubscription s = genl.subscribe(genl.family(Lab.NAME), "events")) {
      for (int i = 0; i < 30; i++) {
        genl.execute(Lab.request(genl, Lab.REPLY, a -> a.putU32(Lab.DELAY, 10_000)));
      }
      ExecutorService sender = Executors.newSingleThreadExecutor();
      Future<?> burst = sender.submit(() -> Lab.outcome(() -> Lab.burst(genl, 0, 100_000, 100)));
      Thread.sleep(50);
      Lab.remove(Lab.NAME);
      Lab.insert(Lab.NAME);
      sender.shutdown();
      burst.get();

      Lab.assertUsable(genl);
      assertThat(Events.drain(s::poll)).hasAtLeastOneElementOfType(Gap.class);
    }
  }

  @Test
  @DisplayName(
      "T32 the module comes and goes while requests, dumps and subscriptions are under way")
  void moduleComesAndGoes() throws Exception {
    ExecutorService users = Executors.newFixedThreadPool(5);
    AtomicBoolean stop = new AtomicBoolean();
    try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofSeconds(1)));
        GenlSubscription s = genl.subscribe(genl.family(Lab.NAME), "events")) {
      GenlFamily held = genl.family(Lab.NAME);
      List<Future<Integer>> successes =
          List.of(
              users.submit(() -> repeat(stop, () -> Lab.echo(genl, held, 1))),
              users.submit(() -> repeat(stop, () -> Lab.echo(genl, held, 2))),
              users.submit(() -> repeat(stop, () -> dumpAll(genl, held))),
              users.submit(() -> repeat(stop, () -> Lab.burst(genl, 0, 20, 100))));
      Future<List<Event<GenlMessage>>> events = users.submit(() -> readUntil(stop, s));
      int removed = 0;
      for (int i = 0; i < 60 && removed < 2; i++) {
        // It is refused while a dump is under way.
        if (Command.run("rmmod", Lab.NAME).status() == 0) {
          removed++;
          Lab.insert(Lab.NAME);
        }
        Thread.sleep(50);
      }
      stop.set(true);

      assertThat(removed).isEqualTo(2);
      for (Future<Integer> n : successes) {
        assertThat(n.get()).isPositive();
      }
      assertThat(events.get())
          .hasAtLeastOneElementOfType(Gap.class)
          .hasAtLeastOneElementOfType(Notification.class);
      Lab.assertUsable(genl);
      Lab.burst(genl, 0, 1, 0);
      assertThat(Lab.indices(Events.drain(s::poll))).endsWith(0);
    } finally {
      stop.set(true);
      users.shutdownNow();
    }
  }

  /** Acts until it is told to stop, and counts how often that succeeded. */
  private static int repeat(AtomicBoolean stop, Lab.Action action) throws NetlinkException {
    int successes = 0;
    while (!stop.get()) {
      if (Lab.outcome(action).isEmpty()) {
        successes++;
      }
    }
    return successes;
  }

  private static void dumpAll(Genl genl, GenlFamily held) throws NetlinkException {
    GenlRequest request = GenlRequest.of(held, Lab.DUMP, a -> a.putU32(Lab.COUNT, 100));
    try (Dump<GenlMessage> dump = genl.dump(request)) {
      assertThat(dump.toList()).hasSize(100);
    }
    // While there is always a dump under way, the module cannot go.
    LockSupport.parkNanos(50_000_000);
  }

  private static List<Event<GenlMessage>> readUntil(AtomicBoolean stop, GenlSubscription s)
      throws NetlinkException {
    List<Event<GenlMessage>> events = new ArrayList<>();
    while (!stop.get()) {
      s.poll(Duration.ofMillis(50)).ifPresent(events::add);
    }
    return events;
  }
}
