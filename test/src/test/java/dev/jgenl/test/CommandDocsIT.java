package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * Runs the commands of docs/cli.md one after the other in a namespace, and compares what they show
 * with what the document says.
 */
@Tag("command")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(240)
class CommandDocsIT {

  private static final int COLUMNS = 100;

  /**
   * A command of the document.
   *
   * @param line the command
   * @param shown what it shows; a line "…" is any lines, and within a line anything
   */
  private record Example(String line, List<String> shown) {

    static List<Example> read() throws IOException {
      List<Example> examples = new ArrayList<>();
      boolean within = false;
      for (String line : Files.readAllLines(Repository.path("docs/cli.md"))) {
        if (line.startsWith("```")) {
          within = line.equals("```console");
        } else if (within && line.startsWith("$ ")) {
          examples.add(new Example(line.substring(2), new ArrayList<>()));
        } else if (within) {
          examples.get(examples.size() - 1).shown.add(line);
        }
      }
      return examples;
    }

    Pattern pattern() {
      StringBuilder pattern = new StringBuilder();
      for (String line : shown) {
        if (line.equals("…")) {
          pattern.append("(?:.*\\n)*");
        } else {
          for (String part : line.split("…", -1)) {
            pattern.append(Pattern.quote(part)).append(".*");
          }
          pattern.setLength(pattern.length() - 2);
          pattern.append("\\n");
        }
      }
      return Pattern.compile(pattern.toString());
    }
  }

  private NamedNamespace namespace;

  @BeforeAll
  void open() throws Exception {
    Jgenl.launcher();
    Prerequisite.requireSpecs();
    namespace = NamedNamespace.open();
  }

  @AfterAll
  void close() throws Exception {
    if (namespace != null) {
      namespace.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> theDocumentShowsWhatIsPrinted() throws IOException {
    List<Example> examples = Example.read();
    assertThat(examples).hasSizeGreaterThan(20);
    return examples.stream().map(e -> dynamicTest(e.line(), () -> run(e)));
  }

  private void run(Example example) throws Exception {
    String script =
        "cd '%s'; export NO_COLOR=1 PATH='%s':$PATH\n%s"
            .formatted(
                Repository.root(),
                Jgenl.launcher().getParent(),
                example.line().replace("-n demo", "-n " + namespace.file().getFileName()));

    Command command = Terminal.run(COLUMNS, "bash", "-c", script);

    assertThat(command.output()).matches(example.pattern());
  }
}
