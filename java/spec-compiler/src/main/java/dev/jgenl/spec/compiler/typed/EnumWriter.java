package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.jgenl.spec.model.Definition.Entry;
import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes enumerations. */
final class EnumWriter {

  private EnumWriter() {}

  static TypeSpec write(Enumeration enumeration, ClassName name) {
    TypeSpec.Builder type =
        TypeSpec.enumBuilder(name)
            .addModifiers(Modifier.PUBLIC)
            .addSuperinterface(Classes.ENUM_NUMBER)
            .addJavadoc(
                Docs.of(
                        enumeration.doc(),
                        (enumeration.flags() ? "The flags " : "The enumeration ")
                            + Docs.code(enumeration.name())
                            + ".")
                    .build());
    NameScope scope = NameScope.of();
    for (Entry entry : enumeration.entries()) {
      String constant = Identifiers.constant(entry.name());
      type.addEnumConstant(
          scope.take(constant, constant + "_VALUE"),
          TypeSpec.anonymousClassBuilder("$L, $S", entry.value() + "L", entry.name())
              .addJavadoc(Docs.of(entry.doc(), facts(entry)).build())
              .build());
    }
    field(type, TypeName.LONG, "number");
    field(type, ClassName.get(String.class), "specName");
    type.addMethod(
        MethodSpec.constructorBuilder()
            .addParameter(TypeName.LONG, "number")
            .addParameter(String.class, "specName")
            .addStatement("this.number = number")
            .addStatement("this.specName = specName")
            .build());
    type.addMethod(getter(TypeName.LONG, "number", "number"));
    if (enumeration.flags()) {
      type.addMethod(getter(TypeName.LONG, "bit", "number"));
    }
    return type.addMethod(getter(ClassName.get(String.class), "specName", "specName")).build();
  }

  private static String facts(Entry entry) {
    List<String> facts = new ArrayList<>();
    facts.add(Docs.code(entry.name()) + ": " + Long.toUnsignedString(entry.value()));
    Facts.addC(facts, Docs.html(entry.cName()));
    return String.join(", ", facts) + ".";
  }

  private static void field(TypeSpec.Builder type, TypeName of, String name) {
    type.addField(of, name, Modifier.PRIVATE, Modifier.FINAL);
  }

  private static MethodSpec getter(TypeName type, String name, String field) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(type)
        .addStatement("return $N", field)
        .build();
  }

  static TypeSpec write(List<Group> groups, String family, ClassName name) {
    TypeSpec.Builder type =
        TypeSpec.enumBuilder(name)
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc(Docs.of("The multicast groups of " + Docs.code(family) + ".").build());
    NameScope scope = NameScope.of();
    for (Group group : groups) {
      String number = group.id().isPresent() ? ", number " + group.id().getAsInt() : "";
      type.addEnumConstant(
          scope.take(Identifiers.constant(group.name())),
          TypeSpec.anonymousClassBuilder("$S", group.name())
              .addJavadoc(Docs.of("The group " + Docs.code(group.name()) + number + ".").build())
              .build());
    }
    field(type, ClassName.get(String.class), "groupName");
    return type.addMethod(
            MethodSpec.constructorBuilder()
                .addParameter(String.class, "groupName")
                .addStatement("this.groupName = groupName")
                .build())
        .addMethod(
            MethodSpec.methodBuilder("groupName")
                .addJavadoc(Docs.of("Returns the name.").returns("as the spec has it").build())
                .addModifiers(Modifier.PUBLIC)
                .returns(String.class)
                .addStatement("return groupName")
                .build())
        .addMethod(groupNames(name))
        .build();
  }

  private static MethodSpec groupNames(ClassName name) {
    return MethodSpec.methodBuilder("names")
        .addModifiers(Modifier.STATIC)
        .returns(ArrayTypeName.of(String.class))
        .addParameter(ParameterSpec.builder(ArrayTypeName.of(name), "groups").build())
        .varargs()
        .addStatement(
            CodeBlock.of(
                "return $T.of(groups).map(group -> $L.groupName()).toArray($T[]::new)",
                Stream.class,
                Setters.required("group"),
                String.class))
        .build();
  }
}
