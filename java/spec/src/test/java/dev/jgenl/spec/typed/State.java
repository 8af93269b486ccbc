package dev.jgenl.spec.typed;

/** An enumeration as it is generated. */
enum State implements EnumNumber {
  UNKNOWN(0, "unknown"),
  DISABLED(1, "disabled"),
  ENABLED(2, "enabled");

  private final long number;
  private final String specName;

  State(long number, String specName) {
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
