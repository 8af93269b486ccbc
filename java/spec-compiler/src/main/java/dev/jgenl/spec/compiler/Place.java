package dev.jgenl.spec.compiler;

/**
 * Where something stands.
 *
 * @param file the name of the file
 * @param line its line, from 1
 * @param column its column, from 1
 */
public record Place(String file, int line, int column) {

  /** Returns the place as compilers write it, {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
