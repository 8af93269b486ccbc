package dev.jgenl.cli;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import java.util.List;

/** Words that only fit some attributes: a name without a value a flag, and += a list. */
final class WordTypes {

  private WordTypes() {}

  /**
   * Requires that each word fits what it names. What the spec does not have is left to who looks
   * its name up.
   *
   * @throws CommandException if it does not; the message says how a value is given
   */
  static void require(Family model, Operation operation, List<String> words) {
    AttributeNames known = new AttributeNames(model, words);
    String header = operation.header().orElse("") + ".";
    for (String word : words) {
      int equals = word.indexOf('=');
      boolean appends = equals > 0 && word.charAt(equals - 1) == '+';
      if (equals < 0 || appends) {
        String name = appends ? word.substring(0, equals - 1) : word;
        String path = name.startsWith(header) ? name.substring(header.length()) : name;
        List<AttributeName> beside = known.beside(path, known.first(operation, null));
        AttributeName found =
            AttributeNames.named(beside, path.substring(path.lastIndexOf('.') + 1));
        String wrong = found == null ? "" : wrong(found, name, appends);
        if (!wrong.isEmpty()) {
          throw new CommandException(
              ExitStatus.USAGE, model.name() + " " + operation.name() + ": " + name + wrong);
        }
      }
    }
  }

  private static String wrong(AttributeName found, String name, boolean appends) {
    if (appends) {
      return isSingle(found) ? " is no list, to which += adds: " + name + "=VALUE" : "";
    }
    String value = name + (found.isNamed() ? ".NAME=VALUE" : "=VALUE");
    return found.element() instanceof Type.Flag ? "" : " needs a value: " + value;
  }

  /** What may be a list in one way or another is left to the codec. */
  private static boolean isSingle(AttributeName found) {
    Type type = found.type();
    boolean isOneNumber =
        type instanceof Type.Scalar number
            && !number.names().map(Type.EnumUse::flags).orElse(false);
    return !found.repeated()
        && (isOneNumber || type instanceof Type.Text || type instanceof Type.Flag);
  }
}
