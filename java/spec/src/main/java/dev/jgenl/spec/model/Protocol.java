package dev.jgenl.spec.model;

/** How a family is reached. */
public sealed interface Protocol {

  /**
   * By Generic Netlink.
   *
   * @param family the name by which the kernel knows it
   * @param version its version, 1 to 255
   */
  record Generic(String family, int version) implements Protocol {}

  /**
   * By a protocol of its own, or as a part of one.
   *
   * @param number such as 0, {@code NETLINK_ROUTE}
   */
  record Raw(int number) implements Protocol {}
}
