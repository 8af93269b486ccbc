package dev.jgenl.bench;

/** Says on standard error how far a run is. */
final class Progress {

  private final long start = System.nanoTime();

  void say(String text) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    System.err.printf("[%4d s] %s%n", seconds, text);
  }
}
