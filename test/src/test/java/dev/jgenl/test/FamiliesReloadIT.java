package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Dump;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A family is reloaded at any moment of a Genl's life: the next request reaches it. */
@Tag("vm")
@Timeout(60)
class FamiliesReloadIT {

  /** What was done before the reload. */
  enum Life {
    NOTHING {
      @Override
      void live(Genl genl) {}
    },
    USED {
      @Override
      void live(Genl genl) throws NetlinkException {
        Lab.echo(genl, 1);
      }
    },
    USED_FOR_A_WHILE {
      @Override
      void live(Genl genl) throws Exception {
        for (int i = 0; i < 3; i++) {
          Lab.echo(genl, i);
          Thread.sleep(5);
        }
      }
    },
    MISSED {
      @Override
      void live(Genl genl) throws Exception {
        Lab.remove(Lab.NAME);
        assertThatThrownBy(() -> genl.family(Lab.NAME)).isInstanceOf(FamilyNotFoundException.class);
        Lab.insert(Lab.NAME);
      }
    };

    abstract void live(Genl genl) throws Exception;
  }

  @ParameterizedTest(name = "T50 the next request reaches a reloaded family: {0}")
  @EnumSource(Life.class)
  void nextRequestReachesAReloadedFamily(Life life) throws Exception {
    reaches(life, (genl, held) -> assertThat(Lab.echo(genl, held, 7)).isEqualTo(7));
    reaches(
        life, (genl, held) -> assertThat(Lab.echo(genl, genl.family(Lab.NAME), 7)).isEqualTo(7));
    reaches(
        life,
        (genl, held) ->
            assertThat(Ways.Doing.BATCH_AMID_OTHERS.reply(genl, echo(held)).messages()).hasSize(1));
  }

  @ParameterizedTest(name = "T50 the next request of any kind reaches a reloaded family: {0}")
  @EnumSource(Ways.Doing.class)
  void nextRequestOfAnyKind(Ways.Doing way) throws Exception {
    reaches(
        Life.USED_FOR_A_WHILE,
        (genl, held) -> assertThat(way.reply(genl, echo(held)).messages()).hasSize(1));
  }

  @ParameterizedTest(name = "T50 the next dump of any kind reaches a reloaded family: {0}")
  @EnumSource(Ways.Dumping.class)
  void nextDumpOfAnyKind(Ways.Dumping way) throws Exception {
    reaches(
        Life.USED_FOR_A_WHILE,
        (genl, held) -> assertThat(way.messages(genl, dump(held))).hasSize(5));
  }

  @Test
  @DisplayName("T50 the next policy and subscription are those of a reloaded family")
  void nextPolicyAndSubscription() throws Exception {
    reaches(
        Life.USED_FOR_A_WHILE,
        (genl, held) -> assertThat(genl.policy(held).ofDo(Lab.CHECK)).isNotEmpty());
    reaches(Life.USED_FOR_A_WHILE, (genl, held) -> genl.subscribe(held, "g39").close());
  }

  private static void reaches(Life life, Use use) throws Exception {
    GenlFamily held = familyNow();
    try (Genl genl = Genl.open()) {
      life.live(genl);
      reload(Lab.NAME);
      use.use(genl, held);
      use.use(genl, held);
    }
  }

  @Test
  @DisplayName("T50 a connection that was open before a reload asks and dumps after it")
  void connectionOutlivesAReload() throws Exception {
    try (Genl genl = Genl.open();
        GenlConnection connection = genl.connect()) {
      GenlFamily held = genl.family(Lab.NAME);
      assertThat(connection.execute(echo(held)).messages()).hasSize(1);
      reload(Lab.NAME);
      assertThat(connection.execute(echo(held)).messages()).hasSize(1);
      reload(Lab.NAME);
      try (Dump<GenlMessage> dump = connection.dump(dump(held))) {
        assertThat(dump.toList()).hasSize(5);
      }
    }
  }

  @Test
  @DisplayName("T50 T40 each request of a batch during a reload is done, or says that it is not")
  void batchDuringAReload() throws Exception {
    AtomicBoolean reloading = new AtomicBoolean(true);
    Thread reloader =
        new Thread(
            () -> {
              try {
                reload(Lab.NAME);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              } finally {
                reloading.set(false);
              }
            });
    try (Genl genl = Genl.open()) {
      List<GenlRequest> requests = Collections.nCopies(50, echo(genl.family(Lab.NAME)));
      reloader.start();
      int done = 0;
      while (reloading.get()) {
        for (Outcome<Reply<GenlMessage>> outcome : genl.batch(requests)) {
          if (outcome instanceof Outcome.Success<Reply<GenlMessage>> success) {
            assertThat(success.value().messages()).hasSize(1);
            done++;
          } else {
            Exception cause = ((Outcome.Failure<Reply<GenlMessage>>) outcome).cause();
            assertThat(cause).isInstanceOfAny(FamilyNotFoundException.class, KernelException.class);
          }
        }
      }
      reloader.join();
      assertThat(done).isPositive();
      for (Outcome<Reply<GenlMessage>> outcome : genl.batch(requests)) {
        assertThat(outcome.get().messages()).hasSize(1);
      }
    } finally {
      reloader.join();
    }
  }

