package dev.jgenl.wire;

/**
 * Flags of which only some are meant: {@code struct nla_bitfield32} of the kernel.
 *
 * @param value the flags; one outside the selector is 0
 * @param selector the flags that are meant
 */
public record Bitfield32(int value, int selector) {}
