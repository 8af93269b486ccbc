package dev.jgenl.spec;

import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.List;

/** A value that cannot be sent: the spec does not know a name, or wants something else there. */
public final class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private static final int LENGTH_MAX = 500;

  /** The names that lead to the value. */
  @SuppressWarnings("serial") // An immutable list of strings.
  private final List<String> path;

  /** What is wrong with it. */
  private final String reason;

  /** Whether there is more of it than fits into an attribute. */
  private final boolean tooLong;

  InvalidValueException(String reason) {
    this("", List.of(), reason, false);
  }

  static InvalidValueException tooLong(String reason) {
    return new InvalidValueException("", List.of(), reason, true);
  }

  private InvalidValueException(String request, List<String> path, String reason, boolean tooLong) {
    super(
        Printable.escape(
            abridged(request + (path.isEmpty() ? "" : String.join(".", path) + ": ") + reason)));
    this.path = path;
    this.reason = reason;
    this.tooLong = tooLong;
  }

  boolean isTooLong() {
    return tooLong;
  }

  private static String abridged(String text) {
    return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
  }

  /** Returns the same of a value within another. */
  InvalidValueException within(String name) {
    List<String> longer = new ArrayList<>();
    longer.add(name);
    longer.addAll(path);
    return new InvalidValueException("", List.copyOf(longer), reason, tooLong);
  }

  /** Returns the same of a request. */
  InvalidValueException of(String request) {
    return new InvalidValueException(request + ": ", path, reason, tooLong);
  }

  /**
   * Returns where the value is.
   *
   * @return the names that lead to it, outermost first, with indices of lists as "[0]"; perhaps
   *     none
   */
  public List<String> path() {
    return path;
  }
}
