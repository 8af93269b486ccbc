package dev.jgenl.spec.sample.ethtool;

import java.util.stream.Stream;

/** Multicast groups of ethtool. */
public enum EthtoolGroup {
  /** {@code monitor}. */
  MONITOR("monitor");

  private final String groupName;

  EthtoolGroup(String groupName) {
    this.groupName = groupName;
  }

  /**
   * Returns the name by which the kernel knows it.
   *
   * @return the name
   */
  public String groupName() {
    return groupName;
  }

  static String[] names(EthtoolGroup... groups) {
    return Stream.of(groups).map(EthtoolGroup::groupName).toArray(String[]::new);
  }
}
