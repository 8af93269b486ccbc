package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.typed.EnumNumber;

/** {@code tcp-data-split}. */
public enum TcpDataSplit implements EnumNumber {
  /** {@code unknown}, 0. */
  UNKNOWN(0, "unknown"),
  /** {@code disabled}, 1. */
  DISABLED(1, "disabled"),
  /** {@code enabled}, 2. */
  ENABLED(2, "enabled");

  private final long number;
  private final String specName;

  TcpDataSplit(long number, String specName) {
    this.number = number;
    this.specName = specName;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public String specName() {
    return specName;
  }
}
