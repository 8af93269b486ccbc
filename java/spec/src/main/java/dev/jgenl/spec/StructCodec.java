package dev.jgenl.spec;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A struct. One that is shorter than the spec says, of an older kernel, lacks its last members, or
 * the room behind a text; of a longer one, of a newer kernel, what is behind them is left out. It
 * is sent in its own size, and what has no value is 0.
 */
final class StructCodec extends AttributeCodec {

  /**
   * A member that is not mere filling: a number, a struct, bytes, text, or last the structs that
   * follow.
   */
  record Member(String name, int offset, int length, AttributeCodec codec) {}

  private final int size;
  private final List<Member> members;
  private final Shape shape;
  private final ByteOrder order;

  StructCodec(int size, List<Member> members, ByteOrder order) {
    this.size = size;
    this.members = members;
    this.order = order;
    shape = Shape.of(members.stream().map(Member::name).toList());
  }

  int size() {
    return size;
  }

  /** Tells whether the first member is a family of addresses, as in many a fixed header. */
  boolean beginsWithFamily() {
    return !members.isEmpty()
        && members.get(0).offset == 0
        && members.get(0).length == 1
        && members.get(0).name.endsWith("family");
  }

  Shape shape() {
    return shape;
  }

  @Override
  boolean takesBytes() {
    return true;
  }

  @Override
  void write(AttributeWriter writer, int id, Value value, Scope scope) {
    writer.putBytes(id, bytes(value));
  }

  /** Returns the struct that a value describes, or is. */
  byte[] bytes(Value value) {
    ByteBuffer struct = ByteBuffer.allocate(size + lengthBehind(value)).order(order);
    put(struct, 0, value);
    return struct.array();
  }

  /** Returns how long the structs are that follow. */
  int lengthBehind(Value value) {
    int length = 0;
    for (Member member : members) {
      if (member.codec instanceof Array array) {
        length = value.find(member.name).map(array::length).orElse(0);
      }
    }
    return length;
  }

  private void put(ByteBuffer buffer, int start, Value value) {
    if (value instanceof NestValue nest) {
      for (String name : nest.names()) {
        if (shape.slot(name) < 0) {
          throw new InvalidValueException(Names.unknown("member", name, shape.names()))
              .within(name);
        }
      }
      put(buffer, start, nest, shape);
    } else {
      byte[] bytes = BytesCodec.ANY.bytes(value);
      if (bytes.length != size) {
        throw new InvalidValueException(size + " bytes are wanted, not " + bytes.length);
      }
      buffer.put(start, bytes);
    }
  }

  /** Takes the members from a nest that may have other names too, as the shape calls them. */
  void put(ByteBuffer buffer, int start, NestValue nest, Shape names) {
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      String name = names.name(i);
      Value value = nest.find(name).orElse(null);
      if (value != null) {
        try {
          put(buffer, start + member.offset, member, value);
        } catch (InvalidValueException e) {
          throw e.within(name);
        }
      }
    }
  }

  private static void put(ByteBuffer buffer, int at, Member member, Value value) {
    if (member.codec instanceof ScalarCodec scalar) {
      scalar.put(buffer, at, value);
    } else if (member.codec instanceof StructCodec struct) {
      struct.put(buffer, at, value);
    } else if (member.codec instanceof Array array) {
      array.put(buffer, at, value);
    } else if (member.codec instanceof TextCodec text) {
      text.put(buffer, at, member.length, value);
    } else if (member.codec instanceof BytesCodec bytes) {
      byte[] source = bytes.bytes(value);
      if (source.length > member.length) {
        throw new InvalidValueException(
            "at most " + member.length + " bytes are wanted, not " + source.length);
      }
      buffer.put(at, source);
    }
  }

  @Override
  Value read(Attribute attribute, Scope scope) {
    if (attribute.length() < NestCodec.UNREAD_MIN) {
      return read(attribute.payload(), 0);
    }
    byte[] bytes = attribute.bytes();
    return NestValue.of(shape, () -> read(ByteBuffer.wrap(bytes).order(order), 0));
  }

  private NestValue read(ByteBuffer buffer, int start) {
    NestValue nest = NestValue.of(shape);
    read(buffer, start, nest);
    return nest;
  }

  /** Reads what there is of a struct into the first slots of a nest. */
  void read(ByteBuffer buffer, int start, NestValue nest) {
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      int at = start + member.offset;
      int missing = at + member.length - buffer.limit();
      if (missing > 0 && !(member.codec instanceof TextCodec && missing < member.length)) {
        return;
      }
      nest.set(i, get(buffer, at, member));
    }
  }

  private static Value get(ByteBuffer buffer, int at, Member member) {
    if (member.codec instanceof ScalarCodec scalar) {
      return scalar.get(buffer, at);
    } else if (member.codec instanceof StructCodec struct) {
      return struct.read(buffer, at);
    } else if (member.codec instanceof Array array) {
      return array.get(buffer, at);
    } else if (member.codec instanceof TextCodec text) {
      return text.get(buffer, at, Math.min(member.length, buffer.limit() - at));
    }
    byte[] bytes = new byte[member.length];
    buffer.get(at, bytes);
    return ((BytesCodec) member.codec).value(bytes);
  }

  /** Structs, one behind the other. */
  static final class Array extends AttributeCodec {

    private final StructCodec element;

    Array(StructCodec element) {
      this.element = element;
    }

    @Override
    void write(AttributeWriter writer, int id, Value value, Scope scope) {
      ByteBuffer structs = ByteBuffer.allocate(length(value)).order(element.order);
      put(structs, 0, value);
      writer.putBytes(id, structs.array());
    }

    int length(Value value) {
      return value.asList().size() * element.size;
    }

    void put(ByteBuffer buffer, int start, Value value) {
      List<Value> elements = value.asList();
      for (int i = 0; i < elements.size(); i++) {
        try {
          element.put(buffer, start + i * element.size, elements.get(i));
        } catch (InvalidValueException e) {
          throw e.within("[" + i + "]");
        }
      }
    }

    @Override
    Value read(Attribute attribute, Scope scope) {
      return attribute.length() % element.size == 0
          ? get(attribute.payload(), 0)
          : new BytesValue(attribute.bytes(), Hint.NONE);
    }

    /** Reads as many as there are whole. */
    ListValue get(ByteBuffer buffer, int start) {
      List<Value> elements = new ArrayList<>();
      for (int at = start; at + element.size <= buffer.limit(); at += element.size) {
        elements.add(element.read(buffer, at));
      }
      return new ListValue(elements, null);
    }
  }
}
