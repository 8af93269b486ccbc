package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.typed.EnumNumber;

/** Common ethtool header flags. {@code header-flags}. */
public enum HeaderFlags implements EnumNumber {
  /** {@code compact-bitsets}, 1. */
  COMPACT_BITSETS(1, "compact-bitsets"),
  /** {@code omit-reply}, 2. */
  OMIT_REPLY(2, "omit-reply"),
  /** {@code stats}, 4. */
  STATS(4, "stats");

  private final long number;
  private final String specName;

  HeaderFlags(long number, String specName) {
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
