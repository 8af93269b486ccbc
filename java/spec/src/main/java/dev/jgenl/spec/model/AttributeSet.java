package dev.jgenl.spec.model;

import java.util.List;
import java.util.Optional;

/**
 * Attributes that stand in one message or nest.
 *
 * @param name its name
 * @param doc what it is for; perhaps empty
 * @param subsetOf the set of which it has a part; the attributes have what they inherit from it
 * @param attributes the attributes in the order of the spec
 */
public record AttributeSet(
    String name, String doc, Optional<String> subsetOf, List<Attribute> attributes) {

  /**
   * Copies what it is given.
   *
   * @param name as {@link #name()}
   * @param doc as {@link #doc()}
   * @param subsetOf as {@link #subsetOf()}
   * @param attributes as {@link #attributes()}
   */
  public AttributeSet {
    attributes = ModelList.copyOf(attributes);
  }
}
