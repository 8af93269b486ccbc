package dev.jgenl.bench.client;

/** The kernel that a client talks to, and what it is asked: the numbers of bench/README.md. */
public enum Kernel {
  /** The running one, whose controller is asked for itself. */
  HOST("nlctrl", 3, 2, 2, "nlctrl", 3, 2),
  /** The one with the modules of this project. */
  VM("gnl_foobar_xmpl", 1, 1, 1, "genl_lab", 4, 1);

  private static final String NLCTRL = "nlctrl";

  /** The family of cycle, exchange and pipeline, and its version. */
  public final String family;

  public final int command;
  public final int version;

  /** The type of the only attribute of a request, a string. */
  public final int attribute;

  /** The family of the dump, and its version. */
  public final String dumpFamily;

  public final int dumpCommand;
  public final int dumpVersion;

  Kernel(
      String family,
      int command,
      int version,
      int attribute,
      String dumpFamily,
      int dumpCommand,
      int dumpVersion) {
    this.family = family;
    this.command = command;
    this.version = version;
    this.attribute = attribute;
    this.dumpFamily = dumpFamily;
    this.dumpCommand = dumpCommand;
    this.dumpVersion = dumpVersion;
  }

  /** The string of a request; its length is up to the caller only in the VM. */
  String message(int payload) {
    return this == HOST ? NLCTRL : "x".repeat(payload);
  }
}
