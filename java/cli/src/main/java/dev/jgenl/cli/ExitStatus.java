package dev.jgenl.cli;

/** With which status the command ends. One that Ctrl-C ends has 130. */
final class ExitStatus {

  static final int OK = 0;

  /** The kernel refused, or could not be asked; a check found something. */
  static final int REFUSED = 1;

  /** The command line is wrong, or names a file that cannot be opened, or a value does not fit. */
  static final int USAGE = 2;

  /** There is no such family, in the specs or in the kernel. */
  static final int NO_FAMILY = 3;

  /** What was dumped changed meanwhile. */
  static final int INTERRUPTED_DUMP = 4;

  /** Nobody reads any more: as that of a program that SIGPIPE ends. */
  static final int NOBODY_READS = 141;

  private ExitStatus() {}
}
