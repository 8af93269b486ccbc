package dev.jgenl.cli;

import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.GenlFamily;
import dev.jgenl.MulticastGroup;
import dev.jgenl.spec.Names;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The multicast groups that are to be heard: of Generic Netlink by family, of other protocols by
 * number.
 */
final class GroupNames {

  /** A group of another protocol, by both of its names. */
  record RawGroup(int number, String family, String name) {}

  private final Map<GenlFamily, Set<String>> generic = new HashMap<>();
  private final Map<Integer, Map<Integer, RawGroup>> raw = new HashMap<>();
  private final List<Family> models = new ArrayList<>();

  private GroupNames() {}

  /** Returns all groups of all families that the kernel has and of which there is a spec. */
  static GroupNames all(Session session) throws IOException {
    GroupNames groups = new GroupNames();
    Map<String, GenlFamily> kernel = kernelFamilies(session);
    for (String name : session.specs().names()) {
      Family model = session.model(name);
      if (!(model.protocol() instanceof Protocol.Generic g)) {
        groups.addRaw(model, null);
      } else {
        GenlFamily there = kernel.get(g.family());
        if (there != null) {
          groups.addGeneric(there, model, null);
        }
      }
    }
    return groups;
  }

  /** Returns those that are named, as {@code FAMILY} or {@code FAMILY:GROUP}. */
  static GroupNames named(Session session, List<String> names) throws IOException {
    GroupNames groups = new GroupNames();
    for (String name : names) {
      int colon = name.indexOf(':');
      String family = colon < 0 ? name : name.substring(0, colon);
      @Nullable String group = colon < 0 ? null : name.substring(colon + 1);
      Family model = session.specs().find(family);
      if (model != null && model.protocol() instanceof Protocol.Raw) {
        groups.addRaw(model, group);
        continue;
      }
      groups.addGeneric(kernelFamily(session, family, model), model, group);
    }
    return groups;
  }

  /**
   * Returns what the kernel has registered.
   *
   * @param name of the family
   * @param model its spec, of Generic Netlink; null if there is none
   * @throws CommandException if there is neither; the message says which specs there are
   */
  static GenlFamily kernelFamily(Session session, String name, @Nullable Family model)
      throws IOException {
    if (model != null) {
      return session.genl().family(((Protocol.Generic) model.protocol()).family());
    }
    try {
      return session.genl().family(name);
    } catch (FamilyNotFoundException e) {
      // It may be misspelt: this says which specs there are.
      session.model(name);
      throw e;
    }
  }

  private static Map<String, GenlFamily> kernelFamilies(Session session) throws IOException {
    Map<String, GenlFamily> families = new HashMap<>();
    for (GenlFamily family : session.genl().families()) {
      families.put(family.name(), family);
    }
    return families;
  }

  private void addGeneric(GenlFamily family, @Nullable Family model, @Nullable String group) {
    List<String> there = new ArrayList<>();
    for (MulticastGroup g : family.groups()) {
      there.add(g.name());
    }
    if (group != null && !there.contains(group)) {
      throw unknown(family.name(), group, there);
    }
    if (model != null) {
      models.add(model);
    }
    if (group != null || !there.isEmpty()) {
      generic
          .computeIfAbsent(family, f -> new LinkedHashSet<>())
          .addAll(group == null ? there : List.of(group));
    }
  }

  private void addRaw(Family model, @Nullable String group) {
    int protocol = ((Protocol.Raw) model.protocol()).number();
    List<String> there = new ArrayList<>();
    boolean any = group == null;
    models.add(model);
    for (Group g : model.groups()) {
      if (g.id().isPresent()) {
        there.add(g.name());
        if (group == null || group.equals(g.name())) {
          any = true;
          int number = g.id().getAsInt();
          raw.computeIfAbsent(protocol, p -> new HashMap<>())
              .put(number, new RawGroup(number, model.name(), g.name()));
        }
      }
    }
    if (!any) {
      throw unknown(model.name(), String.valueOf(group), there);
    }
  }

  private static CommandException unknown(String family, String group, List<String> there) {
    return new CommandException(
        ExitStatus.USAGE, family + ": " + Names.unknown("multicast group", group, there));
  }

  /** Returns the groups of Generic Netlink. */
  Map<GenlFamily, Set<String>> generic() {
    return generic;
  }

  /** Returns the groups of other protocols, by protocol and number. */
  Map<Integer, Map<Integer, RawGroup>> raw() {
    return raw;
  }

  /** Returns the specs of the families. */
  List<Family> models() {
    return models;
  }

  boolean isEmpty() {
    return generic.isEmpty() && raw.isEmpty();
  }
}
