package dev.jgenl.spec.model;

import java.util.List;

/**
 * A family of netlink, or a part of another protocol that has a spec of its own.
 *
 * @param name the name of the spec, which need not be that of the kernel
 * @param doc what it is for; perhaps empty
 * @param protocol how it is reached
 * @param provenance where this comes from
 * @param definitions constants, enumerations, structs
 * @param sets the attribute sets
 * @param subMessages what attributes hold whose layout another attribute selects
 * @param operations what may be asked for, and what the kernel tells by itself
 * @param groups the multicast groups
 */
public record Family(
    String name,
    String doc,
    Protocol protocol,
    Provenance provenance,
    List<Definition> definitions,
    List<AttributeSet> sets,
    List<SubMessage> subMessages,
    List<Operation> operations,
    List<Group> groups) {

  /**
   * Copies what it is given.
   *
   * @param name as {@link #name()}
   * @param doc as {@link #doc()}
   * @param protocol as {@link #protocol()}
   * @param provenance as {@link #provenance()}
   * @param definitions as {@link #definitions()}
   * @param sets as {@link #sets()}
   * @param subMessages as {@link #subMessages()}
   * @param operations as {@link #operations()}
   * @param groups as {@link #groups()}
   */
  public Family {
    definitions = ModelList.copyOf(definitions);
    sets = ModelList.copyOf(sets);
    subMessages = ModelList.copyOf(subMessages);
    operations = List.copyOf(operations);
    groups = List.copyOf(groups);
  }
}
