package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source in C that compiles where the headers say what a model says, and nowhere else. */
final class UapiSource {

  /** What stands in the last line, so that a compiler that did not come so far is found out. */
  static final String END = "the end of the source";

  private static final int NETFILTER = 12;
  private static final long BIT_31 = 1L << 31;

  /**
   * What a line asserts.
   *
   * @param subject of what in the model, such as {@code size:tc-stats}
   * @param cName what is looked for in the headers
   */
  record Assertion(String subject, String cName) {}

  private final StringBuilder text = new StringBuilder();
  private final List<Assertion> assertions = new ArrayList<>();
  private final int headerLines;

  private UapiSource(List<String> headers) {
    headers.forEach(header -> text.append("#include <").append(header).append(">\n"));
    headerLines = headers.size();
  }

  static UapiSource of(Family family, List<String> headers) {
    UapiSource source = new UapiSource(headers);
    family.definitions().forEach(source::define);
    family.sets().stream().filter(s -> s.subsetOf().isEmpty()).forEach(source::addAttributes);
    boolean netfilter = family.protocol() instanceof Protocol.Raw raw && raw.number() == NETFILTER;
    family.operations().forEach(operation -> source.addOperation(operation, netfilter));
    source.text.append("_Static_assert(0, \"").append(END).append("\");\n");
    return source;
  }

  String text() {
    return text.toString();
  }

  int size() {
    return assertions.size();
  }

  /** What a line asserts; empty of one that asserts nothing of the model. */
  Optional<Assertion> assertion(int line) {
    int index = line - headerLines - 1;
    return index >= 0 && index < assertions.size()
        ? Optional.of(assertions.get(index))
        : Optional.empty();
  }

  private void define(Definition definition) {
    if (definition instanceof Definition.Constant constant) {
      addNumber("constant:" + constant.name(), constant.cName(), constant.value());
    } else if (definition instanceof Definition.Text named) {
      addText("constant:" + named.name(), named.cName(), named.value());
    } else if (definition instanceof Definition.Enumeration enumeration) {
      for (Definition.Entry entry : enumeration.entries()) {
        addNumber("entry:" + enumeration.name() + "." + entry.name(), entry.cName(), entry.value());
      }
    } else if (definition instanceof Definition.Struct struct && !struct.cName().isEmpty()) {
      addStruct(struct);
    }
  }

  private void addStruct(Definition.Struct struct) {
    String type = "struct " + struct.cName();
    add("size:" + struct.name(), type, "sizeof(" + type + ") == " + struct.size());
    for (Definition.Member member : struct.members()) {
      if (!(member.type() instanceof Type.Pad)) {
        addMember(struct.name() + "." + member.name(), type, member);
      }
    }
  }

  private void addMember(String name, String type, Definition.Member member) {
    String cName = member.name().replace('-', '_');
    String both = type + ", " + cName;
    String value = "((" + type + " *)0)->" + cName;
    add("offset:" + name, both, "__builtin_offsetof(" + both + ") == " + member.offset());
    if (member.length() > 0) {
      add("length:" + name, both, "sizeof(" + value + ") == " + member.length());
    }
    if (member.type() instanceof Type.Scalar scalar) {
      String negative = "((__typeof__(" + value + "))-1 < 0)";
      add("sign:" + name, both, (scalar.width().isSigned() ? "" : "!") + negative);
    }
  }

  private void addAttributes(AttributeSet set) {
    for (Attribute attribute : set.attributes()) {
      addNumber(
          "attribute:" + set.name() + "." + attribute.name(), attribute.cName(), attribute.id());
    }
  }

  /** In messages of netfilter, the number of the subsystem is above that of the operation. */
  private void addOperation(Operation operation, boolean netfilter) {
    int id =
        operation
            .doCall()
            .or(operation::dump)
            .map(Call::request)
            .or(operation::event)
            .map(Layout::id)
            .orElse(0);
    addNumber("operation:" + operation.name(), operation.cName(), netfilter ? id & 0xff : id);
  }

  /** A macro such as 1 << 31 is negative in C. */
  private void addNumber(String subject, String cName, long number) {
    if (cName.isEmpty()) {
      return;
    }
    boolean unsignedInt = number >= BIT_31 && number < 2 * BIT_31;
    String value = unsignedInt ? "(unsigned int)(" + cName + ")" : "(" + cName + ")";
    add(
        subject,
        cName,
        value + " == " + (number < 0 ? Long.toUnsignedString(number) + "ULL" : number));
  }

  private void addText(String subject, String cName, String value) {
    if (!cName.isEmpty()) {
      String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
      add(subject, cName, "__builtin_strcmp(" + cName + ", \"" + escaped + "\") == 0");
    }
  }

  private void add(String subject, String cName, String condition) {
    assertions.add(new Assertion(subject, cName));
    text.append("_Static_assert(").append(condition).append(", \"differs\");\n");
  }
}
