package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Dump;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlCommand;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.KernelException;
import dev.jgenl.MulticastGroup;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The controller, which every kernel has, compared with what libnl's own program says of it. */
class ControllerIT {

  private static final int GETFAMILY = 3;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;

  private Genl genl;

  @BeforeEach
  void open() throws NetlinkException {
    genl = Genl.open();
  }

  @AfterEach
  void close() {
    genl.close();
  }

  @Test
  void controllerDescribesItself() throws NetlinkException {
    GenlFamily controller = genl.family("nlctrl");

    assertThat(controller.name()).isEqualTo("nlctrl");
    assertThat(controller.id()).isEqualTo(16);
    assertThat(controller.version()).isEqualTo(2);
    assertThat(controller.headerSize()).isZero();
    assertThat(controller.command(GETFAMILY)).map(GenlCommand::hasDo).contains(true);
    assertThat(controller.command(GETFAMILY)).map(GenlCommand::hasDump).contains(true);
    assertThat(controller.command(GETFAMILY)).map(GenlCommand::needsAdmin).contains(false);
    assertThat(controller.group("notify")).isPresent();
    assertThat(controller.group("nobody")).isEmpty();
  }

  @Test
  void requestResolvesAsLibnlDoes() throws NetlinkException {
    GenlFamily controller = genl.family("nlctrl");
    GenlMessage answer =
        genl.request(controller, GETFAMILY, a -> a.putString(FAMILY_NAME, "nlctrl"));

    assertThat(answer.attributes().get(FAMILY_ID).u16()).isEqualTo(controller.id());
  }

  @Test
  void everyFamilyIsDescribedAsTheCLibraryDescribesIt() throws Exception {
    List<String> expected = listOfLibnl();

    List<String> actual = new ArrayList<>();
    for (String name : namesOf(expected)) {
      actual.addAll(describe(genl.family(name)));
    }

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void dumpListsEveryFamilyTwiceOverOneConnection() throws Exception {
    List<String> expected = namesOf(listOfLibnl());
    GenlFamily controller = genl.family("nlctrl");

    for (int i = 0; i < 2; i++) {
      List<String> names = new ArrayList<>();
      try (Dump<GenlMessage> dump = genl.dump(controller, GETFAMILY)) {
        dump.forEach(m -> names.add(m.attributes().get(FAMILY_NAME).string()));
      }
      assertThat(names).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("T04 an unknown family is not found, at once")
  void unknownFamilyIsNotFound() {
    assertThatThrownBy(() -> genl.family("no_such_family"))
        .isInstanceOf(FamilyNotFoundException.class)
        .hasMessageContaining("no_such_family");
    assertThatThrownBy(() -> genl.family("a name that is longer than any may be"))
        .isInstanceOf(FamilyNotFoundException.class);
  }

  @Test
  @DisplayName("T17 the errno of the kernel is exact")
  void errnoIsExact() throws NetlinkException {
    GenlFamily controller = genl.family("nlctrl");

    KernelException unknown =
        catchThrowableOfType(
            KernelException.class,
            () -> genl.request(controller, GETFAMILY, a -> a.putString(FAMILY_NAME, "nobody")));
    KernelException unsupported =
        catchThrowableOfType(KernelException.class, () -> genl.request(controller, 200, a -> {}));

    assertThat(unknown.error()).isEqualTo(Errno.ENOENT);
    assertThat(unsupported.error()).isEqualTo(Errno.EOPNOTSUPP);
  }

  /** What {@code genl-ctrl-list -d}, a program of libnl itself, prints: a line a fact. */
  private static List<String> listOfLibnl() throws Exception {
    Command list = Command.run("genl-ctrl-list", "-d");
    assertThat(list.status()).as(list.output()).isZero();
    // libnl gives names to the commands of a few families that it knows.
    return list.output().lines().map(line -> line.replaceAll("op \\S+ \\(", "op (")).toList();
  }

  private static List<String> namesOf(List<String> lines) {
    return lines.stream().filter(l -> l.startsWith("0x")).map(l -> l.split(" ")[1]).toList();
  }

  /** The same lines from what we read. */
  private static List<String> describe(GenlFamily f) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format("0x%04x %s version %d", f.id(), f.name(), f.version()));
    lines.add(String.format("    hdrsize %d maxattr %d", f.headerSize(), f.maxAttribute()));
    for (GenlCommand c : f.commands()) {
      List<String> flags = new ArrayList<>();
      addIf(flags, c.needsAdmin(), "admin_perm");
      addIf(flags, c.hasDo(), "has_doit");
      addIf(flags, c.hasDump(), "has_dump");
      addIf(flags, c.hasPolicy(), "has_policy");
      // libnl has no name for this flag and prints nothing in its place.
      addIf(flags, c.needsNamespaceAdmin(), "");
      lines.add(String.format("      op (0x%02x) <%s>", c.id(), String.join(",", flags)));
    }
    for (MulticastGroup g : f.groups()) {
      lines.add(String.format("      grp %s (0x%02x)", g.name(), g.id()));
    }
    return lines;
  }

  private static void addIf(List<String> flags, boolean set, String name) {
    if (set) {
      flags.add(name);
    }
  }
}
