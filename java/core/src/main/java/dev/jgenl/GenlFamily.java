package dev.jgenl;

import static dev.jgenl.wire.Netlink.GENL_HDRLEN;

import java.util.List;
import java.util.Optional;

/**
 * A family as the controller described it when it was asked. Immutable, so safe to share between
 * threads.
 *
 * @param name the name, at most 15 characters
 * @param id the number that the kernel gave it; another one when the module is loaded again
 * @param version the version of the family's protocol, sent with every request
 * @param headerSize the length of the family's own header between header and attributes, in bytes;
 *     0 for most
 * @param maxAttribute the highest attribute type that the family knows; 0 if it does not tell
 * @param commands the commands that it offers
 * @param groups the multicast groups that it notifies
 */
public record GenlFamily(
    String name,
    int id,
    int version,
    int headerSize,
    int maxAttribute,
    List<GenlCommand> commands,
    List<MulticastGroup> groups) {

  /**
   * Creates a family; the lists are copied.
   *
   * @param name the name
   * @param id the number
   * @param version the version of its protocol
   * @param headerSize the length of its own header, in bytes
   * @param maxAttribute its highest attribute type, or 0
   * @param commands its commands
   * @param groups its multicast groups
   */
  public GenlFamily {
    commands = List.copyOf(commands);
    groups = List.copyOf(groups);
  }

  /**
   * Finds a command by number.
   *
   * @param command the number
   * @return the command, or empty if the family does not offer it
   */
  public Optional<GenlCommand> command(int command) {
    return commands.stream().filter(c -> c.id() == command).findFirst();
  }

  /**
   * Finds a multicast group by name.
   *
   * @param group the name
   * @return the group, or empty if the family has none of that name
   */
  public Optional<MulticastGroup> group(String group) {
    return groups.stream().filter(g -> g.name().equals(group)).findFirst();
  }

  /** Returns the length of the headers between {@code nlmsghdr} and attributes, in bytes. */
  int headerLength() {
    return GENL_HDRLEN + headerSize;
  }

  /** Tells whether the kernel checks any command against a policy. */
  boolean hasPolicy() {
    return commands.stream().anyMatch(GenlCommand::hasPolicy);
  }
}
