package dev.jgenl;

import dev.jgenl.wire.Printable;

/** No family is registered under a name: usually the module that provides it is not loaded. */
public final class FamilyNotFoundException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /** The name that was asked for. */
  private final String family;

  /**
   * Creates one.
   *
   * @param family the name that was asked for
   * @param remedy what the reader of the message should do
   */
  public FamilyNotFoundException(String family, String remedy) {
    super("generic netlink family '" + Printable.escape(family) + "' is not registered: " + remedy);
    this.family = family;
  }

  /**
   * Returns the name that was asked for.
   *
   * @return the name of the family
   */
  public String family() {
    return family;
  }

  /**
   * Makes the same exception with advice that fits the family.
   *
   * @param remedy what the reader of the message should do
   * @return another exception with the same family and stack trace
   */
  public FamilyNotFoundException withRemedy(String remedy) {
    FamilyNotFoundException e = new FamilyNotFoundException(family, remedy);
    e.setStackTrace(getStackTrace());
    return e;
  }
}
