package dev.jgenl.cli;

import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import java.io.IOException;
import java.util.List;

/**
 * Finds what {@code header.dev-name=eth0} may become while it is typed: its path, then its value.
 */
final class AttributeCompletion {

  private final Family model;
  private final AttributeNames known;
  private final Machine machine;
  private final Candidates candidates;

  /**
   * Begins.
   *
   * @param model the family
   * @param words all before the one that is typed: they may say which kind of thing it belongs to
   * @param machine which has devices
   * @param candidates takes what is found
   */
  AttributeCompletion(Family model, List<String> words, Machine machine, Candidates candidates) {
    this.model = model;
    known = new AttributeNames(model, words);
    this.machine = machine;
    this.candidates = candidates;
  }

  /** Adds what a word may become that is an attribute of a call. */
  void add(String typed, Operation operation, Call call) throws IOException {
    int equals = typed.indexOf('=');
    String path = equals < 0 ? typed : typed.substring(0, equals);
    List<AttributeName> names = known.beside(path, known.first(operation, call));
    int at = path.lastIndexOf('.') + 1;
    if (equals < 0) {
      addNames(path.substring(0, at), names);
    } else {
      String name = path.endsWith("+") ? path.substring(0, path.length() - 1) : path;
      AttributeName found = AttributeNames.named(names, name.substring(at));
      if (found != null) {
        new ValueCompletion(model, machine, candidates)
            .add(typed.substring(0, equals + 1), found, names);
      }
    }
  }

  private void addNames(String before, List<AttributeName> names) {
    for (AttributeName name : names) {
      candidates.add(before + name.name() + continuation(name), name.doc());
    }
  }

  /** How a word goes on behind a name. */
  private static String continuation(AttributeName name) {
    if (name.type() instanceof Type.Flag) {
      return "";
    } else if (name.isList()) {
      return name.isNamed() ? "[0]." : "+=";
    }
    return name.isNamed() ? "." : "=";
  }
}
