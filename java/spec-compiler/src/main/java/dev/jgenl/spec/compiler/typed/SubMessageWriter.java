package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.jgenl.spec.model.SubMessage;
import java.util.Map;
import java.util.function.Consumer;
import javax.lang.model.element.Modifier;

/** Writes what an attribute may hold that another one selects: an interface, a class a format. */
final class SubMessageWriter {

  private final TypeNames names;
  private final Choices choices;
  private final ViewWriter views;

  SubMessageWriter(TypeNames names, Choices choices, ViewWriter views) {
    this.names = names;
    this.choices = choices;
    this.views = views;
  }

  /** Takes what the formats hold. */
  TypeSpec write(SubMessage message, Map<SubMessage.Format, View> formats) {
    ClassName name = names.subMessage(message.name());
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.SEALED)
            .addJavadoc(
                Docs.of(
                        "What another attribute selects: the sub-message "
                            + Docs.code(message.name())
                            + ".")
                    .build());
    formats.values().forEach(view -> type.addPermittedSubclass(view.name()));
    ClassName unknown = name.nestedClass("Unknown");
    type.addPermittedSubclass(unknown);
    type.addMethod(of(message, unknown));
    NameScope scope = NameScope.ofMembers("selector");
    formats.forEach(
        (format, view) -> {
          String member = Identifiers.member(format.value());
          type.addMethod(maker(scope.take(member, member + "Format"), format, view));
        });
    type.addMethod(question("selector", ClassName.get(String.class), "what selects this format"));
    type.addMethod(
        question("toValue", Classes.VALUE, "what it holds, as the dynamic client has it"));
    formats.values().forEach(view -> type.addType(nested(views.write(view))));
    return type.addType(unknown(name, unknown)).build();
  }

  private static TypeSpec nested(TypeSpec view) {
    return view.toBuilder().addModifiers(Modifier.STATIC).build();
  }

  private MethodSpec of(SubMessage message, ClassName unknown) {
    CodeBlock.Builder code = CodeBlock.builder();
    code.beginControlFlow("if (value instanceof $T nest)", Classes.NEST_VALUE);
    code.beginControlFlow("return switch (selector)");
    choices
        .selectors(message)
        .forEach(
            (text, format) ->
                code.addStatement("case $S -> new $T(nest)", text, names.format(message, format)));
    code.addStatement("default -> new $T(selector, value)", unknown);
    code.add("$<};\n").endControlFlow();
    code.addStatement("return new $T(selector, value)", unknown);
    return factory("of", names.subMessage(message.name()))
        .addJavadoc(
            Docs.of("Views a value.")
                .param("selector", "what selects the format")
                .param("value", "such as the dynamic client has")
                .returns("a view of it")
                .build())
        .addParameter(String.class, "selector")
        .addParameter(Classes.VALUE, "value")
        .addCode(code.build())
        .build();
  }

  private static MethodSpec.Builder factory(String name, ClassName returned) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(returned);
  }

  private static MethodSpec maker(String method, SubMessage.Format format, View view) {
    Docs docs = Docs.of("Makes what " + Docs.code(format.value()) + " selects.");
    if (view.contents().fields().isEmpty()) {
      return factory(method, view.name())
          .addJavadoc(docs.returns("it, which holds nothing").build())
          .addStatement("return $T.builder().build()", view.name())
          .build();
    }
    return factory(method, view.name())
        .addJavadoc(docs.param("content", "sets what it has").returns("one with that").build())
        .addParameter(
            ParameterizedTypeName.get(
                ClassName.get(Consumer.class),
                WildcardTypeName.supertypeOf(view.name().nestedClass(ViewWriter.BUILDER))),
            "content")
        .addStatement("return $T.of(content)", view.name())
        .build();
  }

  private static MethodSpec question(String name, ClassName type, String what) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc(Docs.of("Returns " + what + ".").returns("what there is").build())
        .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
        .returns(type)
        .build();
  }

  private static TypeSpec unknown(ClassName name, ClassName unknown) {
    return TypeSpec.recordBuilder(unknown)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(
            Docs.of("What the spec does not know, or what is not as it says.")
                .param("selector", "what selects the format; perhaps empty")
                .param("toValue", "what it holds")
                .build())
        .addSuperinterface(name)
        .recordConstructor(
            MethodSpec.constructorBuilder()
                .addParameter(String.class, "selector")
                .addParameter(Classes.VALUE, "toValue")
                .build())
        .build();
  }
}
