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

  ModelReader(ModelInput in) {
    this.in = in;
  }

  Family family() throws IOException {
    Family family =
        new Family(
            in.string(),
            in.string(),
            protocol(),
            new Provenance(in.string(), in.string(), in.string(), in.strings()),
            unread(ModelTags.DEFINITIONS),
            unread(ModelTags.SETS),
            unread(ModelTags.SUB_MESSAGES),
            operations(),
            groups());
    in.end();
    return family;
  }

  private <E> List<E> unread(int kind) throws IOException {
    return new ModelList<>(in, kind);
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

  /** Reads an element of a {@link ModelList}. */
  Object element(int kind) throws IOException {
    return switch (kind) {
      case ModelTags.DEFINITIONS -> definition();
      case ModelTags.ENTRIES -> entry();
      case ModelTags.MEMBERS -> new TypeReader(in).member();
      case ModelTags.SETS -> set();
      case ModelTags.ATTRIBUTES -> new TypeReader(in).attribute();
      case ModelTags.SUB_MESSAGES -> new SubMessage(in.string(), formats());
      case ModelTags.NAMES -> in.string();
      default -> throw new IllegalArgumentException("kind of list " + kind);
    };
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
      return new Definition.Enumeration(name, doc, in.flag(), unread(ModelTags.ENTRIES));
    }
    if (tag == ModelTags.STRUCT) {
      return new Definition.Struct(name, doc, in.string(), in.number(), unread(ModelTags.MEMBERS));
    }
    throw in.corrupt("kind of definition " + tag);
  }

  private Definition.Entry entry() throws IOException {
    return new Definition.Entry(in.string(), in.signed(), in.string(), in.string());
  }

  private AttributeSet set() throws IOException {
    return new AttributeSet(
        in.string(), in.string(), in.optionalString(), unread(ModelTags.ATTRIBUTES));
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
    return new Layout(in.number(), unread(ModelTags.NAMES));
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
