package dev.jgenl.test;

import org.junit.jupiter.api.Timeout;

/** What this machine's kernel answers, by jgenl and by pyynl. */
@Timeout(240)
class PyynlIT extends PyynlComparison {

  PyynlIT() {
    super("host");
  }
}
