package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.spec.typed.EnumNumber;

/** {@code wgdevice-flags}. */
public enum WgdeviceFlags implements EnumNumber {
  /** {@code replace-peers}, 1. */
  REPLACE_PEERS(1, "replace-peers");

  private final long number;
  private final String specName;

  WgdeviceFlags(long number, String specName) {
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
