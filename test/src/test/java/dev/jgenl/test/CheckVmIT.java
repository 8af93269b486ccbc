package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each difference between the kernel and the specs is one that is known, with its reason. */
@Tag("vm")
class CheckVmIT {

  private static final List<String> MODULES =
      List.of("wireguard", "openvswitch", "team", "cfg80211", "fou", "nfsd", "macsec");

  /** A line of the list. */
  private record Line(String text, Pattern pattern) {

    static Line parse(String text) {
      String[] parts = text.split(" [|] ");
      if (parts.length != 5) {
        throw new IllegalArgumentException("neither difference nor reason: " + text);
      }
      String glob = String.join("|", List.of(parts).subList(0, 4));
      return new Line(text, Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q")));
    }
  }

  @Test
  void differencesFromTheSpecsAreKnown() throws Exception {
    Prerequisite.requireSpecs();
    for (String module : MODULES) {
      Prerequisite.requireModule(module);
      Command.succeed("modprobe", module);
    }
    String release = System.getProperty("os.version");
    List<Line> known = known();
    Set<Line> unused = new LinkedHashSet<>(known);
    List<String> unknown = new ArrayList<>();

    Jgenl check = Jgenl.run("check", "--all", "-o", "jsonl");

    for (String json : check.out().lines().toList()) {
      Value value = Value.parse(json);
      String difference =
          String.join(
              "|",
              release,
              value.at("family").asText(),
              value.at("what").asText(),
              value.at("differs").asText());
      List<Line> covering =
          known.stream().filter(line -> line.pattern.matcher(difference).matches()).toList();
      covering.forEach(unused::remove);
      if (covering.isEmpty()) {
        unknown.add(difference);
      }
    }
    unused.removeIf(line -> !line.text.startsWith("*") && !isOf(line, release));
    assertThat(check.status()).as(check.err()).isEqualTo(1);
    assertThat(unknown).as("differences without a reason").isEmpty();
    assertThat(unused).as("lines that nothing needs").isEmpty();
  }

  private static boolean isOf(Line line, String release) {
    String start = line.text.substring(0, line.text.indexOf('*'));
    return release.startsWith(start);
  }

  private static List<Line> known() throws IOException {
    Path file = Repository.path("test/check/known-differences.txt");
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Line::parse)
        .toList();
  }
}
