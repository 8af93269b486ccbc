package dev.jgenl;

/**
 * Of what was sent in several requests some were done before one failed: the cause says why that
 * one did.
 */
public final class PartlyDoneException extends NetlinkException {

  private static final long serialVersionUID = 1;

  /** How many requests were done. */
  private final int done;

  /** How many there were to do. */
  private final int parts;

  /**
   * Creates one.
   *
   * @param message what was to be done
   * @param done how many requests were done
   * @param parts how many there were to do
   * @param cause why the next one failed; if no answer to it came, it may have been done as well
   */
  public PartlyDoneException(String message, int done, int parts, Throwable cause) {
    super(message + ": " + done + " of " + parts + " parts done, then: " + cause.getMessage());
    this.done = done;
    this.parts = parts;
    initCause(cause);
  }

  /**
   * Returns how many requests were done.
   *
   * @return at least 1, less than {@link #parts()}
   */
  public int done() {
    return done;
  }

  /**
   * Returns how many requests there were to do.
   *
   * @return their number
   */
  public int parts() {
    return parts;
  }
}
