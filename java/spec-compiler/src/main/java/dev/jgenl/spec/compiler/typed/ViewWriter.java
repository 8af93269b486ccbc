package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.lang.model.element.Modifier;

/** Writes views with their builders. */
final class ViewWriter {

  static final String BUILDER = "Builder";

  static final String HEADER = "header";

  private final Accessors accessors;
  private final BuilderWriter builders;

  ViewWriter(JavaTypes types) {
    accessors = new Accessors(types);
    builders = new BuilderWriter(types);
  }

  TypeSpec write(View view) {
    Map<Field, String> names = names(view);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(view.name())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc(
                view.doc().paragraph("Immutable, and safe to share between threads.").build())
            .superclass(superclass(view))
            .addSuperinterfaces(view.interfaces());
    if (view.shape().isEmpty()) {
      type.addField(
          FieldSpec.builder(Classes.SHAPE, "SHAPE", Modifier.STATIC, Modifier.FINAL)
              .initializer(shape(view.contents()))
              .build());
    }
    tell(view, type);
    type.addMethod(constructor(view)).addMethod(ofValue(view)).addMethod(ofContent(view));
    type.addMethod(builder(view));
    view.head().ifPresent(struct -> type.addMethod(header(struct)));
    names.forEach((f, n) -> type.addMethod(accessors.accessor(f, view.contents(), n)));
    view.request().ifPresent(asked -> type.addMethod(call(asked)).addMethod(reply(asked)));
    view.selector().ifPresent(value -> type.addMethod(selector(value)));
    return type.addType(builders.write(view, names)).build();
  }

  /** Returns what the accessors and setters of the fields are called. */
  static Map<Field, String> names(View view) {
    NameScope scope = NameScope.ofMembers(view.selector().isPresent() ? "selector" : "of");
    if (view.head().isPresent()) {
      scope.take(HEADER);
    }
    Map<Field, String> names = new LinkedHashMap<>();
    for (Field field : view.contents().fields()) {
      String name = Identifiers.member(field.name());
      names.put(field, scope.take(name, name + "Value"));
    }
    return names;
  }

  static CodeBlock shape(Contents contents) {
    CodeBlock names =
        contents.names().stream()
            .map(name -> CodeBlock.of("$S", name))
            .collect(CodeBlock.joining(", "));
    return CodeBlock.of("$T.of($L)", Classes.SHAPE, names);
  }

  static CodeBlock shapeOf(View view) {
    return view.shape().orElse(CodeBlock.of("SHAPE"));
  }

  private static TypeName superclass(View view) {
    return view.request()
        .<TypeName>map(
            asked ->
                ParameterizedTypeName.get(
                    asked.dump() ? Classes.TYPED_DUMP_REQUEST : Classes.TYPED_REQUEST,
                    asked.reply()))
        .orElse(Classes.TYPED_VALUE);
  }

  /** Returns the name of the field that has the text of a selector around. */
  static String told(String selector) {
    return Identifiers.member(selector) + "Around";
  }

  /** What a view has to be told of what is around it. */
  private static void tell(View view, TypeSpec.Builder type) {
    if (view.contents().outer().isEmpty()) {
      return;
    }
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addParameter(Classes.NEST_VALUE, "value")
            .addStatement("super($L, value)", shapeOf(view));
    for (String selector : view.contents().outer()) {
      type.addField(String.class, told(selector), Modifier.PRIVATE, Modifier.FINAL);
      constructor
          .addParameter(String.class, told(selector))
          .addStatement("this.$1N = $1N", told(selector));
    }
    type.addMethod(constructor.build());
  }

