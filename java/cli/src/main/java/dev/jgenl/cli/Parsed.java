package dev.jgenl.cli;

import java.util.List;
import java.util.Map;

/**
 * A command line that was taken apart.
 *
 * @param options by each of its names, the value of those that are there; empty if they have none
 * @param parameters in their order
 */
record Parsed(Map<String, String> options, List<String> parameters) {

  /**
   * Copies what it is given.
   *
   * @param options as {@link #options()}
   * @param parameters as {@link #parameters()}
   */
  Parsed {
    options = Map.copyOf(options);
    parameters = List.copyOf(parameters);
  }
}
