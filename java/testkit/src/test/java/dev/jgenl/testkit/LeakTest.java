package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is forgotten is freed when the collector finds it, and said where that is asked for. */
class LeakTest extends Scripted {

  /** What a program may forget to close. */
  enum Forgotten {
    DUMP("a dump") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        Dump<GenlMessage> dump = t.genl.dump(t.ask(1));
        dump.next();
        return dump;
      }
    },
    OWNED_DUMP("a connection") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        Dump<GenlMessage> dump = t.genl.connect().dump(t.ask(1));
        dump.next();
        return dump;
      }
    },
    SUBSCRIPTION("a subscription") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        GenlSubscription s = t.genl.subscribe(t.demo, "events");
        s.poll(Duration.ZERO);
        return s;
      }
    },
    LIST("a subscription") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        GenlSubscription s = t.genl.subscribe(t.ask(1), "events");
        s.next();
        return s;
      }
    },
    PUBLISHER("a subscription") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        return t.genl.subscribe(t.demo, "events").publisher(Runnable::run);
      }
    },
    CONNECTION("a connection") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        GenlConnection c = t.genl.connect();
        c.join(t.demo, "events");
        c.request(t.ask(1), GenlMessage::copy);
        return c;
      }
    },
    GENL("a Genl") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        Genl genl = t.kernel.open();
        genl.request(t.ask(1), GenlMessage::copy);
        return genl;
      }
    },
    SUBSCRIPTION_OF_A_FORGOTTEN_GENL("a subscription") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        GenlSubscription s = t.kernel.open().subscribe(t.ask(1), "events");
        s.next();
        return s;
      }
    },
    CONNECTION_OF_A_FORGOTTEN_GENL("a connection") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        GenlConnection c = t.kernel.open().connect();
        c.request(t.ask(1), GenlMessage::copy);
        return c;
      }
    },
    DUMP_OF_A_FORGOTTEN_GENL("a dump") {
      @Override
      Object open(LeakTest t) throws NetlinkException {
        Dump<GenlMessage> dump = t.kernel.open().dump(t.ask(1));
        dump.next();
        return dump;
      }
    };

    private final String what;

    Forgotten(String what) {
      this.what = what;
    }

    abstract Object open(LeakTest t) throws NetlinkException;
  }

  private void manyMessages() {
    family.onDump(
        COMMAND,
        (request, answer) -> {
          for (int i = 0; i < 10; i++) {
            echo(request, answer);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T43 what was forgotten is freed when the collector finds it")
  void forgottenIsFreed(Forgotten forgotten) throws Exception {
    manyMessages();
    List<Object> held = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      held.add(forgotten.open(this));
    }
    System.gc();
    // What is held stays open.
    assertThat(kernel.openSockets()).isGreaterThanOrEqualTo(5);
    assertThat(held).hasSize(5);
    held.clear();

    awaitFreed();
    assertThat(genl.<Long>request(ask(7), Scripted::number)).isEqualTo(7);
  }

  private void awaitFreed() throws InterruptedException {
    // One for requests, one that hears of families.
    for (int i = 0; i < 500 && kernel.openSockets() > 2; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("T43 what a Genl that nobody refers to has opened goes on until it is closed")
  void childrenKeepTheirGenlOpen() throws Exception {
    manyMessages();
    useOfForgotten();
    awaitFreed();
  }

  /** Its variables would hold what they refer to. */
  private void useOfForgotten() throws Exception {
    try (GenlSubscription s = kernel.open().subscribe(ask(1), "events");
        GenlConnection c = kernel.open().connect();
        Dump<GenlMessage> dump = kernel.open().dump(ask(1))) {
      for (int i = 0; i < 10; i++) {
        System.gc();
        Thread.sleep(10);
      }
      assertThat(s.next()).isNotNull();
      assertThat(c.request(ask(1), GenlMessage::copy)).isNotNull();
      assertThat(dump.toList()).hasSize(10);
    }
  }

  @Test
  @DisplayName("T43 what is in use while nobody refers to it is not freed under its user")
  void inUseIsNotFreed() throws Exception {
    for (int i = 0; i < 10; i++) {
      int sent = i;
      Interruptible<String> waiting =
          startInterruptible(() -> show(genl.subscribe(demo, "events").next()));
      awaitWaiting(waiting.thread());
      System.gc();
      notify("events", sent);
      assertThat(await(waiting.future())).isEqualTo("event " + sent);
    }
    awaitFreed();
  }

  @Test
  @DisplayName("T43 with -Ddev.jgenl.leaks each is reported once, with the stack of its opening")
  void reported() throws Exception {
    String said = outputOf("-Ddev.jgenl.leaks=true");

    for (String what : List.of("a dump", "a subscription", "a connection", "a Genl")) {
      int alone = count(f -> f.what.equals(what) && !f.name().endsWith("FORGOTTEN_GENL"));
      // What is forgotten together with its Genl is reported, or closed by it before.
      int all = what.equals("a Genl") ? 4 : count(f -> f.what.equals(what));
      assertThat(said.split(what + " was never closed", -1).length - 1)
          .as(said)
          .isBetween(alone, all);
    }
    assertThat(said).contains("opened here", "LeakTest$Forgotten");
  }

  private static int count(Predicate<Forgotten> which) {
    return (int)
        Stream.of(Forgotten.values()).filter(f -> f != Forgotten.OWNED_DUMP).filter(which).count();
  }

  @Test
  @DisplayName("T43 without it nothing is said")
  void notReported() throws Exception {
    assertThat(outputOf("-Dnothing=true")).isEqualTo("done" + System.lineSeparator());
  }

  private static String outputOf(String option) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                option,
                "-cp",
                classPath(),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** Returns where the classes that the program needs come from, be it on the module path. */
  private static String classPath() {
    return Stream.of(LeakTest.class, FakeKernel.class, Genl.class, Assertions.class, Test.class)
        .map(LeakTest::locationOf)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String locationOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    String url = String.valueOf(type.getResource("/" + file));
    String root = url.substring(0, url.length() - file.length());
    String plain = root.startsWith("jar:") ? root.substring(4, root.length() - 2) : root;
    return Path.of(URI.create(plain)).toString();
  }

  /** A program that forgets one of each, and closes one of each. */
  static final class Program {

    public static void main(String... args) throws Exception {
      LeakTest t = new LeakTest();
      t.open();
      t.manyMessages();
      forget(t);
      t.awaitFreed();
      t.genl.close();
      System.out.println("done");
    }

    private static void forget(LeakTest t) throws Exception {
      for (Forgotten f : Forgotten.values()) {
        if (f != Forgotten.OWNED_DUMP) {
          f.open(t);
        }
      }
      ((Dump<?>) Forgotten.DUMP.open(t)).close();
      ((GenlSubscription) Forgotten.LIST.open(t)).close();
      ((GenlConnection) Forgotten.CONNECTION.open(t)).close();
      Genl closed = t.kernel.open();
      closed.subscribe(t.demo, "events");
      closed.connect();
      closed.close();
    }
  }
}
