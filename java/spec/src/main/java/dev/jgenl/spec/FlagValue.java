package dev.jgenl.spec;

/** An attribute that says no more than that it is there; false is one that is not to be sent. */
public final class FlagValue extends Value {

  static final FlagValue TRUE = new FlagValue(true);
  static final FlagValue FALSE = new FlagValue(false);

  private final boolean set;

  private FlagValue(boolean set) {
    this.set = set;
  }

  static FlagValue flag(boolean set) {
    return set ? TRUE : FALSE;
  }

  /** Returns 1 if it is set, else 0. */
  @Override
  public long asLong() {
    return set ? 1 : 0;
  }

  /** Returns "true" or "false". */
  @Override
  public String asText() {
    return Boolean.toString(set);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(set);
  }
}
