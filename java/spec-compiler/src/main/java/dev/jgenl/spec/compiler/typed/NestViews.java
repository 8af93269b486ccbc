package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The views of what stands within messages. */
final class NestViews {

  private final FamilyIndex index;
  private final TypeNames names;
  private final Choices choices;

  NestViews(FamilyIndex index, TypeNames names, Choices choices) {
    this.index = index;
    this.names = names;
    this.choices = choices;
  }

  View of(Struct struct) {
    String inC = struct.cName().isEmpty() ? "" : ", in C struct " + Docs.html(struct.cName());
    String what = "The struct " + Docs.code(struct.name()) + inC + ": " + struct.size() + " bytes.";
    return View.plain(
        names.struct(struct.name()), Docs.of(struct.doc(), what), Contents.of(struct));
  }

  View of(AttributeSet set) {
    return View.plain(
        names.set(set.name()),
        Docs.of(set.doc(), "Attributes of the set " + Docs.code(set.name()) + "."),
        Contents.of(set).within(choices.outer(set.name())));
  }

  View of(Reachable.TypeValueUse use) {
    String attribute = use.attribute().name();
    String what = "An element of " + Docs.code(attribute) + " of " + Docs.code(use.set()) + ".";
    return View.plain(
        names.typeValue(use.set(), attribute),
        Docs.of(use.attribute().doc(), what),
        Contents.of((Type.TypeValue) use.attribute().type(), index));
  }

  Map<SubMessage.Format, View> formats(SubMessage message) {
    Map<SubMessage.Format, View> views = new LinkedHashMap<>();
    for (SubMessage.Format format : message.formats()) {
      String what =
          "What " + Docs.code(format.value()) + " selects of " + Docs.code(message.name()) + ".";
      View view = View.plain(names.format(message, format), Docs.of(what), contents(format));
      views.put(
          format,
          view.withHead(head(format))
              .implementing(names.subMessage(message.name()))
              .selectedBy(format.value()));
    }
    return views;
  }

  /** The view of a sub-message that is no choice. */
  View uniform(SubMessage message) {
    SubMessage.Format any = message.formats().get(0);
    String what = "What the sub-message " + Docs.code(message.name()) + " holds, whatever selects.";
    return View.plain(names.subMessage(message.name()), Docs.of(what), contents(any))
        .withHead(head(any));
  }

  /** A struct alone is shown as its members, one before attributes as a header. */
  private Contents contents(SubMessage.Format format) {
    Contents all = Contents.of(format.header().map(index::struct), format.set().map(index::set));
    return format.set().isPresent() ? all.withoutMembers() : all;
  }

  private Optional<ClassName> head(SubMessage.Format format) {
    return format.set().isPresent() ? format.header().map(names::struct) : Optional.empty();
  }
}
