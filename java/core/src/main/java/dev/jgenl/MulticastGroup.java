package dev.jgenl;

/**
 * A multicast group of a family.
 *
 * @param name the name, unique within the family
 * @param id the number that the kernel gave it, unique within Generic Netlink
 */
public record MulticastGroup(String name, int id) {}
