package dev.jgenl.spec.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes a {@link ModelFile}; {@link ModelReader} is its mirror. */
final class ModelWriter {

  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 14);

  byte[] toBytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream(body.size() << 1);
    file.writeBytes(Arrays.copyOf(ModelFile.MARK, ModelFile.BODY));
    number(file, strings.size());
    for (String string : strings.keySet()) {
      byte[] bytes = string.getBytes(UTF_8);
      boolean ascii = bytes.length == string.length();
      number(file, ((long) bytes.length << 1) | (ascii ? 0 : 1));
      file.writeBytes(bytes);
    }
    file.writeBytes(body.toByteArray());
    byte[] bytes = file.toByteArray();
    ByteBuffer.wrap(bytes).putInt(ModelFile.MARK.length, ModelFile.checksum(bytes));
    return bytes;
  }

  void family(Family family) {
    string(family.name());
    string(family.doc());
    protocol(family.protocol());
    provenance(family.provenance());
    part(family.definitions(), this::definition);
    part(family.sets(), this::set);
    part(family.subMessages(), this::subMessage);
    list(family.operations(), this::operation);
    list(family.groups(), this::group);
  }

  private void protocol(Protocol protocol) {
    if (protocol instanceof Protocol.Generic generic) {
      number(ModelTags.GENERIC);
      string(generic.family());
      number(generic.version());
    } else if (protocol instanceof Protocol.Raw raw) {
      number(ModelTags.RAW);
      number(raw.number());
    }
  }

  private void provenance(Provenance provenance) {
    string(provenance.file());
    string(provenance.sha256());
    string(provenance.licence());
    list(provenance.corrections(), this::string);
  }

  private void definition(Definition definition) {
    if (definition instanceof Definition.Constant constant) {
      head(ModelTags.CONSTANT, definition);
      string(constant.cName());
      signed(constant.value());
    } else if (definition instanceof Definition.Text text) {
      head(ModelTags.TEXT_CONSTANT, definition);
      string(text.cName());
      string(text.value());
    } else if (definition instanceof Definition.Enumeration enumeration) {
      head(ModelTags.ENUMERATION, definition);
      flag(enumeration.flags());
      part(enumeration.entries(), this::entry);
    } else if (definition instanceof Definition.Struct struct) {
      head(ModelTags.STRUCT, definition);
      string(struct.cName());
      number(struct.size());
      part(struct.members(), this::member);
    }
  }

  private void head(int tag, Definition definition) {
    number(tag);
    string(definition.name());
    string(definition.doc());
  }

  private void entry(Definition.Entry entry) {
    string(entry.name());
    signed(entry.value());
    string(entry.doc());
    string(entry.cName());
  }

  private void member(Definition.Member member) {
    string(member.name());
    number(member.offset());
    number(member.length());
    type(member.type());
    number(member.hint().ordinal());
    string(member.doc());
  }

  private void set(AttributeSet set) {
    string(set.name());
    string(set.doc());
    optional(set.subsetOf());
    part(set.attributes(), this::attribute);
  }

  private void attribute(Attribute attribute) {
    string(attribute.name());
    number(attribute.id());
    type(attribute.type());
    flag(attribute.repeated());
    checks(attribute.checks());
    number(attribute.hint().ordinal());
    string(attribute.doc());
    string(attribute.cName());
  }

  private void type(Type type) {
    if (type instanceof Type.Scalar scalar) {
      number(ModelTags.SCALAR);
      scalar(scalar);
    } else if (type instanceof Type.Flag) {
      number(ModelTags.FLAG);
    } else if (type instanceof Type.Text) {
      number(ModelTags.TEXT);
    } else if (type instanceof Type.Binary binary) {
      number(ModelTags.BINARY);
      optional(binary.length());
    } else if (type instanceof Type.Bitfield bitfield) {
      number(ModelTags.BITFIELD);
      names(bitfield.names());
    } else if (type instanceof Type.Pad pad) {
      number(ModelTags.PAD);
      number(pad.length());
    } else if (type instanceof Type.Unused) {
      number(ModelTags.UNUSED);
    } else if (type instanceof Type.StructValue value) {
      number(ModelTags.STRUCT_VALUE);
      string(value.struct());
    } else if (type instanceof Type.StructArray array) {
      number(ModelTags.STRUCT_ARRAY);
      string(array.struct());
    } else if (type instanceof Type.ScalarArray array) {
      number(ModelTags.SCALAR_ARRAY);
      scalar(array.element());
    } else if (type instanceof Type.Nest nest) {
      number(ModelTags.NEST);
      string(nest.set());
      flag(nest.ordered());
      flag(nest.ambiguous());
    } else if (type instanceof Type.IndexedArray array) {
      number(ModelTags.INDEXED_ARRAY);
      number(array.base());
      type(array.element());
    } else if (type instanceof Type.TypeValue value) {
      number(ModelTags.TYPE_VALUE);
      list(value.levels(), this::string);
      type(value.element());
    } else if (type instanceof Type.Selected selected) {
      number(ModelTags.SELECTED);
      string(selected.subMessage());
      string(selected.selector());
    }
  }

  private void scalar(Type.Scalar scalar) {
    number(scalar.width().ordinal());
    flag(scalar.bigEndian());
    names(scalar.names());
  }

  private void names(Optional<Type.EnumUse> names) {
    optional(names.map(Type.EnumUse::enumeration));
    if (names.isPresent()) {
      flag(names.get().flags());
    }
  }

  private void checks(Checks checks) {
    number(
        (checks.min().isPresent() ? ModelTags.MIN : 0)
            | (checks.max().isPresent() ? ModelTags.MAX : 0)
            | (checks.minLength().isPresent() ? ModelTags.MIN_LENGTH : 0)
            | (checks.maxLength().isPresent() ? ModelTags.MAX_LENGTH : 0)
            | (checks.exactLength().isPresent() ? ModelTags.EXACT_LENGTH : 0)
            | (checks.unterminated() ? ModelTags.UNTERMINATED : 0));
    bound(checks.min());
    bound(checks.max());
    length(checks.minLength());
    length(checks.maxLength());
    length(checks.exactLength());
  }

  private void bound(OptionalLong bound) {
    if (bound.isPresent()) {
      signed(bound.getAsLong());
    }
  }

  private void length(OptionalInt length) {
    if (length.isPresent()) {
      number(length.getAsInt());
    }
  }

  private void subMessage(SubMessage subMessage) {
    string(subMessage.name());
    list(
        subMessage.formats(),
        format -> {
          string(format.value());
          optional(format.header());
          optional(format.set());
        });
  }

  private void operation(Operation operation) {
    string(operation.name());
    string(operation.doc());
    optional(operation.set());
    optional(operation.header());
    call(operation.doCall());
    call(operation.dump());
    layout(operation.event());
    optional(operation.notifies());
    optional(operation.group());
    int privileges = 0;
    for (Operation.Privilege privilege : operation.privileges()) {
      privileges |= 1 << privilege.ordinal();
    }
    number(privileges);
    continuation(operation.continuation());
    string(operation.cName());
  }

  private void call(Optional<Call> call) {
    flag(call.isPresent());
    if (call.isPresent()) {
      layout(call.get().request());
      layout(call.get().reply());
    }
  }

  private void layout(Optional<Layout> layout) {
    flag(layout.isPresent());
    layout.ifPresent(this::layout);
  }

  private void layout(Layout layout) {
    number(layout.id());
    part(layout.attributes(), this::string);
  }

  private void continuation(Optional<Continuation> continuation) {
    flag(continuation.isPresent());
    if (continuation.isPresent()) {
      list(continuation.get().key(), this::string);
      // A map of List.copyOf's kind has another order in each JVM.
      Map<String, Continuation.Element> elements = new TreeMap<>(continuation.get().elements());
      number(elements.size());
      elements.forEach(
          (array, element) -> {
            string(array);
            string(element.key());
            kept(new TreeMap<>(element.kept()));
          });
    }
  }

  private void kept(SortedMap<String, List<String>> kept) {
    number(kept.size());
    kept.forEach(
        (attribute, bits) -> {
          string(attribute);
          list(bits, this::string);
        });
  }

  private void group(Group group) {
    string(group.name());
    optional(group.id());
  }

  private <T> void list(List<T> list, Consumer<? super T> element) {
    number(list.size());
    list.forEach(element);
  }

  /** A list that may be passed over: {@link ModelList}. */
  private <T> void part(List<T> list, Consumer<? super T> element) {
    ByteArrayOutputStream whole = body;
    body = new ByteArrayOutputStream();
    list(list, element);
    byte[] part = body.toByteArray();
    body = whole;
    number(part.length);
    body.writeBytes(part);
  }

  private void optional(Optional<String> string) {
    if (string.isPresent()) {
      number(index(string.get()) + 1);
    } else {
      number(0);
    }
  }

  private void optional(OptionalInt number) {
    flag(number.isPresent());
    if (number.isPresent()) {
      number(number.getAsInt());
    }
  }

  private void string(String string) {
    number(index(string));
  }

  private int index(String string) {
    Integer index = strings.putIfAbsent(string, strings.size());
    return index == null ? strings.size() - 1 : index;
  }

  private void flag(boolean flag) {
    number(flag ? 1 : 0);
  }

  /** Small numbers of either sign in few bytes: the sign is the last bit. */
  private void signed(long number) {
    number(body, (number << 1) ^ (number >> 63));
  }

  private void number(int number) {
    number(body, Integer.toUnsignedLong(number));
  }

  /** Seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
  private static void number(ByteArrayOutputStream out, long number) {
    long rest = number;
    while (rest >>> 7 != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
