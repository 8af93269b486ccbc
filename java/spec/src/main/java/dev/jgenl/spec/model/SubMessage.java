package dev.jgenl.spec.model;

import java.util.List;
import java.util.Optional;

/**
 * What an attribute may hold whose layout another attribute selects.
 *
 * @param name its name
 * @param formats the layouts
 */
public record SubMessage(String name, List<Format> formats) {

  /**
   * Copies what it is given.
   *
   * @param name as {@link #name()}
   * @param formats as {@link #formats()}
   */
  public SubMessage {
    formats = List.copyOf(formats);
  }

  /**
   * A layout.
   *
   * @param value of the selector: text, or a number in decimal digits
   * @param header the name of the struct in front of the attributes
   * @param set the name of the attribute set
   */
  public record Format(String value, Optional<String> header, Optional<String> set) {}
}
