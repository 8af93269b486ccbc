package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Protocol;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the client of a family. */
final class ClientWriter {

  /** {@code NETLINK_NETFILTER}: what has transactions. */
  private static final int NETFILTER = 12;

  private final FamilyIndex index;
  private final TypeNames names;
  private final ClassName client;

  ClientWriter(FamilyIndex index, TypeNames names) {
    this.index = index;
    this.names = names;
    client = names.client();
  }

  TypeSpec write() {
    Family family = index.family();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(client)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(AutoCloseable.class)
            .addJavadoc(doc(family));
    constants(type);
    type.addField(Classes.TYPED_FAMILY, "family", Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Classes.TYPED_FAMILY, "family")
                .addStatement("this.family = family")
                .build());
    type.addMethod(open()).addMethod(openWith()).addMethod(borrow()).addMethod(model());
    new CallWriter(names, family.name()).write(family.operations(), type);
    type.addMethod(many("batch"));
    if (family.protocol() instanceof Protocol.Raw raw && raw.number() == NETFILTER) {
      type.addMethod(many("transaction"));
    }
    if (!family.groups().isEmpty()) {
      type.addMethod(subscribe()).addMethod(watch());
    }
    return type.addMethod(close()).addMethod(string()).build();
  }

  private static CodeBlock doc(Family family) {
    String reached =
        family.protocol() instanceof Protocol.Generic generic
            ? "the family "
                + Docs.code(generic.family())
                + " of Generic Netlink, version "
                + generic.version()
            : "a part of the netlink protocol " + ((Protocol.Raw) family.protocol()).number();
    return Docs.of(family.doc(), "A client of " + Docs.code(family.name()) + ": " + reached + ".")
        .paragraph(
            "Safe to share between threads. Must be closed, which ends the waits of all threads;"
                + " one that borrows what it is made of closes nothing. Of a request to which the"
                + " kernel says no, the exception names operation and attribute.")
        .build();
  }

  private void constants(TypeSpec.Builder type) {
    NameScope scope = NameScope.of();
    for (Definition.Constant c : index.definitions(Definition.Constant.class)) {
      type.addField(constant(scope, c, TypeName.LONG, c.cName(), CodeBlock.of("$LL", c.value())));
    }
    for (Definition.Text t : index.definitions(Definition.Text.class)) {
      type.addField(
          constant(
              scope, t, ClassName.get(String.class), t.cName(), CodeBlock.of("$S", t.value())));
    }
  }

  private static FieldSpec constant(
      NameScope scope, Definition definition, TypeName type, String cName, CodeBlock value) {
    String inC = cName.isEmpty() ? "" : ", in C " + Docs.html(cName);
    return FieldSpec.builder(type, scope.take(Identifiers.constant(definition.name())))
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc(
            Docs.of(definition.doc(), "The constant " + Docs.code(definition.name()) + inC + ".")
                .build())
        .initializer(value)
        .build();
  }

  private MethodSpec.Builder factory(String name, Docs docs) {
    return throwing(
            MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.STATIC),
            docs,
            "if the kernel does not have the family, or cannot be asked")
        .returns(client);
  }

  private static MethodSpec.Builder throwing(MethodSpec.Builder method, Docs docs, String when) {
    return method
        .addJavadoc(docs.throwing("NetlinkException", when).build())
        .addException(Classes.NETLINK_EXCEPTION);
  }

  private MethodSpec open() {
    return factory("open", Docs.of("Opens.").returns("an open instance"))
        .addStatement("return open($T.DEFAULTS)", Classes.NETLINK_OPTIONS)
        .build();
  }

  private MethodSpec openWith() {
    return factory(
            "open",
            Docs.of("Opens.")
                .param("options", "time limits and the like")
                .returns("an open instance"))
        .addParameter(Classes.NETLINK_OPTIONS, "options")
        .addStatement("return new $T($T.open(options, model()))", client, Classes.TYPED_FAMILY)
        .build();
  }

  private MethodSpec borrow() {
    boolean generic = index.family().protocol() instanceof Protocol.Generic;
    String lender = generic ? "genl" : "netlink";
    return factory(
            "of",
            Docs.of("Borrows a client.")
                .param(lender, "stays open when this is closed")
                .returns("an instance that needs no closing"))
        .addParameter(generic ? Classes.GENL : Classes.NETLINK, lender)
        .addStatement("return new $T($T.of($N, model()))", client, Classes.TYPED_FAMILY, lender)
        .build();
  }

  private MethodSpec model() {
    return MethodSpec.methodBuilder("model")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(Docs.of("Returns what is known of the family.").returns("its model").build())
        .returns(Classes.FAMILY)
        .addStatement(
            "return $T.model($T.class, $S)", Classes.TYPED_FAMILY, client, index.family().name())
        .build();
  }

  private static MethodSpec many(String name) {
    TypeVariableName reply = TypeVariableName.get("R", Classes.TYPED_VALUE);
    Docs docs =
        name.equals("batch")
            ? Docs.of("Sends many requests at once, each with an outcome of its own.")
            : Docs.of("Has many requests done together, all of them or none.");
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            docs.param("<R>", "what all answers are")
                .param("requests", "what to ask")
                .returns("the outcomes in the order of the requests")
                .build())
        .addTypeVariable(reply)
        .returns(
            ParameterizedTypeName.get(
                ClassName.get(List.class),
                ParameterizedTypeName.get(
                    Classes.OUTCOME, ParameterizedTypeName.get(Classes.REPLY, reply))))
        .addParameter(
            ParameterizedTypeName.get(
                ClassName.get(List.class),
                WildcardTypeName.subtypeOf(
                    ParameterizedTypeName.get(
                        Classes.TYPED_REQUEST, WildcardTypeName.subtypeOf(reply)))),
            "requests")
        .addStatement("return family.$L(requests)", name)
        .build();
  }

  private MethodSpec.Builder subscription(Docs docs) {
    return throwing(
            MethodSpec.methodBuilder("subscribe").addModifiers(Modifier.PUBLIC),
            docs.param("groups", "whose messages")
                .returns("the subscription, which must be closed"),
            "if the kernel does not have a group, or refuses")
        .returns(ParameterizedTypeName.get(Classes.TYPED_SUBSCRIPTION, names.notification()));
  }

  private ParameterSpec groups() {
    return ParameterSpec.builder(ArrayTypeName.of(names.group()), "groups").build();
  }

  private MethodSpec subscribe() {
    return subscription(Docs.of("Subscribes to what the kernel tells."))
        .addParameter(groups())
        .varargs()
        .addStatement(
            "return family.subscribe($T::of, $T.names(groups))",
            names.notification(),
            names.group())
        .build();
  }

  private MethodSpec watch() {
    return subscription(
            Docs.of("Subscribes, lists what there is, and lists again after each gap.")
                .param("list", "the dump that lists"))
        .addParameter(
            ParameterizedTypeName.get(
                Classes.TYPED_DUMP_REQUEST, WildcardTypeName.subtypeOf(names.notification())),
            "list")
        .addParameter(groups())
        .varargs()
        .addStatement(
            "return family.subscribe(list, $T::of, $T.names(groups))",
            names.notification(),
            names.group())
        .build();
  }

  private static MethodSpec close() {
    return MethodSpec.methodBuilder("close")
        .addJavadoc(
            Docs.of("Closes what {@link #open()} has opened. More than once does no harm.").build())
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .addStatement("family.close()")
        .build();
  }

  private static MethodSpec string() {
    return MethodSpec.methodBuilder("toString")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(String.class)
        .addStatement("return family.toString()")
        .build();
  }
}
