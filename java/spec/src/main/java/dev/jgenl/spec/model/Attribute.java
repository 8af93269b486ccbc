package dev.jgenl.spec.model;

/**
 * An attribute.
 *
 * @param name its name, which no other attribute of the set has
 * @param id its number, 0 to 16383
 * @param type what it holds
 * @param repeated whether it may stand in a message many times: {@code multi-attr}
 * @param checks what it has to be
 * @param hint how to show it
 * @param doc what it is for; perhaps empty
 * @param cName what it is called in C; empty if that is not known
 */
public record Attribute(
    String name,
    int id,
    Type type,
    boolean repeated,
    Checks checks,
    Hint hint,
    String doc,
    String cName) {}
