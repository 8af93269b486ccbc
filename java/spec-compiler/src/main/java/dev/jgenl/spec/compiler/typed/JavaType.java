package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * What the type of an attribute or a member is in Java.
 *
 * @param optional what an accessor of an attribute returns
 * @param reader the method of a view that reads it
 * @param plain what an accessor of a member returns
 * @param memberReader the method of a view that reads a member
 * @param arguments what both are given behind the slot; perhaps nothing
 * @param element what it is as an element of a list
 * @param elementReader makes an element of a value
 * @param elementMaker makes a value of an element
 * @param setters how a builder takes it
 */
record JavaType(
    TypeName optional,
    String reader,
    TypeName plain,
    String memberReader,
    CodeBlock arguments,
    TypeName element,
    CodeBlock elementReader,
    CodeBlock elementMaker,
    List<Setter> setters) {

  /** How a builder takes a value. */
  sealed interface Setter {}

  /**
   * As what becomes a value.
   *
   * @param type what it takes
   * @param value the value that becomes of it, with {@code $1L} for what is taken
   * @param types the types in the value, from {@code $2T} on
   */
  record Plain(TypeName type, String value, List<TypeName> types) implements Setter {}

  /**
   * As something that another setter takes.
   *
   * @param type what it takes
   * @param with what makes of it what the other takes: a class with a method {@code of}
   */
  record Converted(TypeName type, ClassName with) implements Setter {}

  /**
   * As one constant and more of them.
   *
   * @param type the enumeration
   */
  record Constants(ClassName type) implements Setter {}

  /**
   * As what fills a builder.
   *
   * @param type the view that is built
   */
  record Filled(ClassName type) implements Setter {}

  /**
   * As what another attribute tells the kind of.
   *
   * @param type what it takes
   * @param slot of that attribute
   * @param value what that attribute becomes, as of {@link Plain}
   * @param types as of {@link Plain}
   */
  record Selecting(TypeName type, int slot, String value, List<TypeName> types) implements Setter {}
}
