package dev.jgenl.spec.model;

/** The numbers of kinds in a {@link ModelFile}. */
final class ModelTags {

  static final int GENERIC = 0;
  static final int RAW = 1;

  static final int CONSTANT = 0;
  static final int TEXT_CONSTANT = 1;
  static final int ENUMERATION = 2;
  static final int STRUCT = 3;

  static final int SCALAR = 0;
  static final int FLAG = 1;
  static final int TEXT = 2;
  static final int BINARY = 3;
  static final int BITFIELD = 4;
  static final int PAD = 5;
  static final int UNUSED = 6;
  static final int STRUCT_VALUE = 7;
  static final int STRUCT_ARRAY = 8;
  static final int SCALAR_ARRAY = 9;
  static final int NEST = 10;
  static final int INDEXED_ARRAY = 11;
  static final int TYPE_VALUE = 12;
  static final int SELECTED = 13;

  /** Bits of what a {@link Checks} has. */
  static final int MIN = 1;

  static final int MAX = 1 << 1;
  static final int MIN_LENGTH = 1 << 2;
  static final int MAX_LENGTH = 1 << 3;
  static final int EXACT_LENGTH = 1 << 4;
  static final int UNTERMINATED = 1 << 5;

  /** What the elements are of a list that may be left unread. */
  static final int DEFINITIONS = 0;

  static final int ENTRIES = 1;
  static final int MEMBERS = 2;
  static final int SETS = 3;
  static final int ATTRIBUTES = 4;
  static final int SUB_MESSAGES = 5;
  static final int NAMES = 6;

  private ModelTags() {}
}
