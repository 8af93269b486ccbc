package dev.jgenl;

/**
 * The data changed while a dump was under way ({@code NLM_F_DUMP_INTR}), so that its messages may not
 * fit together. Those that were delivered are valid each by itself.
 */
public final class DumpInterruptedException extends NetlinkException {

  private static final long serialVersionUID = 1;

  DumpInterruptedException(String message) {
    super(message);
  }
}
