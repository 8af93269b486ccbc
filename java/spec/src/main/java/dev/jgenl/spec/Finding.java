package dev.jgenl.spec;

/**
 * What a check has found in a request.
 *
 * @param path the names that lead to the attribute, with points between
 * @param text what is wrong with it
 */
public record Finding(String path, String text) {

  @Override
  public String toString() {
    return path + ": " + text;
  }
}
