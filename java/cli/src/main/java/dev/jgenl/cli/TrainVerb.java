package dev.jgenl.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * {@code jgenl train}: makes calls of many kinds, and shows nothing of them. A JVM that is to keep
 * the classes of this program in an archive has then loaded them. Nothing is changed, and it does
 * not matter what this kernel has.
 */
final class TrainVerb extends Verb {

  private static final int COLUMNS = 80;

  private static final String[][] CALLS = {
    {"--help"},
    {"families"},
    {"describe", "ethtool"},
    {"describe", "ethtool", "linkmodes-get"},
    {"do", "nlctrl", "getfamily", "family-name=nlctrl"},
    {"do", "ethtool", "linkmodes-get", "header.dev-name=lo"},
    {"do", "ethtool", "linkmodes-get", "--input", "{header: {dev-name: lo}}"},
    {"do", "rt-link", "getlink", "ifname=lo"},
    {"dump", "nlctrl", "getfamily"},
    {"dump", "ethtool", "features-get"},
    {"dump", "netdev", "dev-get"},
    {"dump", "rt-link", "getlink"},
    {"dump", "rt-route", "getroute"},
    {"--family", "rt-addr", "--dump", "getaddr", "--output-json"},
    {"policy", "nlctrl"},
    {"check", "nlctrl"},
    {"complete", "--", "do", "ethtool", "linkmodes-get", "header.dev-name="},
    {"no-such-verb"},
  };

  @Override
  void describe(Syntax spec) {
    spec.description("Makes calls of many kinds, for an archive of classes.");
  }

  @Override
  int run(Parsed parsed, Session session) {
    for (String[] call : CALLS) {
      run(0, call);
      run(COLUMNS, call);
    }
    return ExitStatus.OK;
  }

  /** Runs a call as behind a pipe, or on a terminal. */
  private static void run(int columns, String... call) {
    OutputStream nowhere = OutputStream.nullOutputStream();
    new Jgenl(
            new Environment(
                nowhere,
                new PrintStream(nowhere),
                InputStream.nullInputStream(),
                columns,
                columns > 0,
                null))
        .run(call);
  }
}
