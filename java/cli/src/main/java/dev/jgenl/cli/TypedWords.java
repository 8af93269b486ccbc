package dev.jgenl.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command line that is being typed, taken apart as far as it can be.
 *
 * @param verb the verb; empty if there is none yet
 * @param syntax what the verb takes, or the options of all verbs
 * @param parameters what stands behind the verb and is no option, without the last word
 * @param options the values of options, by their first names
 * @param pending the option whose value is being typed, or null
 * @param last the word that is being typed, perhaps empty
 */
record TypedWords(
    String verb,
    Syntax syntax,
    List<String> parameters,
    Map<String, String> options,
    Syntax.@Nullable Option pending,
    String last) {

  /** Takes words apart, of which the last is being typed. */
  static TypedWords of(List<String> words) {
    List<String> before = words.subList(0, words.size() - 1);
    String name = Arguments.of(before.toArray(new String[0])).verb();
    Verb verb = Verbs.find(name);
    Syntax syntax = new Syntax();
    if (verb != null) {
      verb.describe(syntax);
    }
    CommonOptions.addTo(syntax);
    List<String> parameters = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    Syntax.Option pending = null;
    for (String word : before) {
      Syntax.Option option = syntax.find(word);
      if (pending != null) {
        options.put(pending.names().get(0), word);
        pending = null;
      } else if (option != null && option.hasValue()) {
        pending = option;
      } else if (!word.startsWith("-")) {
        parameters.add(word);
      }
    }
    if (!parameters.isEmpty()) {
      parameters.remove(0); // The verb itself.
    }
    return new TypedWords(name, syntax, parameters, options, pending, words.get(words.size() - 1));
  }

  /** Returns what the help calls the parameter that is being typed; empty if there is none. */
  String label() {
    int left = parameters.size();
    for (Syntax.Parameter parameter : syntax.parameters()) {
      if (left < parameter.most()) {
        return parameter.label();
      }
      left -= parameter.most();
    }
    return "";
  }

  /** Returns the parameter that the help calls so, or null. */
  @Nullable String parameter(String label) {
    for (int i = 0; i < syntax.parameters().size() && i < parameters.size(); i++) {
      if (syntax.parameters().get(i).label().equals(label)) {
        return parameters.get(i);
      }
    }
    return null;
  }
}
