package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.GenlCommand;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.MulticastGroup;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a test sets of a family, the controller tells; what cannot be is refused. */
class FamilySettingsTest extends Scripted {

  private static final int ADMIN = 2;
  private static final int NS_ADMIN = 3;
  private static final int UNKNOWN = 99;
  private static final int GENERIC = 16;

  private void needPrivilege(int command, int flag) {
    family.onDo(command, Scripted::echo).onDump(command, Scripted::echo);
    family.commandFlags(command, flag);
  }

  @Test
  void settingsAreTold() throws NetlinkException {
    kernel
        .family("rich")
        .version(3)
        .headerSize(4)
        .maxAttribute(9)
        .group("one")
        .group("two")
        .onDo(1, (request, answer) -> {})
        .onDump(2, (request, answer) -> {})
        .onDo(3, (request, answer) -> {})
        .commandFlags(3, FakeFamily.GENL_ADMIN_PERM | FakeFamily.GENL_UNS_ADMIN_PERM)
        .policy(2, p -> p.flag(1));

    GenlFamily rich = genl.family("rich");

    assertThat(rich.version()).isEqualTo(3);
    assertThat(rich.headerSize()).isEqualTo(4);
    assertThat(rich.maxAttribute()).isEqualTo(9);
    assertThat(rich.groups()).extracting(MulticastGroup::name).containsExactly("one", "two");
    assertThat(rich.commands()).extracting(GenlCommand::id).containsExactly(1, 2, 3);
    assertThat(rich.commands()).extracting(GenlCommand::hasDo).containsExactly(true, false, true);
    assertThat(rich.commands())
        .extracting(GenlCommand::hasDump)
        .containsExactly(false, true, false);
    assertThat(rich.commands())
        .extracting(GenlCommand::hasPolicy)
        .containsExactly(false, true, false);
    assertThat(rich.commands())
        .extracting(GenlCommand::needsAdmin)
        .containsExactly(false, false, true);
    assertThat(rich.commands())
        .extracting(GenlCommand::needsNamespaceAdmin)
        .containsExactly(false, false, true);
  }

  @Test
  void secondFamilyOfOneNameIsRefused() {
    assertThatThrownBy(() -> kernel.family("demo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a family 'demo' is registered already, under number " + family.id());
    assertThatThrownBy(() -> kernel.family("nlctrl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("under number 16");
    assertThatThrownBy(() -> kernel.registerAgain(family))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'demo' is registered already");
  }

  @Test
  void numberOfAFamilyIsNotGivenTwice() {
    assertThatThrownBy(() -> kernel.takeOver(family, "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number " + family.id() + " belongs to family 'demo'");

    kernel.unregister(family);
    kernel.takeOver(family, "other");
    assertThatThrownBy(() -> kernel.takeOver(family, "third"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("belongs to family 'other'");
    assertThat(kernel.registerAgain(family).id()).isNotEqualTo(19);
  }

  @Test
  void familyOfANameThatIsFreeAgainIsAnother() throws NetlinkException {
    kernel.unregister(family);
    FakeFamily second = kernel.family("demo").onDo(COMMAND, Scripted::echo);

    assertThat(Way.REQUEST.ask(genl, ask(5))).hasSize(1);
    assertThat(second.requests()).hasSize(1);
    assertThatThrownBy(() -> kernel.unregister(family)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> family.version(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> family.version(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> family.headerSize(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> family.maxAttribute(0x4000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void commandThatWantsPrivilegeIsRefusedWithoutIt(Way way) throws NetlinkException {
    needPrivilege(ADMIN, FakeFamily.GENL_ADMIN_PERM);
    needPrivilege(NS_ADMIN, FakeFamily.GENL_UNS_ADMIN_PERM);
    kernel.privileged(false);
    demo = genl.family("demo");

    for (int command : List.of(ADMIN, NS_ADMIN)) {
      KernelException e =
          catchThrowableOfType(
              KernelException.class, () -> way.ask(genl, GenlRequest.of(demo, command)));
      assertThat(e.error()).isEqualTo(Errno.EPERM);
      assertThat(e).hasMessageContaining("CAP_NET_ADMIN");
    }
    assertThat(way.ask(genl, ask(1))).as("another command").hasSize(1);

    kernel.privileged(true);
    assertThat(way.ask(genl, GenlRequest.of(demo, ADMIN))).hasSize(1);
  }

  @Test
  void groupThatWantsPrivilegeIsNotJoinedWithoutIt() throws NetlinkException {
    family.adminGroup("secrets");
    kernel.privileged(false);
    try (GenlConnection c = genl.connect()) {
      c.join(demo, "events");
      for (ThrowingCallable join :
          List.<ThrowingCallable>of(
              () -> genl.subscribe(demo, "secrets"), () -> c.join(demo, "secrets"))) {
        KernelException e = catchThrowableOfType(KernelException.class, join);
        assertThat(e.error()).isEqualTo(Errno.EPERM);
        assertThat(e).hasMessageContaining("CAP_NET_ADMIN");
      }

      kernel.unregister(family);
      kernel.registerAgain(family);
      assertThatThrownBy(() -> c.join(demo, "secrets")).hasMessageContaining("EPERM");

      kernel.privileged(true);
      c.join(demo, "secrets");
      notify("secrets", 5);
      List<String> heard = new ArrayList<>();
      while (!heard.contains("event 5")) {
        heard.add(show(c.poll(SOON).orElseThrow()));
      }
    }
  }

  /** A refusal leaves the dump that goes on as it is: another is still refused (EBUSY). */
  @Test
  void refusedDumpDoesNotEndTheOneThatGoesOn() throws Exception {
    needPrivilege(ADMIN, FakeFamily.GENL_ADMIN_PERM);
    kernel.privileged(false);
    try (Transport socket = kernel.sockets().open(GENERIC, Transport.Purpose.REQUESTS)) {
      for (int command : List.of(COMMAND, ADMIN, UNKNOWN, COMMAND)) {
        dump(socket, command);
      }

      assertThat(errors(socket)).containsExactly(-1, -95, -16);
    }
  }

  private void dump(Transport socket, int command) {
    MessageWriter request = new MessageWriter(socket.allocate(64));
    int flags = NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_DUMP;
    request.begin(family.id(), flags, 1, 0, command, 1);
    request.end();
    assertThat(socket.send(request)).isZero();
  }

  /** Reads all that is there, and returns what {@code NLMSG_ERROR} says. */
  private static List<Integer> errors(Transport socket) {
    Datagrams into = new Datagrams(socket.allocate(Datagrams.size(1, 4096)), 1, 4096);
    List<Integer> errors = new ArrayList<>();
    while (socket.receive(into, 1, 0) > 0) {
      MessageReader reader =
          new MessageReader().read(into.memory(), into.offset(0), into.length(0));
      while (reader.next()) {
        if (reader.type() == NetlinkConstants.NLMSG_ERROR) {
          errors.add(reader.error());
        }
      }
    }
    return errors;
  }
}
