package dev.jgenl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jgenl.bench.Results.Machine;
import dev.jgenl.bench.Results.Result;
import dev.jgenl.bench.Results.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {

  private static final Path RESULTS = Path.of("results.json");
  private static final Path SCHEMA = Path.of("results.schema.json");

  @Test
  void resultsOfTheLastFullRunFollowTheSchema() throws IOException {
    assertThat(Results.validate(RESULTS, SCHEMA)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "client, \"c-fast\"",
    "where, \"moon\"",
    "operation, \"echo\"",
    "iterations, 0",
    "payload, -1",
    "threads, 0",
    "ns_per_op, 5",
    "ratio_to_c_raw, {}",
    "syscalls_per_op, \"2\"",
    "surprise, 1",
  })
  void schemaRefusesAWrong(String field, String value) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode tree = (ObjectNode) mapper.readTree(RESULTS.toFile());
    ((ObjectNode) tree.get("results").get(0)).set(field, mapper.readTree(value));

    assertThat(Results.validate(tree, SCHEMA)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ip", "links"})
  void aClientOrAnOperationCanBeSkipped(String what) throws IOException {
    assertThat(Results.validate(resultsThatSkip(what), SCHEMA)).isEmpty();
  }

  @Test
  void nothingElseCanBeSkipped() throws IOException {
    assertThat(Results.validate(resultsThatSkip("lunch"), SCHEMA)).isNotEmpty();
  }

  private static ObjectNode resultsThatSkip(String what) throws IOException {
    ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(RESULTS.toFile());
    tree.withArray("skipped")
        .addObject()
        .put("where", "host")
        .put("what", what)
        .put("reason", "there is none");
    return tree;
  }

  @Test
  void whatIsMeasuredAnewStandsInForWhatItWas() throws IOException {
    Results old = Results.read(RESULTS);
    Result exchange = old.find("host", "exchange", "c-raw", 6, 1).orElseThrow();
    Results newer = ofExchange(old, "first", exchange);

    Results renewed = old.renewedBy(newer).renewedBy(ofExchange(old, "second", exchange));

    assertThat(renewed.results().stream().filter(ResultsTest::isExchange))
        .containsExactly(exchange);
    assertThat(renewed.results().stream().filter(r -> !isExchange(r)))
        .containsExactlyElementsOf(old.results().stream().filter(r -> !isExchange(r)).toList());
    assertThat(renewed.runs()).hasSize(old.runs().size() + 1);
    assertThat(new Report(renewed).text())
        .contains("; `host:exchange`: 2026-01-02, commit second.")
        .doesNotContain("commit first");
  }

  @Test
  void whatIsMeasuredOnAnotherMachineStandsInForNothing() throws IOException {
    Results old = Results.read(RESULTS);
    Result exchange = old.find("host", "exchange", "c-raw", 6, 1).orElseThrow();
    Machine host = old.machine().get("host");
    Machine other = new Machine("another", host.processors(), host.memoryMib(), "", "");
    Results newer = ofExchange(old, "other", exchange);

    assertThatThrownBy(
            () ->
                old.renewedBy(
                    new Results(
                        newer.runs(),
                        Map.of("host", other),
                        newer.versions(),
                        newer.results(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another machine");
  }

  private static boolean isExchange(Result result) {
    return result.where().equals("host") && result.operation().equals("exchange");
  }

  private static Results ofExchange(Results old, String commit, Result exchange) {
    return new Results(
        List.of(new Run("2026-01-02", commit, false, List.of("host:exchange"))),
        Map.of("host", old.machine().get("host")),
        Map.of(),
        List.of(exchange),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void reportIsThatOfTheResults() throws IOException {
    assertThat(new Report(Results.read(RESULTS)).text())
        .isEqualTo(Files.readString(Path.of("REPORT.md")));
  }

  @Test
  void readmeShowsTheHeadlineOfTheResults() throws IOException {
    assertThat(Files.readString(Path.of("../README.md")))
        .contains(new Report(Results.read(RESULTS)).headline());
  }
}
