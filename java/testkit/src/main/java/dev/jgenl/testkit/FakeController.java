package dev.jgenl.testkit;

import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MalformedMessageException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The family "nlctrl" of a {@link FakeKernel}, as {@code net/netlink/genetlink.c} answers. */
final class FakeController {

  static final String NAME = "nlctrl";
  static final String NOTIFY = "notify";
  static final int PROTOCOL_VERSION = 2;

  static final int NEWFAMILY = 1;
  static final int DELFAMILY = 2;
  static final int GETFAMILY = 3;
  static final int NEWMCAST_GRP = 7;
  static final int DELMCAST_GRP = 8;
  static final int GETPOLICY = 10;

  static final int FAMILY_ID = 1;
  static final int FAMILY_NAME = 2;
  private static final int VERSION = 3;
  private static final int HDRSIZE = 4;
  private static final int MAXATTR = 5;
  private static final int OPS = 6;
  private static final int MCAST_GROUPS = 7;

  private static final int MCAST_GRP_NAME = 1;
  private static final int MCAST_GRP_ID = 2;

  private static final int OP_ID = 1;
  private static final int OP_FLAGS = 2;

  /** How many families one part of a dump holds: far less than the 32 KiB of the kernel's. */
  private static final int FAMILIES_A_PART = 16;

  private final Registry registry;

  FakeController(Registry registry) {
    this.registry = registry;
  }

  void install(FakeFamily controller) {
    // As in the kernel: only commands behind CTRL_CMD_GETPOLICY have their flags checked.
    controller
        .version(PROTOCOL_VERSION)
        .resvStartOp(GETPOLICY + 1)
        .onDo(GETFAMILY, this::get)
        .onDump(GETFAMILY, this::list)
        .onDump(GETPOLICY, this::policies);
  }

  private void get(FakeRequest request, FakeAnswer answer) {
    ifFound(request, answer, family -> answer.message(NEWFAMILY, family::describe));
  }

  /** Hands on the family that a request is about, or refuses it. */
  private void ifFound(FakeRequest request, FakeAnswer answer, Consumer<? super FakeFamily> found) {
    try {
      Optional<Attribute> id = request.attributes().find(FAMILY_ID);
      Optional<Attribute> name = request.attributes().find(FAMILY_NAME);
      Optional<FakeFamily> family =
          name.isPresent()
              ? name.map(n -> registry.familyWithName(n.string()))
              : id.map(i -> registry.familyWithId(i.u16()));
      family.ifPresentOrElse(
          found,
          () ->
              answer.refuse(
                  id.or(() -> name).isPresent() ? Errno.ENOENT.number() : FakeKernel.EINVAL));
    } catch (MalformedMessageException e) {
      answer.refuse(FakeKernel.EINVAL);
    }
  }

  private void policies(FakeRequest request, FakeAnswer answer) {
    ifFound(request, answer, family -> new PolicyDump(family).write(answer));
  }

  private void list(FakeRequest request, FakeAnswer answer) {
    List<FakeFamily> families = registry.families();
    for (int from = 0; from < families.size(); from += FAMILIES_A_PART) {
      int to = Math.min(from + FAMILIES_A_PART, families.size());
      List<FakeFamily> part = families.subList(from, to);
      answer.together(all -> part.forEach(f -> all.message(NEWFAMILY, f::describe)));
    }
  }

  /** {@code ctrl_fill_info()}. */
  static void describe(FakeFamily family, AttributeWriter a) {
    a.putString(FAMILY_NAME, family.name())
        .putU16(FAMILY_ID, family.id())
        .putU32(VERSION, family.version())
        .putU32(HDRSIZE, family.headerSize())
        .putU32(MAXATTR, family.maxAttribute());
    putCommands(family, a);
    putGroups(family.groups(), a);
  }

  /** {@code ctrl_fill_mcgrp_info()}. */
  static void describeGroup(FakeFamily family, String group, int number, AttributeWriter a) {
    a.putString(FAMILY_NAME, family.name()).putU16(FAMILY_ID, family.id());
    putGroups(Map.of(group, number), a);
  }

  private static void putCommands(FakeFamily family, AttributeWriter a) {
    putArray(
        OPS,
        family.commands(),
        (command, op) -> op.putU32(OP_ID, command).putU32(OP_FLAGS, family.flags(command)),
        a);
  }

  private static void putGroups(Map<String, Integer> groups, AttributeWriter a) {
    putArray(
        MCAST_GROUPS,
        groups.entrySet(),
        (group, g) ->
            g.putString(MCAST_GRP_NAME, group.getKey()).putU32(MCAST_GRP_ID, group.getValue()),
        a);
  }

  /** Puts nests that are numbered from 1 on; nothing if there are none. */
  private static <T> void putArray(
      int type,
      Collection<T> elements,
      BiConsumer<? super T, ? super AttributeWriter> content,
      AttributeWriter a) {
    if (elements.isEmpty()) {
      return;
    }
    a.putNested(
        type,
        nests -> {
          int number = 1;
          for (T element : elements) {
            nests.putNested(number++, nest -> content.accept(element, nest));
          }
        });
  }
}
