package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;

import dev.jgenl.wire.Printable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A family as the controller described it when it was asked. Immutable, so safe to share between
 * threads.
 */
public final class GenlFamily {

  private final String name;
  private final int id;
  private final int version;
  private final int headerSize;
  private final int maxAttribute;
  private final List<GenlCommand> commands;
  private final List<MulticastGroup> groups;

  private GenlFamily(Builder b) {
    name = b.name;
    id = b.id;
    version = b.version;
    headerSize = b.headerSize;
    maxAttribute = b.maxAttribute;
    commands = b.commands;
    groups = b.groups;
  }

  /**
   * Starts to describe a family, such as for a test: of version 1, without a header of its own,
   * commands, groups.
   *
   * @param name the name
   * @param id the number
   * @return a builder
   */
  public static Builder builder(String name, int id) {
    return new Builder(name, id);
  }

  /**
   * Returns the name.
   *
   * @return at most 15 characters
   */
  public String name() {
    return name;
  }

  /**
   * Returns the number that the kernel gave it.
   *
   * @return another one when the module is loaded again
   */
  public int id() {
    return id;
  }

  /**
   * Returns the version of the family's protocol, sent with every request.
   *
   * @return 0 to 255
   */
  public int version() {
    return version;
  }

  /**
   * Returns the length of the family's own header between header and attributes.
   *
   * @return bytes; 0 for most
   */
  public int headerSize() {
    return headerSize;
  }

  /**
   * Returns the highest attribute type that the family knows.
   *
   * @return 0 if it does not tell
   */
  public int maxAttribute() {
    return maxAttribute;
  }

  /**
   * Returns the commands that it offers.
   *
   * @return in the order of the kernel
   */
  public List<GenlCommand> commands() {
    return commands;
  }

  /**
   * Returns the multicast groups that it notifies.
   *
   * @return in the order of the kernel
   */
  public List<MulticastGroup> groups() {
    return groups;
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

  /** Two that are described in the same way are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GenlFamily that
        && name.equals(that.name)
        && id == that.id
        && version == that.version
        && headerSize == that.headerSize
        && maxAttribute == that.maxAttribute
        && commands.equals(that.commands)
        && groups.equals(that.groups);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, id, version);
  }

  /** Names it, for people. */
  @Override
  public String toString() {
    return Printable.escape(name) + " (" + id + ", version " + version + ")";
  }

  /** Collects what is known of a family. Not safe for use by several threads. */
  public static final class Builder {

    private final String name;
    private final int id;
    private int version = 1;
    private int headerSize;
    private int maxAttribute;
    private List<GenlCommand> commands = List.of();
    private List<MulticastGroup> groups = List.of();

    private Builder(String name, int id) {
      this.name = Objects.requireNonNull(name, "name");
      this.id = id;
    }

    /**
     * Sets {@link GenlFamily#version()}.
     *
     * @param version the version of the family's protocol, sent with every request: 0 to 255
     * @return this
     */
    public Builder version(int version) {
      this.version = version;
      return this;
    }

    /**
     * Sets {@link GenlFamily#headerSize()}.
     *
     * @param headerSize the length of the family's own header between header and attributes: bytes;
     *     0 for most
     * @return this
     */
    public Builder headerSize(int headerSize) {
      this.headerSize = headerSize;
      return this;
    }

    /**
     * Sets {@link GenlFamily#maxAttribute()}.
     *
     * @param maxAttribute the highest attribute type that the family knows: 0 if it does not tell
     * @return this
     */
    public Builder maxAttribute(int maxAttribute) {
      this.maxAttribute = maxAttribute;
      return this;
    }

    /**
     * Sets {@link GenlFamily#commands()}.
     *
     * @param commands the commands that it offers; copied
     * @return this
     */
    public Builder commands(List<GenlCommand> commands) {
      this.commands = List.copyOf(commands);
      return this;
    }

    /**
     * Sets {@link GenlFamily#groups()}.
     *
     * @param groups the multicast groups that it notifies; copied
     * @return this
     */
    public Builder groups(List<MulticastGroup> groups) {
      this.groups = List.copyOf(groups);
      return this;
    }

    /**
     * Makes the family.
     *
     * @return what was set
     */
    public GenlFamily build() {
      return new GenlFamily(this);
    }
  }
}
