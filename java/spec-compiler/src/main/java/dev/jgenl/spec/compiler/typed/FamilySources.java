package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.jgenl.spec.model.Definition.Enumeration;
import dev.jgenl.spec.model.Definition.Struct;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.SubMessage;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;

/** Makes the sources of a family's package. */
public final class FamilySources {

  private final Family family;
  private final FamilyIndex index;
  private final Reachable reachable;
  private final TypeNames names;
  private final Choices choices;
  private final NestViews nests;
  private final ViewWriter views;
  private final SortedMap<String, String> files = new TreeMap<>();

  private FamilySources(Family family, String packageName) {
    this.family = family;
    index = new FamilyIndex(family);
    reachable = new Reachable(index);
    names = new TypeNames(index, reachable, packageName);
    choices = new Choices(index);
    nests = new NestViews(index, names, choices);
    views = new ViewWriter(new JavaTypes(names, choices));
  }

  /**
   * Makes them.
   *
   * @param family the model
   * @param packageName of all classes
   * @return the files' texts by their paths from the root of the sources, with slashes
   * @throws IllegalArgumentException if the model refers to what it does not have
   */
  public static SortedMap<String, String> of(Family family, String packageName) {
    FamilySources sources = new FamilySources(family, packageName);
    sources.writeMessages();
    sources.writeDefinitions();
    sources.writeNests();
    sources.add(new ClientWriter(sources.index, sources.names).write());
    sources.put("package-info", Texts.packageInfo(family, packageName, sources.names.client()));
    return sources.files;
  }

  /**
   * Returns the last part of the name of a family's package.
   *
   * @param family the model
   * @return its name in small letters and digits
   */
  public static String packageName(Family family) {
    return Identifiers.packageName(family.name());
  }

  private void put(String name, String text) {
    files.put(names.packageName().replace('.', '/') + "/" + name + ".java", Texts.ascii(text));
  }

  private void add(TypeSpec type) {
    JavaFile.Builder file =
        JavaFile.builder(names.packageName(), type).indent("  ").skipJavaLangImports(true);
    file.addFileComment("$L", Texts.comment(family));
    put(type.name(), file.build().toString());
  }

  private void writeMessages() {
    OperationViews operations = new OperationViews(index, names);
    family.operations().forEach(o -> operations.of(o).forEach(view -> add(views.write(view))));
    add(shapes(operations.shapes()));
    if (!family.groups().isEmpty()) {
      add(EnumWriter.write(family.groups(), family.name(), names.group()));
      add(NotificationWriter.write(family, names));
    }
  }

  private TypeSpec shapes(Map<String, Contents> shapes) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(names.shapes())
            .addModifiers(Modifier.FINAL)
            .addJavadoc(Docs.of("The names of what messages hold, in their places.").build());
    shapes.forEach(
        (constant, contents) ->
            type.addField(
                FieldSpec.builder(Classes.SHAPE, constant, Modifier.STATIC, Modifier.FINAL)
                    .initializer(ViewWriter.shape(contents))
                    .build()));
    return type.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
        .build();
  }

  private void writeDefinitions() {
    for (Enumeration e : index.definitions(Enumeration.class)) {
      add(EnumWriter.write(e, names.enumeration(e.name())));
    }
    index.definitions(Struct.class).forEach(s -> add(views.write(nests.of(s))));
  }

  private void writeNests() {
    reachable.sets().forEach(set -> add(views.write(nests.of(set))));
    reachable.typeValues().forEach(use -> add(views.write(nests.of(use))));
    SubMessageWriter writer = new SubMessageWriter(names, choices, views);
    for (SubMessage message : reachable.subMessages()) {
      add(
          choices.isUniform(message.name())
              ? views.write(nests.uniform(message))
              : writer.write(message, nests.formats(message)));
    }
  }
}
