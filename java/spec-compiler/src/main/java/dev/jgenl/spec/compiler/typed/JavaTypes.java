package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import dev.jgenl.spec.compiler.typed.JavaType.Constants;
import dev.jgenl.spec.compiler.typed.JavaType.Converted;
import dev.jgenl.spec.compiler.typed.JavaType.Filled;
import dev.jgenl.spec.compiler.typed.JavaType.Plain;
import dev.jgenl.spec.compiler.typed.JavaType.Selecting;
import dev.jgenl.spec.compiler.typed.JavaType.Setter;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Type;
import java.util.List;
import java.util.OptionalInt;

/** Chooses what the types of a family's attributes and members are in Java. */
final class JavaTypes {

  private final TypeNames names;
  private final Choices choices;

  JavaTypes(TypeNames names, Choices choices) {
    this.names = names;
    this.choices = choices;
  }

  /** Tells whether a field holds many elements. */
  static boolean isList(Field field) {
    return field.repeated()
        || (field.type() instanceof Type.Nest nest && nest.ordered())
        || field.type() instanceof Type.StructArray
        || field.type() instanceof Type.ScalarArray
        || field.type() instanceof Type.IndexedArray
        || field.type() instanceof Type.TypeValue;
  }

  /** Returns what one element is, or the value of a field that is no list. */
  JavaType element(Field field, Contents contents) {
    return of(field, field.type(), contents);
  }

  private JavaType of(Field field, Type type, Contents contents) {
    if (type instanceof Type.Scalar scalar) {
      return scalar(scalar, field.hint());
    } else if (type instanceof Type.Flag) {
      return PlainTypes.flag();
    } else if (type instanceof Type.Text) {
      return PlainTypes.text();
    } else if (type instanceof Type.Bitfield bitfield) {
      return bitfield(bitfield);
    } else if (type instanceof Type.Nest nest) {
      return view(
          names.set(nest.set()),
          told(choices.outer(nest.set()), contents),
          nest.ambiguous() ? "nestIfOne" : "nest");
    } else if (type instanceof Type.StructValue struct) {
      return view(names.struct(struct.struct()));
    } else if (type instanceof Type.StructArray array) {
      return view(names.struct(array.struct()));
    } else if (type instanceof Type.ScalarArray array) {
      return of(field, array.element(), contents);
    } else if (type instanceof Type.IndexedArray array) {
      return of(field, array.element(), contents);
    } else if (type instanceof Type.TypeValue) {
      return view(names.typeValue(field.set(), field.name()));
    } else if (type instanceof Type.Selected selected) {
      return selected(selected, contents);
    }
    return PlainTypes.binary(field.hint());
  }

  private JavaType scalar(Type.Scalar scalar, Hint hint) {
    if (scalar.names().isEmpty()) {
      return PlainTypes.scalar(scalar.width(), hint);
    }
    Type.EnumUse use = scalar.names().get();
    return use.flags() ? flags(use) : enumeration(use);
  }

  private JavaType enumeration(Type.EnumUse use) {
    ClassName type = names.enumeration(use.enumeration());
    ParameterizedTypeName value = ParameterizedTypeName.get(Classes.ENUM_VALUE, type);
    return PlainTypes.named(
        type, value, "enumValue", "memberEnum", new Converted(type, Classes.ENUM_VALUE));
  }

  private JavaType flags(Type.EnumUse use) {
    ClassName type = names.enumeration(use.enumeration());
    ParameterizedTypeName value = ParameterizedTypeName.get(Classes.FLAGS, type);
    return PlainTypes.named(type, value, "flags", "memberFlags", new Constants(type));
  }

  private JavaType bitfield(Type.Bitfield bitfield) {
    if (bitfield.names().isEmpty()) {
      return PlainTypes.bitfield32();
    }
    ClassName type = names.enumeration(bitfield.names().get().enumeration());
    ParameterizedTypeName value = ParameterizedTypeName.get(Classes.BITFIELD, type);
    return PlainTypes.named(type, value, "bitfield", "bitfield");
  }

  private static JavaType view(ClassName view) {
    return view(view, List.of(), "nest");
  }

  /** A view, what it has to be told of what is around it, and the method that reads it. */
  private static JavaType view(ClassName view, List<CodeBlock> told, String reader) {
    CodeBlock maker =
        told.isEmpty()
            ? CodeBlock.of("$T::new", view)
            : CodeBlock.of("nest -> new $T(nest, $L)", view, CodeBlock.join(told, ", "));
    return new JavaType(
        PlainTypes.optional(view),
        reader,
        view,
        "memberNest",
        CodeBlock.of(", $L", maker),
        view,
        CodeBlock.of("$T.nest($L)", Classes.ELEMENTS, maker),
        CodeBlock.of("$T::toValue", view),
        List.of(new Filled(view), new Plain(view, "$1L.toValue()", List.of())));
  }

  private static List<CodeBlock> told(List<String> selectors, Contents contents) {
    return selectors.stream().map(selector -> selector(selector, contents)).toList();
  }

  /** The text of what selects: beside, or as a view has been told, or unknown. */
  private static CodeBlock selector(String name, Contents contents) {
    OptionalInt slot = contents.slot(name);
    if (slot.isPresent()) {
      return CodeBlock.of("selector($L)", slot.getAsInt());
    }
    return contents.outer().contains(name)
        ? CodeBlock.of("$N", ViewWriter.told(name))
        : CodeBlock.of("$S", "");
  }

  private JavaType selected(Type.Selected selected, Contents contents) {
    ClassName type = names.subMessage(selected.subMessage());
    if (choices.isUniform(selected.subMessage())) {
      return view(type);
    }
    return new JavaType(
        PlainTypes.optional(type),
        "selected",
        type,
        "selected",
        CodeBlock.of(", $L, $T::of", selector(selected.selector(), contents), type),
        type,
        CodeBlock.of("value -> $T.of($L, value)", type, selector(selected.selector(), contents)),
        CodeBlock.of("$T::toValue", type),
        List.of(
            contents
                .field(selected.selector())
                .<Setter>map(field -> selecting(type, field))
                .orElse(new Plain(type, "$1L.toValue()", List.of()))));
  }

  private Selecting selecting(ClassName type, Field selector) {
    if (!(selector.type() instanceof Type.Scalar scalar)) {
      return new Selecting(type, selector.slot(), "$2T.of($1L.selector())", List.of(Classes.VALUE));
    } else if (scalar.names().isEmpty()) {
      return new Selecting(
          type,
          selector.slot(),
          "$2T.of($3T.parseLong($1L.selector()))",
          List.of(Classes.VALUE, ClassName.get(Long.class)));
    }
    return new Selecting(
        type,
        selector.slot(),
        "$2T.parse($3T.class, $1L.selector()).toValue()",
        List.of(Classes.ENUM_VALUE, names.enumeration(scalar.names().get().enumeration())));
  }
}
