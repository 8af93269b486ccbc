package dev.jgenl.spec.compiler;

import dev.jgenl.spec.compiler.UapiSource.Assertion;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a compiler says of a {@link UapiSource}, line by line. Not to be shared between threads. */
final class UapiAnswer {

  private static final Pattern ERROR =
      Pattern.compile("<stdin>:(\\d+):\\d+: (?:fatal )?error: (.*)");

  /** An error elsewhere than in the source, or of the compiler itself. */
  private static final Pattern FAILURE = Pattern.compile(".*(error: |internal compiler error).*");

  private static final Pattern DIFFERS =
      Pattern.compile("static assertion failed.*|cast specifies array type");

  private static final Pattern UNDECLARED =
      Pattern.compile(
          ".*undeclared.*|.*has no member named.*|.*incomplete type.*|.*undefined type.*"
              + "|expression in static assertion is not (an integer|constant)");

  private final UapiSource source;
  private final Set<Integer> seen = new HashSet<>();
  private final Set<String> differing = new LinkedHashSet<>();
  private final Set<String> undeclared = new LinkedHashSet<>();
  private boolean ended;

  UapiAnswer(UapiSource source) {
    this.source = source;
  }

  /** Of the errors in a line of the source, the others follow from the first. */
  void take(String complaint) throws IOException {
    Matcher error = ERROR.matcher(complaint);
    if (error.matches()) {
      int line = Integer.parseInt(error.group(1));
      if (seen.add(line) && !isUnderstood(line, error.group(2))) {
        throw new IOException(complaint);
      }
    } else if (FAILURE.matcher(complaint).matches()) {
      throw new IOException(complaint);
    }
  }

  private boolean isUnderstood(int line, String message) {
    Optional<Assertion> assertion = source.assertion(line);
    if (assertion.isEmpty()) {
      ended = message.contains(UapiSource.END);
      return ended;
    }
    if (DIFFERS.matcher(message).matches()) {
      differing.add(assertion.get().subject());
      return true;
    }
    if (UNDECLARED.matcher(message).matches()) {
      undeclared.add(assertion.get().cName());
      return true;
    }
    return false;
  }

  UapiCheck.Report report() throws IOException {
    if (!ended) {
      throw new IOException("the compiler did not come to the end of the source");
    }
    return new UapiCheck.Report(source.size(), List.copyOf(differing), List.copyOf(undeclared));
  }
}
