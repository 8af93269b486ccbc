package dev.jgenl.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Reads whatever the bytes are, in every way that there is, and counts what it comes to. */
final class EveryWay {

  private static final List<Consumer<Attribute>> GETTERS =
      List.of(
          Attribute::u8,
          Attribute::u16,
          Attribute::u32,
          Attribute::u64,
          Attribute::s8,
          Attribute::s16,
          Attribute::s32,
          Attribute::s64,
          Attribute::uint,
          Attribute::sint,
          Attribute::u16Be,
          Attribute::u32Be,
          Attribute::u64Be,
          Attribute::bitfield32,
          Attribute::string,
          Attribute::bytes,
          Attribute::payload,
          Attribute::inetAddress,
          Attribute::macAddress,
          Attribute::u16s,
          Attribute::u32s,
          Attribute::u64s,
          Attribute::s16s,
          Attribute::s32s,
          Attribute::toString);

  private static final List<ObjIntConsumer<Attributes>> FINDERS =
      List.of(
          Attributes::find,
          Attributes::get,
          Attributes::all,
          Attributes::has,
          Attributes::findU8,
          Attributes::findU16,
          Attributes::findU32,
          Attributes::findU64,
          Attributes::findS8,
          Attributes::findS16,
          Attributes::findS32,
          Attributes::findS64,
          Attributes::findUint,
          Attributes::findSint,
          Attributes::findU16Be,
          Attributes::findU32Be,
          Attributes::findU64Be,
          Attributes::findBitfield32,
          Attributes::findString,
          Attributes::findBytes,
          Attributes::findInetAddress,
          Attributes::findMacAddress,
          Attributes::findNested);

  /** Any payload is read as attributes; of large ones that would take for ever. */
  private static final int DEPTH_MAX = 16;

  private int messages;
  private int attributes;
  private int malformed;

  /** Returns how many messages were whole. */
  int messages() {
    return messages;
  }

  /** Returns how many attributes were. */
  int attributes() {
    return attributes;
  }

  /** Returns how often something was malformed. */
  int malformed() {
    return malformed;
  }

  /**
   * Reads all of a datagram, which may be anything.
   *
   * @throws AssertionError if that does not end, or shows what a terminal would obey
   */
  void read(ByteBuffer datagram) {
    MessageReader reader = new MessageReader().read(datagram, 0, datagram.limit());
    unlessMalformed(
        () -> {
          int bound = datagram.limit() / NetlinkConstants.NLMSG_HDRLEN;
          while (reader.next()) {
            requireRoom(bound--, "messages");
            messages++;
            readMessage(reader);
          }
        });
  }

  private void readMessage(MessageReader reader) {
    unlessMalformed(reader::error);
    unlessMalformed(reader::requireGenericHeader);
    int start = Math.min(reader.start() + 20, reader.end());
    Attributes attributes = Attributes.of(reader.buffer(), start, reader.end());
    readAttributes(attributes, reader.end() - start, 0);
    String text = attributes.toString();
    if (!text.lines().allMatch(EveryWay::isPrintable)) {
      throw new AssertionError("a terminal would obey: " + text);
    }
  }

  /** Backslashes are of what was escaped. */
  private static boolean isPrintable(String line) {
    return Printable.escape(line).replace("\\\\", "\\").equals(line);
  }

  private void readAttributes(Attributes attributes, int length, int depth) {
    int wanted = this.attributes % 4;
    for (ObjIntConsumer<Attributes> finder : FINDERS) {
      unlessMalformed(() -> finder.accept(attributes, wanted));
    }
    unlessMalformed(
        () -> {
          int bound = length / NetlinkConstants.NLA_HDRLEN;
          for (Attribute attribute : attributes) {
            requireRoom(bound--, "attributes");
            Consumer<Attribute> getter = GETTERS.get(this.attributes++ % GETTERS.size());
            unlessMalformed(() -> getter.accept(attribute));
            if (depth < DEPTH_MAX) {
              readAttributes(attribute.nested(), attribute.length(), depth + 1);
            }
          }
        });
  }

  /** Not an assertion of AssertJ: there are millions. */
  private static void requireRoom(int left, String what) {
    if (left == 0) {
      throw new AssertionError("more " + what + " than there is room for");
    }
  }

  private void unlessMalformed(Runnable read) {
    try {
      read.run();
    } catch (MalformedMessageException expected) {
      malformed++;
    }
  }
}
