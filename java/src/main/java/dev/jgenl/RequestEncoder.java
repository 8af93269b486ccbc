package dev.jgenl;

import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.MessageWriter;

/** Writes requests. */
final class RequestEncoder {

  private RequestEncoder() {}

  /**
   * Writes a request behind what the writer holds.
   *
   * @param family the family as it is now: its number may have changed since the request was made
   * @param flags the flags beside those of the request
   */
  static void encode(
      MessageWriter writer, GenlRequest request, GenlFamily family, int flags, int sequence) {
    AttributeWriter attributes =
        writer.begin(
            family.id(), request.flags() | flags, sequence, 0, request.command(), family.version());
    if (request.header().size() != family.headerSize()) {
      throw new IllegalArgumentException(
          "header of "
              + request.header().size()
              + " bytes for family "
              + family.name()
              + ", which has one of "
              + family.headerSize());
    }
    if (family.headerSize() > 0) {
      writer.putFamilyHeader(request.header());
    }
    request.attributes().accept(attributes);
    writer.end();
  }
}
