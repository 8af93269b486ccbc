package dev.jgenl.spec.compiler;

import java.util.List;

/**
 * What does not fit together in a family.
 *
 * @param path where: keys of the spec and names of what is in its lists, such as attribute-sets,
 *     dev, attributes, ifindex
 * @param text what is wrong
 * @param remedy what to do
 */
public record Finding(List<String> path, String text, String remedy) {

  /**
   * Copies the path.
   *
   * @param path as {@link #path()}
   * @param text as {@link #text()}
   * @param remedy as {@link #remedy()}
   */
  public Finding {
    path = List.copyOf(path);
  }

  /** Returns it in one line. */
  @Override
  public String toString() {
    return String.join("/", path) + ": " + message();
  }

  String message() {
    return text + ": " + remedy;
  }
}
