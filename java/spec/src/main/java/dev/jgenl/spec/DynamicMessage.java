package dev.jgenl.spec;

/**
 * What the kernel tells by itself.
 *
 * @param operation the name of the operation; the number of the command, or the type of the
 *     message, in decimal digits if the spec has none
 * @param value what is told; without names if the spec does not have the operation
 */
public record DynamicMessage(String operation, Value value) {}
