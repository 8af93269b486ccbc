package dev.jgenl.spec.model;

import java.util.List;
import java.util.Map;

/**
 * How an object goes on in the messages behind it, of a dump or of a request that is sent in parts:
 * attributes that were not there are added, elements of arrays are appended.
 *
 * @param key the attributes whose values the messages of one object share
 * @param elements of arrays whose elements go on as well, by their name: the attribute whose value
 *     the parts of one element share
 */
public record Continuation(List<String> key, Map<String, String> elements) {

  /**
   * Copies what it is given.
   *
   * @param key as {@link #key()}
   * @param elements as {@link #elements()}
   */
  public Continuation {
    key = List.copyOf(key);
    elements = Map.copyOf(elements);
  }
}
