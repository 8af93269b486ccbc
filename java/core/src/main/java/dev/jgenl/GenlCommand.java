package dev.jgenl;

/**
 * A command that a family offers: {@code CTRL_ATTR_OPS} of the controller.
 *
 * @param id the number of the command, 0 to 255
 * @param flags the bits of {@code GENL_ADMIN_PERM} and the like in {@code
 *     include/uapi/linux/genetlink.h}
 */
public record GenlCommand(int id, int flags) {

  private static final int ADMIN_PERM = 0x01;
  private static final int CAP_DO = 0x02;
  private static final int CAP_DUMP = 0x04;
  private static final int CAP_HASPOL = 0x08;
  private static final int UNS_ADMIN_PERM = 0x10;

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
}
