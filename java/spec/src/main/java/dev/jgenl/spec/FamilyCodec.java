package dev.jgenl.spec;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Links what the model of a family says, so that a message is read without looking up a name. What
 * no message needed yet is not linked. Not safe to share between threads; what it returns is.
 */
final class FamilyCodec {

  private final ByteOrder order;
  private final Map<String, Definition> definitions = new HashMap<>();
  private final Map<String, AttributeSet> sets = new HashMap<>();
  private final Map<String, SubMessage> subMessages = new HashMap<>();
  private final Map<String, NestCodec> nests = new HashMap<>();
  private final Map<String, StructCodec> structs = new HashMap<>();
  private final Map<String, MessageCodec> messages = new HashMap<>();

  FamilyCodec(Family family, ByteOrder order) {
    this.order = order;
    for (Definition definition : family.definitions()) {
      definitions.put(definition.name(), definition);
    }
    for (AttributeSet set : family.sets()) {
      sets.put(set.name(), set);
    }
    for (SubMessage subMessage : family.subMessages()) {
      subMessages.put(subMessage.name(), subMessage);
    }
  }

  MessageCodec message(Optional<String> header, Optional<String> set) {
    String key = header.orElse("") + " " + set.orElse("");
    MessageCodec message = messages.get(key);
    if (message == null) {
      message =
          new MessageCodec(
              header.orElse(null),
              header.isPresent() ? struct(header.get()) : null,
              set.isPresent() ? nest(set.get()) : new NestCodec());
      messages.put(key, message);
    }
    return message;
  }

  private NestCodec nest(String set) {
    NestCodec known = nests.get(set);
    if (known != null) {
      return known;
    }
    NestCodec nest = new NestCodec();
    // Before it is filled: it may hold itself.
    nests.put(set, nest);
    List<NestCodec.Entry> entries = new ArrayList<>();
    for (Attribute a : require(sets, set).attributes()) {
      if (!(a.type() instanceof Type.Unused)) {
        entries.add(
            new NestCodec.Entry(a.name(), a.id(), attribute(a.type(), a.hint()), a.repeated()));
      }
    }
    nest.fill(entries);
    return nest;
  }

  private AttributeCodec attribute(Type type, Hint hint) {
    if (type instanceof Type.Scalar scalar) {
      return scalar(scalar, hint);
    } else if (type instanceof Type.Text) {
      return TextCodec.INSTANCE;
    } else if (type instanceof Type.Flag) {
      return FlagCodec.INSTANCE;
    } else if (type instanceof Type.Binary binary) {
      return new BytesCodec(hint, binary.length());
    } else if (type instanceof Type.Bitfield bitfield) {
      return new BitfieldCodec(notation(false, bitfield.names(), hint));
    } else if (type instanceof Type.Nest nest) {
      return nest.ordered()
          ? new NestCodec.Ordered(nest(nest.set()))
          : new NestCodec.Holder(nest(nest.set()));
    } else if (type instanceof Type.StructValue struct) {
      return struct(struct.struct());
    } else if (type instanceof Type.StructArray array) {
      return new StructCodec.Array(struct(array.struct()));
    } else if (type instanceof Type.ScalarArray array) {
      return new ScalarArrayCodec(scalar(array.element(), hint), order);
    } else if (type instanceof Type.IndexedArray array) {
      return new IndexedArrayCodec(attribute(array.element(), hint), array.base());
    } else if (type instanceof Type.TypeValue value) {
      return new TypeValueCodec(value.levels(), attribute(value.element(), hint));
    } else if (type instanceof Type.Selected selected) {
      return selected(selected);
    }
    return NoneCodec.INSTANCE;
  }

  private ScalarCodec scalar(Type.Scalar scalar, Hint hint) {
    return new ScalarCodec(
        scalar.width(),
        scalar.bigEndian(),
        notation(scalar.width().isSigned(), scalar.names(), hint));
  }

  private Notation notation(boolean signed, Optional<Type.EnumUse> use, Hint hint) {
    if (use.isEmpty() && hint == Hint.NONE) {
      return signed ? Notation.SIGNED : Notation.UNSIGNED;
    }
    if (use.isEmpty()) {
      return new Notation(signed, null, false, hint);
    }
    Enumeration names = (Enumeration) require(definitions, use.get().enumeration());
    return new Notation(signed, names, use.get().flags(), hint);
  }

  private StructCodec struct(String name) {
    StructCodec known = structs.get(name);
    if (known != null) {
      return known;
    }
    Struct struct = (Struct) require(definitions, name);
    List<StructCodec.Member> members = new ArrayList<>();
    for (Definition.Member m : struct.members()) {
      if (!(m.type() instanceof Type.Pad)) {
        members.add(
            new StructCodec.Member(m.name(), m.offset(), m.length(), member(m.type(), m.hint())));
      }
    }
    StructCodec codec = new StructCodec(struct.size(), List.copyOf(members), order);
    structs.put(name, codec);
    return codec;
  }

  /** Bytes of a member may be fewer than it has room for. */
  private AttributeCodec member(Type type, Hint hint) {
    return type instanceof Type.Binary
        ? new BytesCodec(hint, OptionalInt.empty())
        : attribute(type, hint);
  }

  private AttributeCodec selected(Type.Selected selected) {
    Map<String, MessageCodec> formats = new LinkedHashMap<>();
    for (SubMessage.Format f : require(subMessages, selected.subMessage()).formats()) {
      formats.put(f.value(), message(f.header(), f.set()));
    }
    // The selector may stand in a nest around, of whatever set.
    for (AttributeSet set : sets.values()) {
      for (Attribute a : set.attributes()) {
        if (a.name().equals(selected.selector())
            && a.type() instanceof Type.Scalar scalar
            && scalar.names().isPresent()) {
          addNumbers(formats, scalar.names().get());
        }
      }
    }
    return new MessageCodec.Selected(selected.selector(), formats, order);
  }

  /** A selector may be a number that has a name, and be given as either. */
  private void addNumbers(Map<String, MessageCodec> formats, Type.EnumUse use) {
    for (Definition.Entry entry :
        ((Enumeration) require(definitions, use.enumeration())).entries()) {
      MessageCodec format = formats.get(entry.name());
      if (format != null) {
        formats.putIfAbsent(Long.toString(entry.value()), format);
      }
    }
  }

  private static <T> T require(Map<String, T> map, String name) {
    T found = map.get(name);
    if (found == null) {
      throw new IllegalStateException("the model refers to '" + name + "', which it does not have");
    }
    return found;
  }
}
