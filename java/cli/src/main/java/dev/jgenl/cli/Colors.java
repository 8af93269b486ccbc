package dev.jgenl.cli;

/** Colours of a terminal. */
final class Colors {

  static final String NAME = "\033[36m";
  static final String TEXT = "\033[32m";
  static final String NUMBER = "\033[33m";
  static final String HEADING = "\033[1m";

  private static final String OFF = "\033[0m";

  private Colors() {}

  /** Returns text in a colour. */
  static String in(String color, String text) {
    return color + text + OFF;
  }
}
