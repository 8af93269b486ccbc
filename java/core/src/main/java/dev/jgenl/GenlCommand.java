package dev.jgenl;

import org.jspecify.annotations.Nullable;

/**
 * A command that a family offers: {@code CTRL_ATTR_OPS} of the controller. Immutable, so safe to
 * share between threads.
 */
public final class GenlCommand {

  private static final int ADMIN_PERM = 0x01;
  private static final int CAP_DO = 0x02;
  private static final int CAP_DUMP = 0x04;
  private static final int CAP_HASPOL = 0x08;
  private static final int UNS_ADMIN_PERM = 0x10;

  private final int id;
  private final int flags;

  private GenlCommand(int id, int flags) {
    this.id = id;
    this.flags = flags;
  }

  /**
   * Describes a command, such as for a test.
   *
   * @param id the number of the command, 0 to 255
   * @param flags the bits of {@code GENL_ADMIN_PERM} and the like
   * @return the command
   * @throws IllegalArgumentException if the number is out of range
   */
  public static GenlCommand of(int id, int flags) {
    if (id < 0 || id > 255) {
      throw new IllegalArgumentException("command " + id + " is not within 0 to 255");
    }
    return new GenlCommand(id, flags);
  }

  /**
   * Returns the number of the command.
   *
   * @return 0 to 255
   */
  public int id() {
    return id;
  }

  /**
   * Returns what the kernel says of it.
   *
   * @return the bits of {@code GENL_ADMIN_PERM} and the like in {@code
   *     include/uapi/linux/genetlink.h}
   */
  public int flags() {
    return flags;
  }

  /**
   * Tells whether the command needs {@code CAP_NET_ADMIN} in the initial user namespace.
   *
   * @return whether it does
   */
  public boolean needsAdmin() {
    return (flags & ADMIN_PERM) != 0;
  }

  /**
   * Tells whether the command needs {@code CAP_NET_ADMIN} in the user namespace that owns the
   * network namespace.
   *
   * @return whether it does
   */
  public boolean needsNamespaceAdmin() {
    return (flags & UNS_ADMIN_PERM) != 0;
  }

  /**
   * Tells whether the command can be requested with at most one answer.
   *
   * @return whether it can
   */
  public boolean hasDo() {
    return (flags & CAP_DO) != 0;
  }

  /**
   * Tells whether the command can be requested as a dump.
   *
   * @return whether it can
   */
  public boolean hasDump() {
    return (flags & CAP_DUMP) != 0;
  }

  /**
   * Tells whether the kernel checks the attributes of the command against a policy.
   *
   * @return whether it does
   */
  public boolean hasPolicy() {
    return (flags & CAP_HASPOL) != 0;
  }

  /** Two with the same number and flags are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GenlCommand that && id == that.id && flags == that.flags;
  }

  @Override
  public int hashCode() {
    return 31 * id + flags;
  }

  /** Says it for people. */
  @Override
  public String toString() {
    return "command "
        + id
        + (hasDo() ? " do" : "")
        + (hasDump() ? " dump" : "")
        + (hasPolicy() ? " policy" : "")
        + (needsAdmin() ? " admin" : "")
        + (needsNamespaceAdmin() ? " namespace-admin" : "");
  }

  /** Says what a command needs that is refused for want of a privilege; "" if that is not known. */
  String missingPrivilege() {
    if (needsAdmin()) {
      return "; it needs CAP_NET_ADMIN in the initial user namespace: root, outside of a container";
    }
    return needsNamespaceAdmin()
        ? "; it needs CAP_NET_ADMIN in the user namespace that owns the network namespace"
        : "";
  }
}
