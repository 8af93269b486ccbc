package dev.jgenl.testkit;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The families of a {@link FakeKernel}, their numbers and those of their groups, and what the
 * controller tells when they come and go, as {@code genl_register_family()} and {@code
 * genl_unregister_family()} do it. Except that a number is never given twice, however many there
 * were.
 *
 * <p>Safe to share between threads; what the controller tells has the order of what happened.
 */
final class Registry {

  private static final int FIRST_FAMILY = 19;
  private static final int LAST_FAMILY = 0xffff;

  /** Group 0 is none, 1, 17 and 18 belong to three old families; {@code mc_group_start}. */
  private static final int[] RESERVED_GROUPS = {0, 1, FakeKernel.CONTROLLER, 17, 18};

  /** The step in which the kernel makes room for groups, and never takes it back. */
  private static final int GROUPS_A_STEP = 64;

  private final FakeKernel kernel;
  private final FakeFamily controller;
  private final ConcurrentMap<Integer, FakeFamily> families = new ConcurrentHashMap<>();
  private final BitSet groups = new BitSet();
  private int groupRoom = GROUPS_A_STEP;
  private int nextFamily = FIRST_FAMILY;

  Registry(FakeKernel kernel) {
    this.kernel = kernel;
    for (int group : RESERVED_GROUPS) {
      groups.set(group);
    }
    controller = new FakeFamily(FakeController.NAME, kernel);
    controller.setGroup(FakeController.NOTIFY, FakeKernel.CONTROLLER);
    controller.setId(FakeKernel.CONTROLLER);
    new FakeController(this).install(controller);
    families.put(FakeKernel.CONTROLLER, controller);
  }

  FakeFamily controller() {
    return controller;
  }

  synchronized FakeFamily register(String name) {
    requireName(name);
    FakeFamily family = new FakeFamily(name, kernel);
    register(family, newId());
    return family;
  }

  synchronized FakeFamily takeOver(int id, String name) {
    requireName(name);
    FakeFamily other = families.get(id);
    if (other != null) {
      throw new IllegalArgumentException(
          "number " + id + " belongs to family '" + other.name() + "'");
    }
    FakeFamily family = new FakeFamily(name, kernel);
    register(family, id);
    return family;
  }

  synchronized void registerAgain(FakeFamily family) {
    requireName(family.name());
    int number = freeGroups(family.groups().size());
    for (String group : family.groups().keySet()) {
      giveGroup(family, group, number++);
    }
    register(family, newId());
  }

  synchronized void unregister(FakeFamily family) {
    if (family == controller || !families.remove(family.id(), family)) {
      throw new IllegalStateException("cannot unregister " + family.name());
    }
    Map<String, Integer> gone = family.groups();
    for (int number : gone.values()) {
      kernel.generic().dropMembers(number);
      groups.clear(number);
    }
    gone.keySet().forEach(group -> tellOfGroup(FakeController.DELMCAST_GRP, family, group));
    tellOfFamily(FakeController.DELFAMILY, family);
    gone.keySet().forEach(group -> family.setGroup(group, 0));
  }

  private void register(FakeFamily family, int id) {
    family.setId(id);
    families.put(id, family);
    tellOfFamily(FakeController.NEWFAMILY, family);
    family
        .groups()
        .keySet()
        .forEach(group -> tellOfGroup(FakeController.NEWMCAST_GRP, family, group));
  }

  private int newId() {
    if (nextFamily > LAST_FAMILY) {
      throw new IllegalStateException("all numbers of families have been given");
    }
    return nextFamily++;
  }

  private void requireName(String name) {
    requireLength(name);
    FakeFamily other = familyWithName(name);
    if (other != null) {
      throw new IllegalArgumentException(
          "a family '" + name + "' is registered already, under number " + other.id());
    }
  }

  private static void requireLength(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > FakeKernel.NAME_MAX) {
      throw new IllegalArgumentException(
          name + " is longer than " + FakeKernel.NAME_MAX + " bytes");
    }
  }

  /** Adds a group to a family, whether that is registered at present or not. */
  synchronized void addGroup(FakeFamily family, String group) {
    requireLength(group);
    if (family.groups().containsKey(group)) {
      return;
    }
    if (families.get(family.id()) != family) {
      family.setGroup(group, 0);
      return;
    }
    giveGroup(family, group, freeGroups(1));
    tellOfGroup(FakeController.NEWMCAST_GRP, family, group);
  }

  private void giveGroup(FakeFamily family, String group, int number) {
    groups.set(number);
    family.setGroup(group, number);
    groupRoom = Math.max(groupRoom, (number / GROUPS_A_STEP + 1) * GROUPS_A_STEP);
  }

  /** Finds the lowest numbers in a row that are free: {@code genl_allocate_reserve_groups()}. */
  private int freeGroups(int count) {
    int first = groups.nextClearBit(0);
    for (int used = groups.nextSetBit(first); used >= 0 && used < first + count; ) {
      first = groups.nextClearBit(used);
      used = groups.nextSetBit(first);
    }
    return first;
  }

  private void tellOfFamily(int command, FakeFamily family) {
    controller.notify(FakeController.NOTIFY, n -> n.message(command, family::describe));
  }

  private void tellOfGroup(int command, FakeFamily family, String group) {
    int number = family.groups().getOrDefault(group, 0);
    controller.notify(
        FakeController.NOTIFY,
        n -> n.message(command, a -> FakeController.describeGroup(family, group, number, a)));
  }

  List<FakeFamily> families() {
    return families.values().stream().sorted(Comparator.comparing(FakeFamily::id)).toList();
  }

  @Nullable FakeFamily familyWithId(int id) {
    return families.get(id);
  }

  @Nullable FakeFamily familyWithName(String name) {
    return families.values().stream().filter(f -> f.name().equals(name)).findFirst().orElse(null);
  }

  /** Tells whether a group of this number is one that wants privilege. */
  boolean hasAdminGroup(int number) {
    return families.values().stream().anyMatch(family -> family.hasAdminGroup(number));
  }

  /** Tells whether there is room for a group of this number; it may be nobody's. */
  synchronized boolean hasGroup(int number) {
    return number >= 1 && number < groupRoom;
  }
}
