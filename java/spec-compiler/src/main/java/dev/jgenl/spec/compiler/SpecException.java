package dev.jgenl.spec.compiler;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A spec or an overlay is wrong. Each line of the message is {@code file:line:column: text}. */
public final class SpecException extends IOException {

  private static final long serialVersionUID = 1;

  SpecException(Place place, String text) {
    this(List.of(problem(place, text)));
  }

  SpecException(List<String> problems) {
    super(String.join("\n", problems));
  }

  static String problem(Place place, String text) {
    return place + ": " + text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /**
   * Returns what is wrong.
   *
   * @return at least one text, each as {@code file:line:column: text}
   */
  public List<String> problems() {
    return Objects.requireNonNull(getMessage()).lines().toList();
  }

  /**
   * Returns what is wrong, with the folder in front of the file, so that tools find it.
   *
   * @param spec the file that was compiled
   * @return as {@link #problems()}
   */
  public List<String> problems(Path spec) {
    Path folder = spec.getParent();
    return folder == null
        ? problems()
        : problems().stream()
            .map(p -> p.startsWith(spec.getFileName() + ":") ? folder + "/" + p : p)
            .toList();
  }
}
