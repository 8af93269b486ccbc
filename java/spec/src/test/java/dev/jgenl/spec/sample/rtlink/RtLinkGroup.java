package dev.jgenl.spec.sample.rtlink;

import java.util.stream.Stream;

/** Multicast groups of rt-link. */
public enum RtLinkGroup {
  /** {@code rtnlgrp-link}. */
  RTNLGRP_LINK("rtnlgrp-link"),
  /** {@code rtnlgrp-stats}. */
  RTNLGRP_STATS("rtnlgrp-stats");

  private final String groupName;

  RtLinkGroup(String groupName) {
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

  static String[] names(RtLinkGroup... groups) {
    return Stream.of(groups).map(RtLinkGroup::groupName).toArray(String[]::new);
  }
}
