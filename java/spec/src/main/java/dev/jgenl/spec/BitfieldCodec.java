package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type.Width;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Bitfield32;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bits and which of them count: {@code struct nla_bitfield32}. */
final class BitfieldCodec extends AttributeCodec {

  private static final int LENGTH = 8;
  private static final Shape SHAPE = Shape.of("value", "selector");

  private final Notation notation;
  private final ScalarCodec bits;

  BitfieldCodec(Notation notation) {
    this.notation = notation;
    bits = new ScalarCodec(Width.U32, false, notation);
  }

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    if (!(value instanceof NestValue nest)) {
      int set = bits(value);
      writer.putBitfield32(id, new Bitfield32(set, set));
      return;
    }
    for (String name : nest.names()) {
      if (SHAPE.slot(name) < 0) {
        throw new InvalidValueException(Names.unknown("member", name, SHAPE.names())).within(name);
      }
    }
    writer.putBitfield32(id, new Bitfield32(member(nest, "value"), member(nest, "selector")));
  }

  private int member(NestValue nest, String name) {
    try {
      return nest.find(name).map(this::bits).orElse(0);
    } catch (InvalidValueException e) {
      throw e.within(name);
    }
  }

  private int bits(Value value) {
    ByteBuffer word = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
    bits.put(word, 0, value);
    return word.getInt(0);
  }

  @Override
  Value read(Attribute attribute, Scope scope) {
    if (attribute.length() != LENGTH) {
      return new BytesValue(attribute.bytes(), Hint.NONE);
    }
    Bitfield32 bitfield = attribute.bitfield32();
    NestValue nest = NestValue.of(SHAPE);
    nest.set(0, new NumberValue(Integer.toUnsignedLong(bitfield.value()), notation));
    nest.set(1, new NumberValue(Integer.toUnsignedLong(bitfield.selector()), notation));
    return nest;
  }
}
