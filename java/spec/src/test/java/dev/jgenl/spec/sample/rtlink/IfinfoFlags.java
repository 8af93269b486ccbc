package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.spec.typed.EnumNumber;

/** {@code ifinfo-flags}. */
public enum IfinfoFlags implements EnumNumber {
  /** {@code up}, 1. */
  UP(1, "up"),
  /** {@code broadcast}, 2. */
  BROADCAST(2, "broadcast"),
  /** {@code debug}, 4. */
  DEBUG(4, "debug"),
  /** {@code loopback}, 8. */
  LOOPBACK(8, "loopback");

  private final long number;
  private final String specName;

  IfinfoFlags(long number, String specName) {
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
