package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.Specs;
import dev.jgenl.spec.compiler.UapiCheck;
import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The specs say what the headers of the same Linux say; where they do not, a line of {@code
 * known-differences.txt} says why.
 */
@Timeout(240)
class UapiIT {

  private static final String OWN = "gnl_foobar_xmpl";

  @TempDir private Path folder;

  @BeforeAll
  static void fetchHeaders() throws Exception {
    Prerequisite.requireProgram("cc", "gcc libc6-dev");
    Command fetch = Command.run(Repository.path("test/oracles/headers.sh").toString());
    Prerequisite.require(fetch.status() == 0, "no headers of the kernel: " + fetch.output());
  }

  @TestFactory
  Stream<DynamicTest> specSaysWhatTheHeadersSay() throws IOException {
    Specs specs = Prerequisite.requireSpecs();
    Map<String, List<String>> known = knownDifferences();
    assertThat(specs.names()).hasSize(35).containsAll(known.keySet());
    return specs.names().stream()
        .filter(name -> !name.equals(OWN))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> check(specs.family(name), known.getOrDefault(name, List.of()))));
  }

  private static void check(Family family, List<String> known) throws Exception {
    UapiCheck.Report report =
        UapiCheck.againstKernel(Repository.path("target/oracles/headers")).check(family);

    List<String> found = new ArrayList<>(report.differing());
    if (!report.undeclared().isEmpty()) {
      found.add("undeclared:" + report.undeclared().size());
    }
    assertThat(report.checked()).isPositive();
    assertThat(found)
        .as("what differs; undeclared are %s", report.undeclared())
        .containsExactlyInAnyOrderElementsOf(known);
  }

  /** By family; a line is the family, what differs, and why. */
  private static Map<String, List<String>> knownDifferences() throws IOException {
    Map<String, List<String>> known = new LinkedHashMap<>();
    Path file = Repository.path("java/spec-compiler/known-differences.txt");
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.split(" +", 3);
        assertThat(words).as("neither difference nor reason: %s", line).hasSize(3);
        known.computeIfAbsent(words[0], family -> new ArrayList<>()).add(words[1]);
      }
    }
    return known;
  }

  @Test
  void ourOwnSpecSaysWhatOurHeaderSays() throws Exception {
    UapiCheck.Report report = ownCheck().check(own());

    assertThat(report.checked()).isEqualTo(5);
    assertThat(report.differing()).isEmpty();
    assertThat(report.undeclared()).isEmpty();
  }

  @Test
  void whatDiffersIsFound() throws Exception {
    writeHeader("GNL_FOOBAR_XMPL_MSG_LEN_MAX 4096", "GNL_FOOBAR_XMPL_MSG_LEN_MAX 4095");

    assertThat(check().check(own()).differing()).containsExactly("constant:msg-len-max");
  }

  @Test
  void whatIsNotDeclaredIsFound() throws Exception {
    writeHeader("GNL_FOOBAR_XMPL_A_MSG,", "GNL_FOOBAR_XMPL_A_TEXT,");

    UapiCheck.Report report = check().check(own());

    assertThat(report.differing()).isEmpty();
    assertThat(report.undeclared()).containsExactly("GNL_FOOBAR_XMPL_A_MSG");
  }

  @Test
  void headerThatIsNotThereIsAFailure() {
    assertThatThrownBy(() -> check().check(own()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gnl_foobar_xmpl.h: No such file");
  }

  @Test
  void headerThatIsNoneIsAFailure() throws Exception {
    writeHeader("enum GNL_FOOBAR_XMPL_COMMAND {", "enum GNL_FOOBAR_XMPL_COMMAND (");

    assertThatThrownBy(() -> check().check(own()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not be checked");
  }

  private static Family own() {
    return Prerequisite.requireSpecs().family(OWN);
  }

  private static UapiCheck ownCheck() {
    return UapiCheck.against(List.of(Repository.path("include")), List.of("gnl_foobar_xmpl.h"));
  }

  private UapiCheck check() {
    return UapiCheck.against(List.of(folder), List.of("gnl_foobar_xmpl.h"));
  }

  private void writeHeader(String line, String otherwise) throws IOException {
    String header = Files.readString(Repository.path("include/gnl_foobar_xmpl.h"));
    assertThat(header).contains(line);
    Files.writeString(folder.resolve("gnl_foobar_xmpl.h"), header.replace(line, otherwise));
  }
}
