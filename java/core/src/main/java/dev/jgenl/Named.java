package dev.jgenl;

import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says names for people. Whatever {@link RequestNames} do, they must not stand in the way of what
 * they are to explain: without a name there is the number.
 */
final class Named {

  private static final int LENGTH_MAX = 100;

  private Named() {}

  /** Says such as "features-set", or "command 12". */
  static String command(RequestNames names, String kind, int number) {
    String name = name(() -> names.command(number));
    return name == null ? kind + " " + number : name;
  }

  /** Says such as "rt-link", or the name of the protocol. */
  static String family(RequestNames names, String protocol) {
    String name = name(names::family);
    return name == null ? protocol : name;
  }

  /** Says such as "wanted.bits (2.3)", with the number alone where there is no name. */
  static String attribute(RequestNames names, List<Integer> path) {
    List<String> numbers = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      String number = Integer.toUnsignedString(path.get(i));
      List<Integer> part = path.subList(0, i + 1);
      String name = name(() -> names.attribute(part));
      numbers.add(number);
      named.add(name == null ? number : name);
    }
    String byNumber = String.join(".", numbers);
    return named.equals(numbers) ? byNumber : String.join(".", named) + " (" + byNumber + ")";
  }

  @SuppressWarnings("OptionalAssignedToNull") // by whoever wrote the names
  private static @Nullable String name(Supplier<Optional<String>> names) {
    try {
      Optional<String> name = names.get();
      if (name == null || name.isEmpty()) {
        return null;
      }
      String all = name.get();
      return Printable.escape(
          all.length() > LENGTH_MAX ? all.substring(0, LENGTH_MAX) + "..." : all);
    } catch (RuntimeException e) {
      return null;
    }
  }
}
