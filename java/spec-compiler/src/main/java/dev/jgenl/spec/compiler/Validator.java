package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Family;
import java.util.List;

/**
 * Tells what does not fit together in a family: references to what is not there, names and numbers
 * that two things have, selectors that stand nowhere.
 */
public final class Validator {

  private Validator() {}

  /**
   * Looks at all of a family.
   *
   * @param family the family
   * @return what is wrong, in the order of the spec; none if all is well
   */
  public static List<Finding> validate(Family family) {
    Findings findings = new Findings();
    Known known = new Known(family);
    new DefinitionCheck(known, findings).check();
    new SetCheck(known, findings).check();
    new OperationCheck(known, findings).check();
    return findings.all();
  }
}
