package dev.jgenl.spec.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The bytes of a {@link ModelFile} as numbers and strings; nothing is read beyond their end. */
final class ModelInput {

  private final byte[] bytes;
  private final int end;

  /** Where the strings are, each behind its length. */
  private final int[] places;

  /** Those that somebody asked for; of two threads that make the same, either's will do. */
  private final String[] strings;

  private int position;

  /**
   * Begins to read a file.
   *
   * @param bytes which nobody changes
   */
  ModelInput(byte[] bytes) throws IOException {
    this.bytes = bytes;
    end = bytes.length;
    requireForm();
    requireChecksum();
    places = new int[count()];
    strings = new String[places.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = position;
      skip(number() >>> 1);
    }
  }

  private ModelInput(ModelInput file, int start, int end) {
    bytes = file.bytes;
    places = file.places;
    strings = file.strings;
    position = start;
    this.end = end;
  }

  private void requireForm() throws IOException {
    int version = ModelFile.MARK.length - 1;
    if (bytes.length < ModelFile.MARK.length
        || !Arrays.equals(bytes, 0, version, ModelFile.MARK, 0, version)) {
      throw new IOException("not a model of a family: it does not begin as one");
    }
    if (bytes[version] != ModelFile.MARK[version]) {
      throw new IOException(
          "the model has the form of another version of jgenl, "
              + (bytes[version] & 0xff)
              + " for "
              + ModelFile.MARK[version]
              + ": use jgenl-families and jgenl-spec of one version");
    }
  }

  private void requireChecksum() throws IOException {
    position = ModelFile.BODY;
    if (end < position
        || ByteBuffer.wrap(bytes).getInt(ModelFile.MARK.length) != ModelFile.checksum(bytes)) {
      throw corrupt("its checksum is wrong");
    }
  }

  /** The number of things that follow, each of which takes at least a byte. */
  int count() throws IOException {
    int count = number();
    if (count > end - position) {
      throw corrupt("more than there is: " + count);
    }
    return count;
  }

  /** Passes over a part, and returns what reads it. */
  ModelInput part() throws IOException {
    int length = number();
    int start = position;
    skip(length);
    return new ModelInput(this, start, position);
  }

  /** Returns what reads the same from here on. */
  ModelInput copy() {
    return new ModelInput(this, position, end);
  }

  private void skip(int length) throws IOException {
    if (length > end - position) {
      throw corrupt("a part of " + length + " bytes");
    }
    position += length;
  }

  int number() throws IOException {
    long number = varint();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw corrupt("number " + Long.toUnsignedString(number));
    }
    return (int) number;
  }

  long signed() throws IOException {
    long number = varint();
    return (number >>> 1) ^ -(number & 1);
  }

  private long varint() throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (position == end) {
        throw corrupt("end");
      }
      int next = bytes[position++];
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw corrupt("number without end");
  }

  boolean flag() throws IOException {
    return number() != 0;
  }

  String string() throws IOException {
    return string(number());
  }

  private String string(int index) throws IOException {
    if (index >= strings.length) {
      throw corrupt("string " + index + " of " + strings.length);
    }
    String known = strings[index];
    if (known == null) {
      known = new ModelInput(this, places[index], bytes.length).text();
      strings[index] = known;
    }
    return known;
  }

  private String text() throws IOException {
    int number = number();
    // ASCII need not be looked at byte by byte, which takes a while when a program starts.
    return new String(bytes, position, number >>> 1, (number & 1) == 0 ? ISO_8859_1 : UTF_8);
  }

  List<String> strings() throws IOException {
    int count = count();
    List<String> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(string());
    }
    return list;
  }

  Optional<String> optionalString() throws IOException {
    int index = number();
    return index == 0 ? Optional.empty() : Optional.of(string(index - 1));
  }

  OptionalInt optionalNumber() throws IOException {
    return flag() ? OptionalInt.of(number()) : OptionalInt.empty();
  }

  OptionalInt numberIf(boolean present) throws IOException {
    return present ? OptionalInt.of(number()) : OptionalInt.empty();
  }

  OptionalLong signedIf(boolean present) throws IOException {
    return present ? OptionalLong.of(signed()) : OptionalLong.empty();
  }

  <T> T one(T[] of) throws IOException {
    int index = number();
    if (index >= of.length) {
      throw corrupt("kind " + index + " of " + of.length);
    }
    return of[index];
  }

  void end() throws IOException {
    if (position != end) {
      throw corrupt("what follows its end");
    }
  }

  IOException corrupt(String what) {
    return new IOException("the model is corrupt: " + what + ", before byte " + position);
  }
}
