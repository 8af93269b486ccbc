package dev.jgenl.spec.model;

import java.util.List;

/**
 * A kind of message.
 *
 * @param id the number of the command; of a protocol of its own the type of the message
 * @param attributes the names of those of the operation's set that may be in it
 */
public record Layout(int id, List<String> attributes) {

  /**
   * Copies what it is given.
   *
   * @param id as {@link #id()}
   * @param attributes as {@link #attributes()}
   */
  public Layout {
    attributes = ModelList.copyOf(attributes);
  }
}
