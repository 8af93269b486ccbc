package dev.jgenl.spec.model;

import java.util.OptionalInt;

/**
 * A multicast group.
 *
 * @param name its name
 * @param id its number, of protocols other than Generic Netlink, where the kernel gives it
 */
public record Group(String name, OptionalInt id) {}
