package dev.jgenl.spec.model;

import java.util.List;
import java.util.Map;

/**
 * How an object goes on in the messages behind it, of a dump or of a request that is sent in parts:
 * attributes that were not there are added, elements of arrays are appended.
 *
 * @param key the attributes whose values the messages of one object share
 * @param elements of arrays whose elements go on as well, by their name, how these do
 */
public record Continuation(List<String> key, Map<String, Element> elements) {

  /**
   * How an element of an array goes on.
   *
   * @param key the attribute whose value the parts of one element share
   * @param kept attributes that are flags, with the names of those bits that hold for each part of
   *     a request; all else is in the first part alone
   */
  public record Element(String key, Map<String, List<String>> kept) {

    /**
     * Copies what it is given.
     *
     * @param key as {@link #key()}
     * @param kept as {@link #kept()}
     */
    public Element {
      kept = Map.copyOf(kept);
    }
  }

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
