package dev.jgenl.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;

/** What this process held, from time to time. Not safe for use by several threads. */
final class HeldCurve {

  private record Point(double seconds, List<Long> values) {}

  private final List<Point> points = new ArrayList<>();
  private final long started = System.nanoTime();

  /** Adds what is held now. */
  void add() throws IOException, JMException {
    List<Long> values = new ArrayList<>();
    for (Held held : Held.values()) {
      values.add(held.now());
    }
    points.add(new Point((System.nanoTime() - started) / 1e9, values));
  }

  /** What there is more of in the last third than in the middle one, by their medians. */
  List<String> growth() {
    List<String> growth = new ArrayList<>();
    for (Held held : Held.values()) {
      long middle = median(held, points.size() / 3, points.size() * 2 / 3);
      long last = median(held, points.size() * 2 / 3, points.size());
      if (last - middle > held.allowance()) {
        growth.add(held.label() + " grew from " + middle + " to " + last);
      }
    }
    return growth;
  }

  /** The medians of the middle and the last third. */
  String plateau(Held held) {
    return median(held, points.size() / 3, points.size() * 2 / 3)
        + " \u2192 "
        + median(held, points.size() * 2 / 3, points.size());
  }

  private long median(Held held, int from, int to) {
    long[] sorted =
        points.subList(from, to).stream()
            .mapToLong(p -> p.values.get(held.ordinal()))
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  /** Writes a table, its columns separated by tabs. */
  void write(Path file) throws IOException {
    Stream<String> head =
        Stream.of(
            Stream.concat(Stream.of("seconds"), Stream.of(Held.values()).map(Held::label))
                .collect(Collectors.joining("\t")));
    Stream<String> lines =
        points.stream()
            .map(
                p ->
                    String.format(Locale.ROOT, "%.2f\t", p.seconds)
                        + p.values.stream().map(String::valueOf).collect(Collectors.joining("\t")));
    Files.write(file, Stream.concat(head, lines).toList());
  }
}
