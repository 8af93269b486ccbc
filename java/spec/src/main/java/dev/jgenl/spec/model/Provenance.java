package dev.jgenl.spec.model;

import java.util.List;

/**
 * Where a spec comes from.
 *
 * @param file the name of the file
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param licence the SPDX expression that it bears; empty if it bears none
 * @param corrections what overlays have changed, and why
 */
public record Provenance(String file, String sha256, String licence, List<String> corrections) {

  /**
   * Copies what it is given.
   *
   * @param file as {@link #file()}
   * @param sha256 as {@link #sha256()}
   * @param licence as {@link #licence()}
   * @param corrections as {@link #corrections()}
   */
  public Provenance {
    corrections = List.copyOf(corrections);
  }
}