  private static MethodSpec constructor(View view) {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder().addParameter(Classes.NEST_VALUE, "value");
    int outer = view.contents().outer().size();
    if (outer > 0) {
      return constructor.addStatement("this(value$L)", ", \"\"".repeat(outer)).build();
    }
    if (view.request().isEmpty()) {
      return constructor.addStatement("super($L, value)", shapeOf(view)).build();
    } else if (view.request().get().dump()) {
      return constructor
          .addStatement("super($L, value, $S)", shapeOf(view), view.request().get().operation())
          .build();
    }
    return constructor
        .addParameter(
            ParameterizedTypeName.get(ClassName.get(Set.class), Classes.REQUEST_FLAG), "flags")
        .addStatement(
            "super($L, value, $S, flags)", shapeOf(view), view.request().get().operation())
        .build();
  }

  /** A dump has no flags but those that make it one. */
  static boolean hasFlags(View view) {
    return view.request().isPresent() && !view.request().get().dump();
  }

  private static MethodSpec ofValue(View view) {
    return factory("of", view.name())
        .addJavadoc(
            Docs.of("Views a value.")
                .param("value", "such as the dynamic client has")
                .returns("a view of it")
                .build())
        .addParameter(Classes.NEST_VALUE, "value")
        .addStatement(
            hasFlags(view)
                ? CodeBlock.of("return new $T(value, $T.of())", view.name(), Set.class)
                : CodeBlock.of("return new $T(value)", view.name()))
        .build();
  }

  private static MethodSpec ofContent(View view) {
    return factory("of", view.name())
        .addJavadoc(
            Docs.of("Makes one.")
                .param("content", "sets what it has")
                .returns("one with that")
                .build())
        .addParameter(
            ParameterizedTypeName.get(
                ClassName.get(Consumer.class),
                WildcardTypeName.supertypeOf(view.name().nestedClass(BUILDER))),
            "content")
        .addStatement("$T builder = builder()", view.name().nestedClass(BUILDER))
        .addStatement("$L.accept(builder)", Setters.required("content"))
        .addStatement("return builder.build()")
        .build();
  }

  private static MethodSpec builder(View view) {
    ClassName builder = view.name().nestedClass(BUILDER);
    return factory("builder", builder)
        .addJavadoc(
            Docs.of("Makes one step by step.").returns("a builder that has nothing yet").build())
        .addStatement("return new $T()", builder)
        .build();
  }

  private static MethodSpec.Builder factory(String name, ClassName returned) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(returned);
  }

  static Docs headerDocs(ClassName struct) {
    return Docs.of("The struct in front of the attributes: {@link " + struct.simpleName() + "}.");
  }

  private static MethodSpec header(ClassName struct) {
    return MethodSpec.methodBuilder(HEADER)
        .addJavadoc(
            headerDocs(struct).returns("its members; each is 0 in a value that has none").build())
        .addModifiers(Modifier.PUBLIC)
        .returns(struct)
        .addStatement("return header($T.SHAPE, $T::new)", struct, struct)
        .build();
  }

  /**
   * Asks a family. Handed over by the client itself, the JVM would have to load this class, as all
   * other requests, to verify the client.
   */
  private static MethodSpec call(View.Asked asked) {
    TypeName result =
        switch (asked.call()) {
          case CallWriter.DUMP -> ParameterizedTypeName.get(Classes.TYPED_DUMP, asked.reply());
          case CallWriter.REQUEST_IN_PARTS -> TypeName.INT;
          default -> asked.reply();
        };
    return MethodSpec.methodBuilder(asked.call())
        .returns(result)
        .addParameter(Classes.TYPED_FAMILY, "family")
        .addException(Classes.NETLINK_EXCEPTION)
        .addStatement("return family.$L(this)", asked.call())
        .build();
  }

  private static MethodSpec reply(View.Asked asked) {
    return MethodSpec.methodBuilder("reply")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(asked.reply())
        .addParameter(Classes.NEST_VALUE, "value")
        .addStatement("return $T.of(value)", asked.reply())
        .build();
  }

  private static MethodSpec selector(String value) {
    return MethodSpec.methodBuilder("selector")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(String.class)
        .addStatement("return $S", value)
        .build();
  }
}
