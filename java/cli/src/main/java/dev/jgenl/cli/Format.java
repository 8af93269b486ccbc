package dev.jgenl.cli;

/** How data is printed. */
enum Format {
  /** One JSON text: an object, or an array of them. */
  JSON,
  /** A JSON object in each line. */
  JSONL,
  /** JSON with indentation. */
  PRETTY,
  /** For people. */
  TABLE,
  /** The messages that came, in hexadecimal digits, each in a line. */
  HEX;

  /** How much there is to print. */
  enum Count {
    /** One thing. */
    ONE,
    /** As many as there are. */
    MANY,
    /** There is no end: JSON becomes JSONL; the verb flushes when it has nothing to print. */
    ENDLESS
  }
}
