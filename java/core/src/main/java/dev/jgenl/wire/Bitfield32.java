package dev.jgenl.wire;

/**
 * Flags of which only some are meant: {@code struct nla_bitfield32} of {@code
 * include/uapi/linux/netlink.h}. Those that are not selected stay as they are in a request, and are
 * not told in an answer.
 *
 * <p>A request to turn flag 1 on and flag 4 off is {@code new Bitfield32(1, 1 | 4)}. The kernel
 * refuses one with a flag in the value that is not selected, or that the attribute does not have
 * ({@code validate_nla_bitfield32()} of {@code lib/nlattr.c}); it is neither refused nor mended
 * here, so that what was received is shown as it is.
 *
 * @param value the flags; one outside the selector is 0
 * @param selector the flags that are meant
 */
public record Bitfield32(int value, int selector) {

  /**
   * Selects flags and turns them on.
   *
   * @param flags the flags, at least one
   * @return the flags as value and selector
   * @throws IllegalArgumentException if there is no flag
   */
  public static Bitfield32 on(int flags) {
    return new Bitfield32(requireAny(flags), flags);
  }

  /**
   * Selects flags and turns them off.
   *
   * @param flags the flags, at least one
   * @return the flags as selector, and 0 as value
   * @throws IllegalArgumentException if there is no flag
   */
  public static Bitfield32 off(int flags) {
    return new Bitfield32(0, requireAny(flags));
  }

  /**
   * Tells whether flags are on. One that is not selected is neither on nor off.
   *
   * @param flags the flags, at least one
   * @return whether all of them are selected and 1
   * @throws IllegalArgumentException if there is no flag
   */
  public boolean isOn(int flags) {
    return isSelected(flags) && (value & flags) == flags;
  }

  /**
   * Tells whether flags are off. One that is not selected is neither on nor off.
   *
   * @param flags the flags, at least one
   * @return whether all of them are selected and 0
   * @throws IllegalArgumentException if there is no flag
   */
  public boolean isOff(int flags) {
    return isSelected(flags) && (value & flags) == 0;
  }

  /**
   * Tells whether flags are meant.
   *
   * @param flags the flags, at least one
   * @return whether all of them are selected
   * @throws IllegalArgumentException if there is no flag
   */
  public boolean isSelected(int flags) {
    return (selector & requireAny(flags)) == flags;
  }

  /**
   * Shows both in hexadecimal.
   *
   * @return such as {@code 0x1 of 0x5}
   */
  @Override
  public String toString() {
    return "0x" + Integer.toHexString(value) + " of 0x" + Integer.toHexString(selector);
  }

  private static int requireAny(int flags) {
    if (flags == 0) {
      throw new IllegalArgumentException("no flag");
    }
    return flags;
  }
}
