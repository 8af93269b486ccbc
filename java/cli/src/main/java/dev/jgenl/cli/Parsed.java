package dev.jgenl.cli;

import java.util.List;
import java.util.Map;

/**
 * A command line that was taken apart.
 *
 * @param options by each of its names, the value of those that are there; empty if they have none
 * @param parameters in their order
 * @param dashes how many of them stand in front of {@code --}; -1 if it is not there
 */
record Parsed(Map<String, String> options, List<String> parameters, int dashes) {

  /**
   * Copies what it is given.
   *
   * @param options as {@link #options()}
   * @param parameters as {@link #parameters()}
   * @param dashes as {@link #dashes()}
   */
  Parsed {
    options = Map.copyOf(options);
    parameters = List.copyOf(parameters);
  }
}
