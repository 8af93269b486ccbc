package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import dev.jgenl.spec.compiler.typed.JavaType.Constants;
import dev.jgenl.spec.compiler.typed.JavaType.Converted;
import dev.jgenl.spec.compiler.typed.JavaType.Filled;
import dev.jgenl.spec.compiler.typed.JavaType.Plain;
import dev.jgenl.spec.compiler.typed.JavaType.Selecting;
import dev.jgenl.spec.compiler.typed.JavaType.Setter;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes how a builder takes a field. */
final class Setters {

  private final JavaTypes types;

  Setters(JavaTypes types) {
    this.types = types;
  }

  List<MethodSpec> setters(Field field, Contents contents, String name, ClassName builder) {
    JavaType type = types.element(field, contents);
    List<MethodSpec> methods = new ArrayList<>();
    for (Setter setter : type.setters()) {
      methods.add(setter(setter, field, name, builder));
    }
    if (JavaTypes.isList(field)) {
      methods.add(all(type, field, name, builder));
    }
    return methods;
  }

  private static MethodSpec setter(Setter setter, Field field, String name, ClassName builder) {
    if (setter instanceof Filled filled) {
      return filled(filled.type(), Accessors.docs(field), name, builder);
    } else if (setter instanceof Converted converted) {
      return method(field, name, builder, converted.type())
          .addStatement("return $L($T.of($L))", name, converted.with(), required(name))
          .build();
    } else if (setter instanceof Constants constants) {
      return constants(constants.type(), field, name, builder);
    } else if (setter instanceof Selecting selecting) {
      return method(field, name, builder, selecting.type())
          .addCode("return put($L, ", selecting.slot())
          .addCode(selecting.value(), arguments(required(name), selecting.types()))
          .addCode(").$L($L, $N.toValue());\n", putting(field), field.slot(), name)
          .build();
    }
    return plain((Plain) setter, field, name, builder);
  }

  private static MethodSpec plain(Plain plain, Field field, String name, ClassName builder) {
    MethodSpec.Builder method = method(field, name, builder, plain.type());
    String direct = direct(field);
    return direct.isEmpty()
        ? method
            .addCode("return $L($L, ", putting(field), field.slot())
            .addCode(plain.value(), arguments(given(plain, name), plain.types()))
            .addCode(");\n")
            .build()
        : method
            .addStatement("return $L($L, $L)", direct, field.slot(), given(plain, name))
            .build();
  }

  private static CodeBlock given(Plain plain, String name) {
    return plain.type().isPrimitive() ? CodeBlock.of("$N", name) : required(name);
  }

  /** An argument, of which an exception tells the name where it is null. */
  static CodeBlock required(String name) {
    return CodeBlock.of("$T.requireNonNull($N, $S)", Objects.class, name, name);
  }

  /** Returns the method that takes what has no value of its own; empty if there is none. */
  private static String direct(Field field) {
    if (JavaTypes.isList(field)) {
      return "";
    } else if (field.type() instanceof Type.Flag) {
      return "putFlag";
    }
    return field.type() instanceof Type.Bitfield bits && bits.names().isEmpty()
        ? "putBitfield32"
        : "";
  }

  private static Object[] arguments(CodeBlock taken, List<TypeName> types) {
    return Stream.concat(Stream.of(taken), types.stream()).toArray();
  }

  /** One more of many, or in place of what there was. */
  private static String putting(Field field) {
    return JavaTypes.isList(field) ? "add" : "put";
  }

  /** Takes what fills a builder. */
  static MethodSpec filled(ClassName view, Docs docs, String name, ClassName builder) {
    TypeName consumer =
        ParameterizedTypeName.get(
            ClassName.get(Consumer.class),
            WildcardTypeName.supertypeOf(view.nestedClass(ViewWriter.BUILDER)));
    return builderMethod(name, builder)
        .addJavadoc(docs.param(name, "sets what it has").returns("this").build())
        .addParameter(consumer, name)
        .addStatement("return $L($T.of($L))", name, view, required(name))
        .build();
  }

  private static MethodSpec constants(ClassName type, Field field, String name, ClassName builder) {
    return builderMethod(name, builder)
        .addJavadoc(
            Accessors.docs(field)
                .param("first", "one of those that are set")
                .param("more", "the others")
                .returns("this")
                .build())
        .addParameter(type, "first")
        .addParameter(ParameterSpec.builder(ArrayTypeName.of(type), "more").build())
        .varargs()
        .addStatement(
            "return $L($T.of($T.requireNonNull(first, $S), more))",
            name,
            Classes.FLAGS,
            Objects.class,
            name)
        .build();
  }

  private static MethodSpec all(JavaType type, Field field, String name, ClassName builder) {
    return builderMethod(name, builder)
        .addJavadoc(
            Accessors.docs(field)
                .param(name, "elements, which come behind those that are there")
                .returns("this")
                .build())
        .addParameter(
            ParameterizedTypeName.get(ClassName.get(Collection.class), type.element()), name)
        .addStatement(
            "return addAll($L, $L, $L)", field.slot(), required(name), type.elementMaker())
        .build();
  }

  private static MethodSpec.Builder method(
      Field field, String name, ClassName builder, TypeName parameter) {
    return builderMethod(name, builder)
        .addJavadoc(
            Accessors.docs(field)
                .param(
                    name,
                    JavaTypes.isList(field)
                        ? "an element, which comes behind those that are there"
                        : parameter.equals(TypeName.BOOLEAN)
                            ? "whether it is to be there"
                            : "the value")
                .returns("this")
                .build())
        .addParameter(parameter, name);
  }

  private static MethodSpec.Builder builderMethod(String name, ClassName builder) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(builder);
  }
}
