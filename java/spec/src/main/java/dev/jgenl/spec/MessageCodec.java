package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A struct and the attributes behind it, each of which there need not be: of a message, or of what
 * a selector selects. The members of the struct stand beside the attributes; one that is called as
 * an attribute is has the name of the struct and a point in front.
 */
final class MessageCodec {

  /** The names of all, those of the members first, and of the members alone. */
  private record Parts(Shape all, Collection<String> members) {}

  private static final byte[] NO_STRUCT = {};

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private final @Nullable String headerName;
  private final @Nullable StructCodec header;
  private final NestCodec nest;

  /** Not before the set is filled; whoever makes it makes the same. */
  private @Nullable Parts parts;

  MessageCodec(@Nullable String headerName, @Nullable StructCodec header, NestCodec nest) {
    this.headerName = headerName;
    this.header = header;
    this.nest = nest;
  }

  private Parts parts() {
    Parts known = parts;
    if (known == null) {
      known = makeParts();
      parts = known;
    }
    return known;
  }

  private Parts makeParts() {
    if (header == null) {
      return new Parts(nest.shape(), List.of());
    }
    List<String> all = new ArrayList<>();
    for (String member : header.shape().names()) {
      all.add(nest.shape().slot(member) < 0 ? member : headerName + "." + member);
    }
    Set<String> members = Set.copyOf(all);
    all.addAll(nest.shape().names());
    return new Parts(Shape.of(all), members);
  }

  /** Returns the length of the struct, 0 if there is none. */
  int headerLength() {
    return header == null ? 0 : header.size();
  }

  /** Returns the struct; no bytes if there is none. */
  byte[] header(NestValue value, ByteOrder order) {
    if (header == null) {
      return NO_STRUCT;
    }
    ByteBuffer struct =
        ByteBuffer.allocate(header.size() + header.lengthBehind(value)).order(order);
    header.put(struct, 0, value, parts().all);
    if (header.beginsWithFamily()) {
      requireFamily(value, struct.get(0));
    }
    return struct.array();
  }

  /** The kernel takes as many bytes of an address as its family has, and ignores the others. */
  private void requireFamily(NestValue value, int family) {
    String says = "is wanted, as " + parts().all.name(0) + " says";
    if (family == AF_INET) {
      nest.requireAddresses(value, 4, "an address of IPv4 " + says);
    } else if (family == AF_INET6) {
      nest.requireAddresses(value, 16, "an address of IPv6 " + says);
    }
  }

  void writeAttributes(AttributeWriter writer, NestValue value, @Nullable Scope outer) {
    nest.write(writer, value, outer, parts().members);
  }

  /** Reads both. */
  NestValue read(ByteBuffer struct, Attributes attributes, @Nullable Scope outer) {
    NestValue value = NestValue.of(parts().all);
    if (header != null) {
      header.read(struct, 0, value);
    }
    nest.read(attributes, value, parts().members.size(), outer);
    return value;
  }

  /** Reads struct and attributes, or as much as there is. */
  NestValue read(ByteBuffer bytes, @Nullable Scope outer) {
    int start = align(headerLength());
    boolean hasAttributes = nest.shape().size() > 0 && start < bytes.limit();
    return read(
        bytes,
        hasAttributes ? Attributes.of(bytes, start, bytes.limit()) : Attributes.none(),
        outer);
  }

  AttributeCodec.Level level(Value value) {
    return nest.level(value, null);
  }

  AttributeCodec.Level level(@Nullable Value value, Scope outer) {
    return nest.level(value, outer);
  }

  /** What an attribute holds whose layout another one selects. */
  static final class Selected extends AttributeCodec {

    private final String selector;
    private final Map<String, MessageCodec> formats;
    private final ByteOrder order;

    /** The formats are by the value of the selector. */
    Selected(String selector, Map<String, MessageCodec> formats, ByteOrder order) {
      this.selector = selector;
      this.formats = formats;
      this.order = order;
    }

    @Override
    boolean isSelected() {
      return true;
    }

    private @Nullable MessageCodec format(Scope scope) {
      Value value = scope.find(selector);
      if (value == null || value instanceof NestValue || value instanceof ListValue) {
        return null;
      }
      MessageCodec format = formats.get(value.asText());
      return format != null || !(value instanceof NumberValue)
          ? format
          : formats.get(Long.toString(value.asLong()));
    }

    @Override
    void write(AttributeWriter writer, int id, Value value, Scope scope) {
      MessageCodec format = format(scope);
      if (format == null && value instanceof TextValue && scope.find(selector) != null) {
        writer.putBytes(id, BytesCodec.ANY.bytes(value));
        return;
      }
      if (format == null) {
        throw new InvalidValueException(why(scope));
      }
      if (!(value instanceof NestValue within)) {
        throw new InvalidValueException("names are wanted, not " + Values.describe(value));
      }
      if (format.header == null) {
        writer.putNested(id, w -> format.writeAttributes(w, within, scope));
      } else {
        writer.putBytes(id, format.bytes(within, scope, order));
      }
    }

    private String why(Scope scope) {
      Value value = scope.find(selector);
      return value == null
          ? "it needs '" + selector + "' beside it, which says what it holds"
          : Names.unknown(selector, value.asText(), List.copyOf(formats.keySet()));
    }

    @Override
    Value read(Attribute attribute, Scope scope) {
      MessageCodec format = format(scope);
      if (format == null || format.parts().all.size() == 0) {
        return attribute.length() == 0
            ? NestValue.of(Map.of())
            : new BytesValue(attribute.bytes(), Hint.NONE);
      }
      return format.header == null
          ? format.nest.read(attribute, scope)
          : format.read(attribute.payload(), scope);
    }

    @Override
    @Nullable Level within(@Nullable Value value, Scope scope) {
      MessageCodec format = format(scope);
      return format == null ? null : format.level(value, scope);
    }
  }

  private static int align(int length) {
    return (length + 3) & ~3;
  }

  /** Returns struct and attributes as bytes. */
  byte[] bytes(NestValue value, @Nullable Scope scope, ByteOrder order) {
    MessageWriter writer =
        new MessageWriter(
            ByteBuffer.allocate(512).order(order), n -> ByteBuffer.allocate(n).order(order));
    byte[] struct = header(value, order);
    AttributeWriter attributes = writer.begin(0, 0, 0, 0, struct);
    int start = writer.length();
    writeAttributes(attributes, value, scope);
    if (writer.length() == start) {
      return struct;
    }
    writer.end();
    byte[] bytes = new byte[writer.length() - NetlinkConstants.NLMSG_HDRLEN];
    writer.buffer().get(NetlinkConstants.NLMSG_HDRLEN, bytes);
    return bytes;
  }
}