  @Test
  @DisplayName(
      "T50 T59 a family of the first namespace only is missing in another, reloaded or not")
  void familyOfTheFirstNamespaceOnly() throws Exception {
    try (RunningProgram holder = namespace();
        Genl away = Genl.open(NetlinkOptions.DEFAULTS.withNetworkNamespace(file(holder)));
        Genl home = Genl.open()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> away.family(Lab.INIT_NAME))
            .isInstanceOf(FamilyNotFoundException.class);
        GenlFamily held = home.family(Lab.INIT_NAME);
        assertThat(Lab.echo(home, held, 5)).isEqualTo(5);
        assertThatThrownBy(() -> Lab.echo(away, held, 5))
            .isInstanceOf(FamilyNotFoundException.class);
        assertThat(Lab.echo(away, 6)).isEqualTo(6);
        reload(Lab.NAME);
        assertThat(Lab.echo(away, 7)).isEqualTo(7);
        assertThat(Lab.echo(home, held, 8)).isEqualTo(8);
        Thread.sleep(5);
      }
    }
  }

  @Test
  @DisplayName("T50 a Genl in a namespace that has no other reaches a reloaded family")
  void reloadInAnotherNamespace() throws Exception {
    try (RunningProgram holder = namespace();
        Genl away = Genl.open(NetlinkOptions.DEFAULTS.withNetworkNamespace(file(holder)))) {
      holder.close();
      GenlFamily held = away.family(Lab.NAME);
      for (int i = 0; i < 2; i++) {
        assertThat(Lab.echo(away, held, 5)).isEqualTo(5);
        Thread.sleep(5);
        assertThat(Lab.echo(away, held, 6)).isEqualTo(6);
        reload(Lab.NAME);
        assertThat(Lab.echo(away, held, 7)).isEqualTo(7);
        assertThat(Ways.Dumping.TO_LIST.messages(away, dump(held))).hasSize(5);
      }
    }
  }

  @ParameterizedTest(name = "T50 a reloaded family is reached with {0} descriptors left")
  @ValueSource(ints = {0, 2})
  void reachedWithFewDescriptors(int left) throws Exception {
    try (Descriptors descriptors = Descriptors.limited();
        Genl genl = Genl.open()) {
      GenlFamily held = genl.family(Lab.NAME);
      for (boolean shortage : new boolean[] {false, true}) {
        try (RunningProgram reloader = reloadSoon()) {
          if (shortage) {
            descriptors.leave(left);
          }
          assertThat(Lab.echo(genl, held, 3)).isEqualTo(3);
          Thread.sleep(5);
          assertThat(Lab.echo(genl, held, 4)).isEqualTo(4);
          reloader.awaitLine("reloaded");
          long first = Lab.echo(genl, held, 5);
          Thread.sleep(5);
          long second = Lab.echo(genl, held, 6);
          descriptors.free();
          assertThat(first).isEqualTo(5);
          assertThat(second).isEqualTo(6);
        }
      }
      reload(Lab.NAME);
      assertThat(Lab.echo(genl, held, 8)).isEqualTo(8);
    }
  }

  private interface Use {
    void use(Genl genl, GenlFamily held) throws Exception;
  }

  private static GenlRequest echo(GenlFamily family) {
    return GenlRequest.of(family, Lab.ECHO, a -> a.putU32(Lab.V_U32, 7));
  }

  private static GenlRequest dump(GenlFamily family) {
    return GenlRequest.of(family, Lab.DUMP, a -> a.putU32(Lab.COUNT, 5));
  }

  private static GenlFamily familyNow() throws NetlinkException {
    try (Genl genl = Genl.open()) {
      return genl.family(Lab.NAME);
    }
  }

  private static void reload(String module) throws Exception {
    Lab.remove(module);
    Lab.insert(module);
  }

  /** Begun before descriptors run short, since a process takes some. */
  private static RunningProgram reloadSoon() throws Exception {
    String file = Path.of(System.getenv("JGENL_MODULES"), Lab.NAME + ".ko").toString();
    RunningProgram program =
        RunningProgram.start(
            "sh",
            "-c",
            "echo ready; sleep 0.5; rmmod genl_lab && insmod \"$0\" && echo reloaded; sleep 60",
            file);
    program.awaitLine("ready");
    return program;
  }

  private static RunningProgram namespace() throws Exception {
    RunningProgram holder =
        RunningProgram.start("unshare", "--net", "sh", "-c", "echo ready; exec sleep infinity");
    holder.awaitLine("ready");
    return holder;
  }

  private static Path file(RunningProgram holder) {
    return Path.of("/proc", Long.toString(holder.pid()), "ns", "net");
  }
}
