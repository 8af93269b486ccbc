package dev.jgenl.spec.typed;

/** Flags as they are generated: each number is a bit. */
enum Option implements EnumNumber {
  COMPACT_BITSETS(1, "compact-bitsets"),
  OMIT_REPLY(2, "omit-reply"),
  STATS(4, "stats");

  private final long number;
  private final String specName;

  Option(long number, String specName) {
    this.number = number;
    this.specName = specName;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long bit() {
    return number;
  }

  @Override
  public String specName() {
    return specName;
  }
}
