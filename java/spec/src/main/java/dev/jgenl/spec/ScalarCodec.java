package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type.Width;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** A number, of any width when it is read. */
final class ScalarCodec extends AttributeCodec {

  private final Width width;
  private final boolean bigEndian;
  private final Notation notation;

  ScalarCodec(Width width, boolean bigEndian, Notation notation) {
    this.width = width;
    this.bigEndian = bigEndian;
    this.notation = notation;
  }

  /** Returns the length in bytes; of a number of two widths the least. */
  int length() {
    return width.length();
  }

  @Override
  boolean takesBytes() {
    return true;
  }

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    if (value instanceof BytesValue bytes && !isWidth(bytes.uncopied().length)) {
      writer.putBytes(id, bytes.uncopied());
      return;
    }
    long number = number(value);
    if (bigEndian) {
      writeBigEndian(writer, id, number);
      return;
    }
    switch (width) {
      case UINT -> writer.putUint(id, number);
      case SINT -> writer.putSint(id, number);
      case U8, S8 -> writer.putU8(id, (int) number & 0xff);
      case U16, S16 -> writer.putU16(id, (int) number & 0xffff);
      case U32, S32 -> writer.putU32(id, number & 0xffff_ffffL);
      case U64, S64 -> writer.putU64(id, number);
    }
  }

  private static boolean isWidth(int length) {
    return length == 1 || length == 2 || length == 4 || length == 8;
  }

  private void writeBigEndian(AttributeWriter writer, int id, long number) {
    switch (length()) {
      case 1 -> writer.putU8(id, (int) number & 0xff);
      case 2 -> writer.putU16Be(id, (int) number & 0xffff);
      case 4 -> writer.putU32Be(id, number & 0xffff_ffffL);
      default -> writer.putU64Be(id, number);
    }
  }

  @Override
  Value read(Attribute attribute, Scope scope) {
    boolean signed = notation.signed();
    return switch (attribute.length()) {
      case 1 -> value(signed ? attribute.s8() : attribute.u8());
      case 2 -> {
        int half = bigEndian ? attribute.u16Be() : attribute.u16();
        yield value(signed ? (short) half : half);
      }
      case 4 -> {
        long word = bigEndian ? attribute.u32Be() : attribute.u32();
        yield value(signed ? (int) word : word);
      }
      case 8 -> value(bigEndian ? attribute.u64Be() : attribute.u64());
      default -> new BytesValue(attribute.bytes(), Hint.NONE);
    };
  }

  private NumberValue value(long number) {
    return new NumberValue(number, notation);
  }

  /** Reads the number at an offset, in the order of the buffer unless it is big-endian. */
  NumberValue get(ByteBuffer buffer, int offset) {
    boolean swap = bigEndian && buffer.order() != ByteOrder.BIG_ENDIAN;
    boolean signed = notation.signed();
    return value(
        switch (length()) {
          case 1 -> signed ? buffer.get(offset) : buffer.get(offset) & 0xff;
          case 2 -> {
            short half = buffer.getShort(offset);
            half = swap ? Short.reverseBytes(half) : half;
            yield signed ? half : half & 0xffff;
          }
          case 4 -> {
            int word = buffer.getInt(offset);
            word = swap ? Integer.reverseBytes(word) : word;
            yield signed ? word : word & 0xffff_ffffL;
          }
          default -> {
            long number = buffer.getLong(offset);
            yield swap ? Long.reverseBytes(number) : number;
          }
        });
  }

  /** Writes a number at an offset, in the order of the buffer unless it is big-endian. */
  void put(ByteBuffer buffer, int offset, Value value) {
    long number = number(value);
    boolean swap = bigEndian && buffer.order() != ByteOrder.BIG_ENDIAN;
    switch (length()) {
      case 1 -> buffer.put(offset, (byte) number);
      case 2 -> buffer.putShort(offset, swap ? Short.reverseBytes((short) number) : (short) number);
      case 4 -> buffer.putInt(offset, swap ? Integer.reverseBytes((int) number) : (int) number);
      default -> buffer.putLong(offset, swap ? Long.reverseBytes(number) : number);
    }
  }

  /** Returns the number that a value is or names, if this has room for it. */
  private long number(Value value) {
    if (value instanceof NumberValue number) {
      long bits = number.asLong();
      boolean signed = number.notation().signed() || bits >= 0;
      return fitting(
          signed ? BigInteger.valueOf(bits) : new BigInteger(Long.toUnsignedString(bits)));
    } else if (value instanceof FlagValue) {
      return value.asLong();
    } else if (value instanceof ListValue list && notation.flags()) {
      long sum = 0;
      for (Value flag : list.asList()) {
        sum |= number(flag);
      }
      return sum;
    } else if (value instanceof TextValue || value instanceof BytesValue) {
      return number(value.asText());
    }
    throw new InvalidValueException("a number is wanted, not " + Values.describe(value));
  }

  private long number(String text) {
    return notation
        .number(text)
        .or(() -> Numbers.parseBig(text).map(this::fitting))
        .or(() -> address(text))
        .orElseThrow(() -> new InvalidValueException(Names.unknown("value", text, notation)));
  }

  private Optional<Long> address(String text) {
    if (notation.hint() != Hint.IPV4 && notation.hint() != Hint.IPV4_OR_V6) {
      return Optional.empty();
    }
    return Addresses.parse(text, Hint.IPV4)
        .filter(bytes -> bytes.length == 4)
        .map(bytes -> ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL);
  }

  private long fitting(BigInteger number) {
    int bits = width == Width.UINT || width == Width.SINT ? Long.SIZE : Byte.SIZE * length();
    boolean fits =
        width.isSigned()
            ? number.bitLength() < bits
            : number.signum() >= 0 && number.bitLength() <= bits;
    if (!fits) {
      throw new InvalidValueException(
          number
              + " is no "
              + (width.isSigned() ? "" : "un")
              + "signed number of "
              + bits
              + " bits");
    }
    return number.longValue();
  }
}
