package dev.jgenl.cli;

import dev.jgenl.GenlFamily;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Provenance;
import dev.jgenl.spec.model.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A request by numbers: a model that knows nothing but what is sent, so that what comes in answer
 * is shown by numbers, too.
 *
 * @param model the model
 * @param value what is sent
 */
record RawRequest(Family model, Value value) {

  private static final String HEADER = "header";
  private static final int GENERIC = 16;

  /** Attributes by their number; within are bytes, or more attributes. */
  private static final class Nest {
    private final Map<Integer, Object> attributes = new LinkedHashMap<>();
  }

  /**
   * Makes one.
   *
   * @param family a name of Generic Netlink, or the number of another protocol
   * @param command the number of the command, or of the type of the message
   * @param words such as {@code 1=u32:5}, {@code 2.1=str:eth0}, {@code header=hex:00000000}
   */
  static RawRequest of(Session session, String family, String command, String[] words, boolean dump)
      throws IOException {
    Nest root = new Nest();
    byte[] header = {};
    for (String word : words) {
      int equals = word.indexOf('=');
      String path = equals < 0 ? word : word.substring(0, equals);
      byte[] bytes = equals < 0 ? new byte[0] : RawValue.parse(word.substring(equals + 1));
      if (path.equals(HEADER)) {
        header = bytes;
      } else {
        add(root, path, bytes);
      }
    }
    List<AttributeSet> sets = new ArrayList<>();
    Map<String, Object> value = values(root, "", sets);
    if (header.length > 0) {
      value.put(HEADER, header);
    }
    return new RawRequest(
        model(protocol(session, family), family, command, header.length, sets, dump),
        Value.of(value));
  }

  private static void add(Nest root, String path, byte[] bytes) {
    Nest around = root;
    int at = 0;
    for (int point = path.indexOf('.'); point >= 0; point = path.indexOf('.', at)) {
      Object within =
          around.attributes.computeIfAbsent(
              number(path.substring(at, point), path), n -> new Nest());
      if (!(within instanceof Nest nest)) {
        throw wrong(path, "there is a value already");
      }
      around = nest;
      at = point + 1;
    }
    if (around.attributes.put(number(path.substring(at), path), bytes) != null) {
      throw wrong(path, "it is there twice");
    }
  }

  /** Returns the number of an attribute, a command or a protocol, which stands in a path. */
  static int number(String digits, String path) {
    try {
      boolean isHex = digits.startsWith("0x");
      int number = isHex ? Integer.parseInt(digits.substring(2), 16) : Integer.parseInt(digits);
      if (number >= 0 && number <= 0x3fff) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(path, "a number from 0 to 16383 is wanted, such as 31 or 0x1f");
  }

  private static CommandException wrong(String path, String why) {
    return new CommandException(ExitStatus.USAGE, "'" + path + "': " + why);
  }

  /** Returns the values by name, and describes their set. */
  private static Map<String, Object> values(Nest nest, String name, List<AttributeSet> sets) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Attribute> attributes = new ArrayList<>();
    for (Map.Entry<Integer, Object> entry : nest.attributes.entrySet()) {
      String number = entry.getKey().toString();
      Type type = new Type.Binary(OptionalInt.empty());
      if (entry.getValue() instanceof Nest within) {
        String set = name + "." + number;
        values.put(number, values(within, set, sets));
        type = new Type.Nest(set);
      } else {
        values.put(number, entry.getValue());
      }
      attributes.add(
          new Attribute(number, entry.getKey(), type, false, Checks.NONE, Hint.NONE, "", ""));
    }
    sets.add(new AttributeSet(name, "", Optional.empty(), attributes));
    return values;
  }

  private static Protocol protocol(Session session, String family) throws IOException {
    if (!family.isEmpty() && Character.isDigit(family.charAt(0))) {
      int number = number(family, family);
      if (number == GENERIC) {
        throw wrong(family, "protocol 16 is Generic Netlink: give the name of a family of it");
      }
      return new Protocol.Raw(number);
    }
    GenlFamily known = session.genl().family(family);
    return new Protocol.Generic(family, known.version());
  }

  private static Family model(
      Protocol protocol,
      String family,
      String command,
      int header,
      List<AttributeSet> sets,
      boolean dump) {
    Layout layout = new Layout(number(command, command), List.of());
    Optional<Call> call = Optional.of(new Call(layout, Optional.of(layout)));
    Operation operation =
        new Operation(
            command,
            "",
            Optional.of(""),
            header == 0 ? Optional.empty() : Optional.of(HEADER),
            dump ? Optional.empty() : call,
            dump ? call : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            "");
    return new Family(
        family,
        "",
        protocol,
        new Provenance("", "", "", List.of()),
        header == 0 ? List.of() : List.of(struct(header)),
        sets,
        List.of(),
        List.of(operation),
        List.of());
  }

  private static Definition struct(int length) {
    return new Definition.Struct(
        HEADER,
        "",
        "",
        length,
        List.of(
            new Definition.Member(
                HEADER, 0, length, new Type.Binary(OptionalInt.of(length)), Hint.NONE, "")));
  }
}
