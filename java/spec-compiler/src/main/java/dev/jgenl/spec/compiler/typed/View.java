package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.Optional;

/**
 * A class that is to be written: a view of a value, and its builder.
 *
 * @param name of the class
 * @param doc what it is
 * @param contents what it shows
 * @param shape the constant of its shape; empty if it has one of its own
 * @param head the struct in front of the attributes, which is shown as one
 * @param request what it asks for, if it is a request
 * @param interfaces what it implements
 * @param selector what selects it, if it is a format of a sub-message
 */
record View(
    ClassName name,
    Docs doc,
    Contents contents,
    Optional<CodeBlock> shape,
    Optional<ClassName> head,
    Optional<Asked> request,
    List<ClassName> interfaces,
    Optional<String> selector) {

  /**
   * What a request asks for.
   *
   * @param operation its name
   * @param call the method of the runtime
   * @param reply the view of what answers; {@link Classes#ACKNOWLEDGED} if nothing does
   */
  record Asked(String operation, String call, ClassName reply) {

    boolean dump() {
      return call.equals(CallWriter.DUMP);
    }
  }

  /** A view of a nest or a struct. */
  static View plain(ClassName name, Docs doc, Contents contents) {
    return new View(
        name,
        doc,
        contents,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  View withHead(Optional<ClassName> struct) {
    return new View(name, doc, contents, shape, struct, request, interfaces, selector);
  }

  View withShape(CodeBlock constant) {
    return new View(
        name, doc, contents, Optional.of(constant), head, request, interfaces, selector);
  }

  View asking(Asked asked) {
    return new View(name, doc, contents, shape, head, Optional.of(asked), interfaces, selector);
  }

  View implementing(ClassName type) {
    return new View(name, doc, contents, shape, head, request, List.of(type), selector);
  }

  View selectedBy(String value) {
    return new View(name, doc, contents, shape, head, request, interfaces, Optional.of(value));
  }
}
