package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes how a view shows a field. */
final class Accessors {

  private final JavaTypes types;

  Accessors(JavaTypes types) {
    this.types = types;
  }

  MethodSpec accessor(Field field, Contents contents, String name) {
    JavaType type = types.element(field, contents);
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
    Docs docs = docs(field);
    if (JavaTypes.isList(field)) {
      return method
          .addJavadoc(docs.returns("the elements; none if it is not there").build())
          .returns(ParameterizedTypeName.get(ClassName.get(List.class), type.element()))
          .addStatement("return list($L, $L)", field.slot(), type.elementReader())
          .build();
    }
    TypeName result = field.member() ? type.plain() : type.optional();
    return method
        .addJavadoc(docs.returns(returned(result)).build())
        .returns(result)
        .addStatement(
            "return $L($L$L)",
            field.member() ? type.memberReader() : type.reader(),
            field.slot(),
            type.arguments())
        .build();
  }

  private static String returned(TypeName result) {
    if (result.equals(TypeName.BOOLEAN)) {
      return "whether it is there";
    }
    return result.toString().startsWith("java.util.Optional")
        ? "the value; empty if it is not there"
        : "the value";
  }

  /** Returns the documentation that a field's methods share. */
  static Docs docs(Field field) {
    String name = Docs.code(field.name());
    return Docs.of(field.doc(), name + ": " + Docs.html(field.facts()) + ".");
  }
}
