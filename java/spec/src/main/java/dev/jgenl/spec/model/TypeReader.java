package dev.jgenl.spec.model;

import java.io.IOException;
import java.util.Optional;

/** Reads from a {@link ModelFile} attributes and members. */
final class TypeReader {

  private static final Type.Width[] WIDTHS = Type.Width.values();
  private static final Hint[] HINTS = Hint.values();

  /** Types of types of types: more than any family has, and not too much for a stack. */
  private static final int MOST_LEVELS = 8;

  private final ModelInput in;

  TypeReader(ModelInput in) {
    this.in = in;
  }

  Attribute attribute() throws IOException {
    return new Attribute(
        in.string(),
        in.number(),
        type(MOST_LEVELS),
        in.flag(),
        checks(),
        in.one(HINTS),
        in.string(),
        in.string());
  }

  Definition.Member member() throws IOException {
    return new Definition.Member(
        in.string(), in.number(), in.number(), type(MOST_LEVELS), in.one(HINTS), in.string());
  }

  private Type type(int levels) throws IOException {
    if (levels == 0) {
      throw in.corrupt("types within types");
    }
    int tag = in.number();
    return switch (tag) {
      case ModelTags.SCALAR -> scalar();
      case ModelTags.FLAG -> new Type.Flag();
      case ModelTags.TEXT -> new Type.Text();
      case ModelTags.BINARY -> new Type.Binary(in.optionalNumber());
      case ModelTags.BITFIELD -> new Type.Bitfield(names());
      case ModelTags.PAD -> new Type.Pad(in.number());
      case ModelTags.UNUSED -> new Type.Unused();
      case ModelTags.STRUCT_VALUE -> new Type.StructValue(in.string());
      case ModelTags.STRUCT_ARRAY -> new Type.StructArray(in.string());
      case ModelTags.SCALAR_ARRAY -> new Type.ScalarArray(scalar());
      case ModelTags.NEST -> new Type.Nest(in.string(), in.flag(), in.flag());
      case ModelTags.INDEXED_ARRAY -> {
        int base = in.number();
        yield new Type.IndexedArray(type(levels - 1), base);
      }
      case ModelTags.TYPE_VALUE -> new Type.TypeValue(in.strings(), type(levels - 1));
      case ModelTags.SELECTED -> new Type.Selected(in.string(), in.string());
      default -> throw in.corrupt("kind of type " + tag);
    };
  }

  private Type.Scalar scalar() throws IOException {
    return new Type.Scalar(in.one(WIDTHS), in.flag(), names());
  }

  private Optional<Type.EnumUse> names() throws IOException {
    Optional<String> enumeration = in.optionalString();
    return enumeration.isPresent()
        ? Optional.of(new Type.EnumUse(enumeration.get(), in.flag()))
        : Optional.empty();
  }

  private Checks checks() throws IOException {
    int bits = in.number();
    if (bits == 0) {
      return Checks.NONE;
    }
    return new Checks(
        in.signedIf((bits & ModelTags.MIN) != 0),
        in.signedIf((bits & ModelTags.MAX) != 0),
        in.numberIf((bits & ModelTags.MIN_LENGTH) != 0),
        in.numberIf((bits & ModelTags.MAX_LENGTH) != 0),
        in.numberIf((bits & ModelTags.EXACT_LENGTH) != 0),
        (bits & ModelTags.UNTERMINATED) != 0);
  }
}
