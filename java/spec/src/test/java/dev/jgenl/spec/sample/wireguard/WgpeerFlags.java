package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.spec.typed.EnumNumber;

/** {@code wgpeer-flags}. */
public enum WgpeerFlags implements EnumNumber {
  /** {@code remove-me}, 1. */
  REMOVE_ME(1, "remove-me"),
  /** {@code replace-allowedips}, 2. */
  REPLACE_ALLOWEDIPS(2, "replace-allowedips"),
  /** {@code update-only}, 4. */
  UPDATE_ONLY(4, "update-only");

  private final long number;
  private final String specName;

  WgpeerFlags(long number, String specName) {
    this.number = number;
    this.specName = specName;
  }

  @Override
  public long number() {
    return number;
  }

  /** Returns the number: each is a bit. */
  @Override
  public long bit() {
    return number;
  }

  @Override
  public String specName() {
    return specName;
  }
}
