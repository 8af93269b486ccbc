package dev.jgenl.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * In what jgenl and pyynl may differ: a list of where, family, operation and path, with the reason
 * behind. A star in the path stands for any name; what lies below the path may differ, too. Not to
 * be shared between threads.
 */
final class KnownDifferences {

  /** A line of the list. */
  private record Line(String where, String family, String operation, String path, String text) {

    static Line parse(String text) {
      String[] words = text.split(" +", 5);
      if (words.length < 5) {
        throw new IllegalArgumentException("neither difference nor reason: " + text);
      }
      return new Line(words[0], words[1], words[2], words[3], text);
    }

    boolean covers(ComparedCall call, String difference) {
      return family.equals(call.family())
          && operation.equals(call.operation())
          && pattern().matcher(difference).matches();
    }

    private Pattern pattern() {
      return Pattern.compile(Pattern.quote(path).replace("*", "\\E[^.]+\\Q") + "((\\.|\\[]).*)?");
    }
  }

  private final List<Line> lines;
  private final Set<Line> unused;

  private KnownDifferences(List<Line> lines) {
    this.lines = lines;
    unused = new LinkedHashSet<>(lines);
  }

  /** Reads those of a place. */
  static KnownDifferences read(Path file, String where) throws IOException {
    return new KnownDifferences(
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Line::parse)
            .filter(line -> line.where.equals(where))
            .toList());
  }

  boolean cover(ComparedCall call, String path) {
    List<Line> covering = lines.stream().filter(line -> line.covers(call, path)).toList();
    covering.forEach(unused::remove);
    return !covering.isEmpty();
  }

  /** The lines that nothing was covered by. */
  List<String> unused() {
    return unused.stream().map(Line::text).toList();
  }
}
