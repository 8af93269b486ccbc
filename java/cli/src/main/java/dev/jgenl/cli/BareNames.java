package dev.jgenl.cli;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import java.util.List;

/** Names of attributes without a value, which only flags can do without. */
final class BareNames {

  private BareNames() {}

  /**
   * Requires that each word without a value is a flag. One that the spec does not have is left to
   * who looks its name up.
   *
   * @throws CommandException if it is not; the message says how a value is given
   */
  static void requireFlags(Family model, Operation operation, List<String> words) {
    AttributeNames known = new AttributeNames(model, words);
    String header = operation.header().orElse("") + ".";
    for (String word : words) {
      if (word.indexOf('=') < 0) {
        String path = word.startsWith(header) ? word.substring(header.length()) : word;
        List<AttributeName> beside = known.beside(path, known.first(operation, null));
        AttributeName found =
            AttributeNames.named(beside, path.substring(path.lastIndexOf('.') + 1));
        if (found != null && !(found.element() instanceof Type.Flag)) {
          throw new CommandException(
              ExitStatus.USAGE,
              model.name()
                  + " "
                  + operation.name()
                  + ": "
                  + word
                  + " needs a value: "
                  + word
                  + (found.isNamed() ? ".NAME=VALUE" : "=VALUE"));
        }
      }
    }
  }
}
