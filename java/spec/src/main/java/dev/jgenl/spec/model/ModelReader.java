package dev.jgenl.spec.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a {@link ModelFile}; {@link ModelWriter} is its mirror. */
final class ModelReader {

  /** By their bits. An {@link java.util.EnumSet} costs a program that starts a millisecond. */
  private static final List<Set<Operation.Privilege>> PRIVILEGES =
      List.of(
          Set.of(),
          Set.of(Operation.Privilege.ADMIN),
          Set.of(Operation.Privilege.NAMESPACE_ADMIN),
          Set.of(Operation.Privilege.ADMIN, Operation.Privilege.NAMESPACE_ADMIN));

  private final ModelInput in;
  private final TypeReader types;

  ModelReader(byte[] bytes) throws IOException {
    in = new ModelInput(bytes);
    types = new TypeReader(in);
  }

  Family family() throws IOException {
    Family family =
        new Family(
            in.string(),
            in.string(),
            protocol(),
            new Provenance(in.string(), in.string(), in.string(), in.strings()),
            definitions(),
            sets(),
            subMessages(),
            operations(),
            groups());
    in.end();
    return family;
  }

  private Protocol protocol() throws IOException {
    int tag = in.number();
    if (tag == ModelTags.GENERIC) {
      return new Protocol.Generic(in.string(), in.number());
    }
    if (tag == ModelTags.RAW) {
      return new Protocol.Raw(in.number());
    }
    throw in.corrupt("kind of protocol " + tag);
  }

  private List<Definition> definitions() throws IOException {
    int count = in.count();
    List<Definition> definitions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      definitions.add(definition());
    }
    return definitions;
  }

  private Definition definition() throws IOException {
    int tag = in.number();
    String name = in.string();
    String doc = in.string();
    if (tag == ModelTags.CONSTANT) {
      return new Definition.Constant(name, doc, in.string(), in.signed());
    }
    if (tag == ModelTags.TEXT_CONSTANT) {
      return new Definition.Text(name, doc, in.string(), in.string());
    }
    if (tag == ModelTags.ENUMERATION) {
      return new Definition.Enumeration(name, doc, in.flag(), entries());
    }
    if (tag == ModelTags.STRUCT) {
      return new Definition.Struct(name, doc, in.string(), in.number(), members());
    }
    throw in.corrupt("kind of definition " + tag);
  }

  private List<Definition.Entry> entries() throws IOException {
    int count = in.count();
    List<Definition.Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(new Definition.Entry(in.string(), in.signed(), in.string(), in.string()));
    }
    return entries;
  }

  private List<Definition.Member> members() throws IOException {
    int count = in.count();
    List<Definition.Member> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      members.add(
          new Definition.Member(
              in.string(), in.number(), in.number(), types.type(), types.hint(), in.string()));
    }
    return members;
  }

  private List<AttributeSet> sets() throws IOException {
    int count = in.count();
    List<AttributeSet> sets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sets.add(new AttributeSet(in.string(), in.string(), in.optionalString(), attributes()));
    }
    return sets;
  }

  private List<Attribute> attributes() throws IOException {
    int count = in.count();
    List<Attribute> attributes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      attributes.add(
          new Attribute(
              in.string(),
              in.number(),
              types.type(),
              in.flag(),
              types.checks(),
              types.hint(),
              in.string(),
              in.string()));
    }
    return attributes;
  }

  private List<SubMessage> subMessages() throws IOException {
    int count = in.count();
    List<SubMessage> subMessages = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      subMessages.add(new SubMessage(in.string(), formats()));
    }
    return subMessages;
  }

  private List<SubMessage.Format> formats() throws IOException {
    int count = in.count();
    List<SubMessage.Format> formats = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      formats.add(new SubMessage.Format(in.string(), in.optionalString(), in.optionalString()));
    }
    return formats;
  }

  private List<Operation> operations() throws IOException {
    int count = in.count();
    List<Operation> operations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      operations.add(
          new Operation(
              in.string(),
              in.string(),
              in.optionalString(),
              in.optionalString(),
              call(),
              call(),
              optionalLayout(),
              in.optionalString(),
              in.optionalString(),
              privileges(),
              continuation(),
              in.string()));
    }
    return operations;
  }

  private Optional<Call> call() throws IOException {
    return in.flag() ? Optional.of(new Call(layout(), optionalLayout())) : Optional.empty();
  }

  private Optional<Layout> optionalLayout() throws IOException {
    return in.flag() ? Optional.of(layout()) : Optional.empty();
  }

  private Layout layout() throws IOException {
    return new Layout(in.number(), in.strings());
  }

  private Set<Operation.Privilege> privileges() throws IOException {
    int bits = in.number();
    if (bits >= PRIVILEGES.size()) {
      throw in.corrupt("privileges " + bits);
    }
    return PRIVILEGES.get(bits);
  }

  private Optional<Continuation> continuation() throws IOException {
    if (!in.flag()) {
      return Optional.empty();
    }
    List<String> key = in.strings();
    int count = in.count();
    Map<String, Continuation.Element> elements = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      elements.put(in.string(), new Continuation.Element(in.string(), kept()));
    }
    return Optional.of(new Continuation(key, elements));
  }

  private Map<String, List<String>> kept() throws IOException {
    int count = in.count();
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      kept.put(in.string(), in.strings());
    }
    return kept;
  }

  private List<Group> groups() throws IOException {
    int count = in.count();
    List<Group> groups = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      groups.add(new Group(in.string(), in.optionalNumber()));
    }
    return groups;
  }
}
