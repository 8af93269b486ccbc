package dev.jgenl.spec.compiler.typed;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type;

/**
 * What a view has an accessor for.
 *
 * @param set the attribute set that it is of; empty if it is a member
 * @param name its name in the spec
 * @param slot where the codec keeps it
 * @param type what it holds
 * @param repeated whether it may be there many times
 * @param hint how it is shown
 * @param member whether it is a member of a struct, or the number of a nest: it is always there
 * @param facts what is to be known of it, such as its number
 * @param doc the spec's text; perhaps empty
 */
record Field(
    String set,
    String name,
    int slot,
    Type type,
    boolean repeated,
    Hint hint,
    boolean member,
    String facts,
    String doc) {}
