package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Provenance;
import dev.jgenl.spec.model.SubMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a family of a spec: counts numbers on, inherits, lays out structs, looks constants up. All
 * is done here that needs the spec itself; whether what is bound fits together, {@link Validator}
 * tells.
 */
public final class Binder {

  /** Such that files can have them. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

  private static final Set<String> GENERIC = Set.of("genetlink", "genetlink-c", "genetlink-legacy");
  private static final String RAW = "netlink-raw";

  private Binder() {}

  /**
   * Binds a spec.
   *
   * @param spec the spec, after its overlays
   * @param provenance where it comes from
   * @return the family
   * @throws SpecException if it has a key that no spec has, lacks one, or one holds what it can
   *     not; if it refers to a constant, enumeration, struct, operation or whole set that is not
   *     there; or if structs or sets hold themselves
   */
  public static Family bind(Tree spec, Provenance provenance) throws SpecException {
    Fields tree = Fields.of("a spec", spec, Keys.FAMILY);
    Protocol protocol = protocol(tree);
    CNames cNames = new CNames(tree.text("name"));
    Definitions definitions = new Definitions(cNames, tree.items("definitions"));
    List<Definition> bound = definitions.bind();
    List<Group> groups = groups(tree);
    Fields operations = Fields.of("operations", tree.require("operations"), Keys.OPERATIONS);
    return new Family(
        tree.text("name"),
        tree.doc(),
        protocol,
        provenance,
        bound,
        new SetBinder(cNames, definitions, tree.items("attribute-sets")).bind(),
        subMessages(tree),
        new OperationBinder(cNames, operations, only(groups), mostOperations(protocol)).bind(),
        groups);
  }

  private static Protocol protocol(Fields tree) throws SpecException {
    String name = tree.text("name");
    if (!NAME.matcher(name).matches()) {
      throw new SpecException(
          tree.place("name"),
          "a name has at most 64 letters, digits, '-', '_' and '.', and starts with none of '-' and"
              + " '.'");
    }
    String protocol = tree.textOr("protocol", "genetlink");
    if (GENERIC.contains(protocol)) {
      return new Protocol.Generic(name, tree.numberOr("version", 1, 1, 255));
    }
    if (!protocol.equals(RAW)) {
      throw new SpecException(
          tree.place("protocol"),
          "there is no protocol "
              + protocol
              + Nearest.remedy(protocol, Set.of("genetlink", "genetlink-legacy", RAW)));
    }
    return new Protocol.Raw(tree.number("protonum", 0, 255));
  }

  private static int mostOperations(Protocol protocol) {
    return protocol instanceof Protocol.Raw ? 0xffff : 0xff;
  }

  private static List<Group> groups(Fields tree) throws SpecException {
    Fields list = tree.fields("mcast-groups", Keys.GROUPS);
    List<Group> groups = new ArrayList<>();
    if (list != null) {
      for (Tree item : list.items("list")) {
        Fields group = Fields.of("a multicast group", item, Keys.GROUP);
        groups.add(
            new Group(group.text("name"), group.optionalNumber("value", 1, Integer.MAX_VALUE)));
      }
    }
    return groups;
  }

  private static Optional<String> only(List<Group> groups) {
    return groups.size() == 1 ? Optional.of(groups.get(0).name()) : Optional.empty();
  }

  private static List<SubMessage> subMessages(Fields tree) throws SpecException {
    List<SubMessage> subMessages = new ArrayList<>();
    for (Tree item : tree.items("sub-messages")) {
      Fields subMessage = Fields.of("a sub-message", item, Keys.SUB_MESSAGE);
      List<SubMessage.Format> formats = new ArrayList<>();
      for (Tree format : subMessage.items("formats")) {
        formats.add(format(Fields.of("a format", format, Keys.FORMAT)));
      }
      subMessages.add(new SubMessage(subMessage.text("name"), formats));
    }
    return subMessages;
  }

  private static SubMessage.Format format(Fields format) throws SpecException {
    Tree value = format.require("value");
    boolean number =
        value instanceof Tree.Scalar scalar && scalar.kind() == Tree.Scalar.Kind.INTEGER;
    return new SubMessage.Format(
        number ? Long.toUnsignedString(Fields.number("value", value)) : format.text("value"),
        format.optionalText("fixed-header"),
        format.optionalText("attribute-set"));
  }
}
