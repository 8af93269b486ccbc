package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Writes the interface of all that a subscription to a family tells of. */
final class NotificationWriter {

  private NotificationWriter() {}

  static TypeSpec write(Family family, TypeNames names) {
    Map<String, ClassName> told = new LinkedHashMap<>();
    for (Operation operation : family.operations()) {
      if (operation.event().isPresent()) {
        told.put(operation.name(), names.told(operation));
      } else if (OperationViews.isAnswered(operation)) {
        told.put(operation.name(), names.reply(operation));
      }
    }
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(names.notification())
            .addModifiers(Modifier.PUBLIC, Modifier.SEALED)
            .addJavadoc(
                Docs.of(
                        "What "
                            + Docs.code(family.name())
                            + " tells by itself, or what a subscription lists before.")
                    .build());
    family.operations().stream()
        .filter(OperationViews::isAnswered)
        .map(names::reply)
        .filter(reply -> !told.containsValue(reply))
        .forEach(type::addPermittedSubclass);
    told.values().forEach(type::addPermittedSubclass);
    ClassName unrecognized = names.unrecognized();
    return type.addPermittedSubclass(unrecognized)
        .addMethod(of(names.notification(), told, unrecognized))
        .addType(unrecognized(names.notification(), unrecognized))
        .build();
  }

  private static MethodSpec of(
      ClassName name, Map<String, ClassName> told, ClassName unrecognized) {
    CodeBlock.Builder code = CodeBlock.builder();
    code.addStatement("$1T value = ($1T) message.value()", Classes.NEST_VALUE);
    code.beginControlFlow("return switch (message.operation())");
    told.forEach(
        (operation, type) -> code.addStatement("case $S -> new $T(value)", operation, type));
    code.addStatement("default -> new $T(message.operation(), value)", unrecognized);
    code.add("$<};\n");
    return MethodSpec.methodBuilder("of")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(
            Docs.of("Views what the dynamic client has read.")
                .param("message", "what is told or listed")
                .returns("a view of it")
                .build())
        .returns(name)
        .addParameter(Classes.DYNAMIC_MESSAGE, "message")
        .addCode(code.build())
        .build();
  }

  private static TypeSpec unrecognized(ClassName name, ClassName unrecognized) {
    return TypeSpec.recordBuilder(unrecognized)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(
            Docs.of("What is told of which the spec does not say what it is.")
                .param("operation", "the name of the operation, or the number of the message")
                .param("value", "what it says")
                .build())
        .addSuperinterface(name)
        .recordConstructor(
            MethodSpec.constructorBuilder()
                .addParameter(String.class, "operation")
                .addParameter(Classes.NEST_VALUE, "value")
                .build())
        .build();
  }
}
