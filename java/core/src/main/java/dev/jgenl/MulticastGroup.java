package dev.jgenl;

import dev.jgenl.wire.Printable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A multicast group of a family. Immutable, so safe to share between threads. */
public final class MulticastGroup {

  private final String name;
  private final int id;

  private MulticastGroup(String name, int id) {
    this.name = Objects.requireNonNull(name, "name");
    this.id = id;
  }

  /**
   * Describes a group, such as for a test.
   *
   * @param name the name
   * @param id the number
   * @return the group
   */
  public static MulticastGroup of(String name, int id) {
    return new MulticastGroup(name, id);
  }

  /**
   * Returns the name.
   *
   * @return unique within the family
   */
  public String name() {
    return name;
  }

  /**
   * Returns the number that the kernel gave it.
   *
   * @return unique within Generic Netlink
   */
  public int id() {
    return id;
  }

  /** Two with the same name and number are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MulticastGroup that && id == that.id && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * id + name.hashCode();
  }

  /** Says it for people. */
  @Override
  public String toString() {
    return Printable.escape(name) + " (" + id + ")";
  }
}
