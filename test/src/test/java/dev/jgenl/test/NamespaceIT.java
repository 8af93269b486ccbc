package dev.jgenl.test;

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
import dev.jgenl.NetlinkOptions;
import dev.jgenl.transport.Errno;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Genl in a network namespace that is named asks there, whichever thread asks. */
@Timeout(60)
class NamespaceIT {

  private static final int FEATURES_GET = 11;
  private static final int FEATURES_HEADER = 1;
  private static final int HEADER_DEV_NAME = 2;

  private String name;
  private Path file;

  @BeforeEach
  void add() throws Exception {
    Prerequisite.requireNetAdmin();
    Prerequisite.requireFamily("ethtool");
    name = "jgenl-" + ProcessHandle.current().pid();
    file = Path.of("/run/netns", name);
    Command added = Command.run("ip", "netns", "add", name);
    Prerequisite.require(added.status() == 0, "no namespace can be named here: " + added.output());
  }

  @AfterEach
  void delete() throws Exception {
    if (name != null) {
      Command.run("ip", "netns", "del", name);
    }
  }

  @Test
  @DisplayName("T59 a Genl in a named namespace sees the devices of that one")
  void seesTheDevicesOfThatOne() throws Exception {
    Set<String> atHome;
    try (Genl home = Genl.open()) {
      atHome = devices(home);
    }
    try (Genl there = open();
        Genl home = Genl.open()) {
      assertThat(devices(there)).containsExactly("lo");
      addDevices();
      assertThat(devices(there)).contains("lo", "jveth0", "jveth1");
      assertThat(devices(home)).isEqualTo(atHome).doesNotContain("jveth0");
      try (GenlConnection connection = there.connect()) {
        assertThat(names(connection.dump(dump(there)).toList())).contains("jveth0");
      }
    }
  }

  @Test
  @DisplayName("T59 it hears the notifications of that namespace, and no others")
  void hearsTheNotificationsOfThatOne() throws Exception {
    try (Genl there = open();
        Genl home = Genl.open();
        GenlSubscription heard = there.subscribe(there.family("ethtool"), "monitor");
        GenlSubscription unheard = home.subscribe(home.family("ethtool"), "monitor")) {
      addDevices();
      // ETHTOOL_MSG_FEATURES_SET with nothing to change notifies nobody; a change does.
      Command changed =
          Command.run("ip", "netns", "exec", name, "ethtool", "-K", "jveth0", "gro", "on");
      Prerequisite.require(changed.status() == 0, "no program ethtool: " + changed.output());

      assertThat(heard.poll(Duration.ofSeconds(5))).isPresent();
      assertThat(unheard.poll(Duration.ofMillis(50))).isEmpty();
    }
  }

  @Test
  @DisplayName("T59 threads that share a Genl ask in its namespace, each on a socket of its own")
  void threadsThatShareIt() throws Exception {
    addDevices();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Genl there = open();
        Genl home = Genl.open()) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        Genl genl = t % 2 == 0 ? there : home;
        boolean expected = t % 2 == 0;
        results.add(
            threads.submit(
                () -> {
                  boolean right = true;
                  for (int i = 0; i < 20; i++) {
                    right &= devices(genl).contains("jveth0") == expected;
                  }
                  return right;
                }));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("T59 a namespace whose name is gone is kept until the Genl is closed")
  void nameMayGo() throws Exception {
    addDevices();
    try (Genl there = open()) {
      Command.succeed("ip", "netns", "del", name);
      assertThat(devices(there)).contains("jveth0");
      there.connect().close();
      there.subscribe(there.family("nlctrl"), "notify").close();
    }
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.error()).isEqualTo(Errno.ENOENT))
        .hasMessageContaining(file.toString());
  }

  @ParameterizedTest(name = "T59 {0} is no network namespace: an error that says so")
  @ValueSource(strings = {"/etc/passwd", "/proc/self/ns/mnt", "/dev/null", "/", "/dev/zero"})
  void whatIsNoNamespaceIsRefused(String path) {
    assertThatThrownBy(() -> open(Path.of(path)))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining(path);
  }

  @ParameterizedTest(name = "T59 {0} is not there: an error that says so")
  @ValueSource(strings = {"/run/netns/no such", "relative", "", "/etc/passwd/x"})
  void missingFileIsRefused(String path) {
    assertThatThrownBy(() -> open(Path.of(path)))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining(path);
  }

  @Test
  @DisplayName("T59 without privilege the error names CAP_SYS_ADMIN, and one's own is allowed")
  void missingPrivilegeIsNamed() throws Exception {
    String[] child = Command.javaWords(Child.class, file.toString());
    Command refused =
        Command.run(Command.join(List.of("setpriv", "--bounding-set=-sys_admin"), child));

    assertThat(refused.output()).contains("EPERM", "CAP_SYS_ADMIN", "own: 16");
  }

  /** Opens in the namespace that its argument names, then in its own. */
  static final class Child {
    public static void main(String[] args) throws NetlinkException {
      try (Genl genl = open(Path.of(args[0]))) {
        System.out.println("opened " + genl.family("nlctrl").id());
      } catch (KernelException e) {
        System.out.println("refused: " + e.getMessage());
      }
      try (Genl genl = open(Path.of("/proc/thread-self/ns/net"))) {
        System.out.println("own: " + genl.family("nlctrl").id());
      }
    }
  }

  private Genl open() throws NetlinkException {
    return open(file);
  }

  private static Genl open(Path namespace) throws NetlinkException {
    return Genl.open(NetlinkOptions.DEFAULTS.withNetworkNamespace(namespace));
  }

  private void addDevices() throws Exception {
    Command added =
        Command.run(
            "ip", "-n", name, "link", "add", "jveth0", "type", "veth", "peer", "name", "jveth1");
    Prerequisite.require(added.status() == 0, "no devices veth: " + added.output());
  }

  private static GenlRequest dump(Genl genl) throws NetlinkException {
    GenlFamily ethtool = genl.family("ethtool");
    return GenlRequest.of(ethtool, FEATURES_GET, a -> a.putNested(FEATURES_HEADER, h -> {}));
  }

  private static Set<String> devices(Genl genl) throws NetlinkException {
    try (var dump = genl.dump(dump(genl))) {
      return names(dump.toList());
    }
  }

  private static Set<String> names(List<GenlMessage> messages) {
    TreeSet<String> names = new TreeSet<>();
    for (GenlMessage m : messages) {
      names.add(m.attributes().get(FEATURES_HEADER).nested().get(HEADER_DEV_NAME).string());
    }
    return names;
  }
}
