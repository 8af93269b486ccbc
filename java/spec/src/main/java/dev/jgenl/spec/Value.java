package dev.jgenl.spec;

/** Placeholder. */
public final class Value {
  private Value() {}
}
