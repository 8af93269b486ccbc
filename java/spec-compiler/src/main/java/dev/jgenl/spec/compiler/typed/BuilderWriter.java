package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Writes builders of views. */
final class BuilderWriter {

  private final Setters setters;

  BuilderWriter(JavaTypes types) {
    setters = new Setters(types);
  }

  TypeSpec write(View view, Map<Field, String> names) {
    ClassName name = view.name().nestedClass(ViewWriter.BUILDER);
    boolean asks = ViewWriter.hasFlags(view);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                Docs.of(
                        "Makes a {@link "
                            + view.name().simpleName()
                            + "}. For one thread at a time.")
                    .build())
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .superclass(
                ParameterizedTypeName.get(
                    asks ? Classes.REQUEST_BUILDER : Classes.TYPED_BUILDER, name))
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addStatement("super($L)", ViewWriter.shapeOf(view))
                    .build());
    view.head()
        .ifPresent(
            struct ->
                type.addMethod(
                        Setters.filled(
                            struct, ViewWriter.headerDocs(struct), ViewWriter.HEADER, name))
                    .addMethod(putHeader(struct, name)));
    names.forEach((f, n) -> setters.setters(f, view.contents(), n, name).forEach(type::addMethod));
    return type.addMethod(
            MethodSpec.methodBuilder("build")
                .addJavadoc(
                    Docs.of("Makes it. This can go on and make others.")
                        .returns("what was set until now")
                        .build())
                .addModifiers(Modifier.PUBLIC)
                .returns(view.name())
                .addStatement(
                    "return new $T(toValue()$L)", view.name(), asks ? ", requestFlags()" : "")
                .build())
        .build();
  }

  private static MethodSpec putHeader(ClassName struct, ClassName builder) {
    return MethodSpec.methodBuilder(ViewWriter.HEADER)
        .addJavadoc(
            ViewWriter.headerDocs(struct)
                .param(ViewWriter.HEADER, "its members")
                .returns("this")
                .build())
        .addModifiers(Modifier.PUBLIC)
        .returns(builder)
        .addParameter(struct, ViewWriter.HEADER)
        .addStatement("return putHeader($L)", Setters.required(ViewWriter.HEADER))
        .build();
  }
}
