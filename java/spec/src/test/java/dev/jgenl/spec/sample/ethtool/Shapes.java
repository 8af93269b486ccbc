package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.spec.Shape;

/** The names of what the family has, in their places. */
final class Shapes {

  static final Shape HEADER = Shape.of("dev-index", "dev-name", "flags", "phy-index");

  static final Shape BITSET_BIT = Shape.of("index", "name", "value");

  static final Shape BITSET_BITS = Shape.of("bit");

  static final Shape BITSET = Shape.of("nomask", "size", "bits", "value", "mask");

  static final Shape RINGS = Shape.of("header", "rx-max", "rx", "tcp-data-split", "tx-push");

  static final Shape FEATURES = Shape.of("header", "hw", "wanted", "active", "nochange");

  private Shapes() {}
}
