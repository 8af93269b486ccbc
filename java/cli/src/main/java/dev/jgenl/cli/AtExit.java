package dev.jgenl.cli;

/** What is done when a signal ends the process, unless this is closed before. */
final class AtExit implements AutoCloseable {

  private final Thread hook;

  AtExit(Runnable action) {
    hook = new Thread(action, "at exit");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being ended, and nothing was begun.
      return;
    }
  }

  /** Nothing is done any more, unless it is being done. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being ended.
      return;
    }
  }
}
