package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Genl;
import dev.jgenl.GenlSubscription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other users and other namespaces, each a program of its own. */
@Tag("vm")
@Timeout(60)
class LabPrivilegeIT {

  @Test
  @DisplayName("T17 a user without privileges is refused with EPERM, and only what needs them")
  void unprivilegedUserIsRefused() throws Exception {
    try (Genl genl = Genl.open();
        GenlSubscription s = genl.subscribe(genl.family(Lab.NAME), "events")) {
      // It may read the class path, wherever that is.
      Command child =
          child(
              "setpriv",
              "--reuid=65534",
              "--regid=65534",
              "--clear-groups",
              "--inh-caps=+dac_read_search",
              "--ambient-caps=+dac_read_search");

      assertThat(child.output().lines())
          .containsExactly("echo ok", "admin EPERM", "ns_admin EPERM", "burst ok");
      assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0, 1, 2);
    }
  }

  @Test
  @DisplayName("T28 a socket of another network namespace reaches the family, but not our groups")
  void socketBelongsToItsNamespace() throws Exception {
    try (Genl genl = Genl.open();
        GenlSubscription s = genl.subscribe(genl.family(Lab.NAME), "events")) {
      Command child = child("unshare", "--user", "--map-root-user", "--net");

      // As root of a user namespace it is admin of its own network namespace only.
      assertThat(child.output().lines())
          .containsExactly("echo ok", "admin EPERM", "ns_admin ok", "burst ok");
      Events.assertNone(s::poll);
      Lab.burst(genl, 0, 1, 0);
      assertThat(Lab.indices(Events.drain(s::poll))).containsExactly(0);
    }
  }

  private static Command child(String... wrapper) throws Exception {
    List<String> words = new ArrayList<>(List.of(wrapper));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("-XX:TieredStopAtLevel=1");
    words.add("-XX:+UseSerialGC");
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(LabChild.class.getName());
    return Command.run(words.toArray(String[]::new));
  }
}
