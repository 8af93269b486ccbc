package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Operation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.lang.model.element.Modifier;

/** Writes the methods of a client that ask for something. */
final class CallWriter {

  static final String DUMP = "dump";

  static final String REQUEST_IN_PARTS = "requestInParts";

  private static final String REQUEST = "request";

  private final TypeNames names;
  private final NameScope scope =
      NameScope.ofMembers("open", "model", "batch", "transaction", "subscribe", "close");
  private final String family;

  CallWriter(TypeNames names, String family) {
    this.names = names;
    this.family = family;
  }

  /**
   * A way to ask.
   *
   * @param result what the method returns
   * @param answer what is said of that; nothing if it returns nothing
   * @param call the method of the runtime
   */
  private record Way(TypeName result, Optional<String> answer, String call) {

    String returning() {
      return answer.isPresent() ? "return " : "";
    }
  }

  void write(List<Operation> operations, TypeSpec.Builder client) {
    for (Operation operation : operations) {
      operation
          .doCall()
          .ifPresent(
              call ->
                  write(
                      operation,
                      names.request(operation),
                      call.reply().isPresent() ? asked(operation) : done(operation),
                      name(operation.name()),
                      call.request().attributes().isEmpty() && operation.header().isEmpty(),
                      client));
      operation
          .dump()
          .ifPresent(
              call ->
                  write(
                      operation,
                      names.dumpRequest(operation),
                      dumped(operation),
                      dumpName(operation.name()),
                      true,
                      client));
    }
  }

  private Way asked(Operation operation) {
    return new Way(names.reply(operation), Optional.of("the answer"), REQUEST);
  }

  private static Way done(Operation operation) {
    return new Way(TypeName.VOID, Optional.empty(), call(operation));
  }

  /** Returns the method of the runtime for an operation that is no dump. */
  static String call(Operation operation) {
    boolean answered = operation.doCall().flatMap(Call::reply).isPresent();
    return !answered && operation.continuation().isPresent() ? REQUEST_IN_PARTS : REQUEST;
  }

  private Way dumped(Operation operation) {
    ClassName reply =
        OperationViews.isAnswered(operation) ? names.reply(operation) : Classes.ACKNOWLEDGED;
    return new Way(
        ParameterizedTypeName.get(Classes.TYPED_DUMP, reply),
        Optional.of("the answers, to be closed unless they are read to their end"),
        DUMP);
  }

  /** A keyword is no method: what the family is of is put behind it, such as newFlow. */
  private String name(String operation) {
    String name = Identifiers.member(operation);
    String last = family.replaceFirst("^.*[-_]", "");
    return scope.take(name, name + Identifiers.type(last));
  }

  private String dumpName(String operation) {
    return scope.take(Identifiers.member(operation) + "Dump");
  }

  private static void write(
      Operation operation,
      ClassName request,
      Way way,
      String name,
      boolean needsNothing,
      TypeSpec.Builder client) {
    if (needsNothing) {
      client.addMethod(
          method(way, name, docs(operation, way))
              .addStatement("$L$L($T.builder().build())", way.returning(), name, request)
              .build());
    }
    client.addMethod(
        method(way, name, docs(operation, way).param(REQUEST, "sets what is asked for"))
            .addParameter(
                ParameterizedTypeName.get(
                    ClassName.get(Consumer.class),
                    WildcardTypeName.supertypeOf(request.nestedClass(ViewWriter.BUILDER))),
                REQUEST)
            .addStatement(
                "$L$L($T.of($L))", way.returning(), name, request, Setters.required(REQUEST))
            .build());
    client.addMethod(
        method(way, name, docs(operation, way).param(REQUEST, "what is asked for"))
            .addParameter(request, REQUEST)
            .addStatement("$L$L.$L(family)", way.returning(), Setters.required(REQUEST), way.call())
            .build());
  }

  private static Docs docs(Operation operation, Way way) {
    String kind = way.call().equals(DUMP) ? "dump" : "operation";
    return Docs.of(
            operation.doc(), "The " + kind + " " + Docs.code(operation.name()) + facts(operation))
        .paragraph(Facts.privileges(operation))
        .paragraph(
            way.call().equals(REQUEST_IN_PARTS)
                ? "What does not fit into one message is sent in parts, one after the other, which"
                    + " others may see in between."
                : "");
  }

  private static String facts(Operation operation) {
    return operation.cName().isEmpty() ? "." : ", in C " + Docs.html(operation.cName()) + ".";
  }

  private static MethodSpec.Builder method(Way way, String name, Docs docs) {
    way.answer().ifPresent(docs::returns);
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            docs.throwing(
                    "NetlinkException",
                    "if the kernel refuses, no answer comes, or what comes is malformed")
                .build())
        .returns(way.result())
        .addException(Classes.NETLINK_EXCEPTION);
  }
}
