package dev.jgenl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** {@code jgenl man}: the page of the manual, which packages install. */
final class ManVerb extends Verb {

  @Override
  void describe(Syntax spec) {
    spec.description("Prints the page of the manual, for man -l -.");
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    session.out().print(page());
    return ExitStatus.OK;
  }

  private static String page() throws IOException {
    try (InputStream in = Objects.requireNonNull(ManVerb.class.getResourceAsStream("jgenl.1"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@version@", Version.TEXT)
          .replace("@verbs@\n", ManPage.verbs())
          .replace("@options@\n", ManPage.commonOptions());
    }
  }
}
