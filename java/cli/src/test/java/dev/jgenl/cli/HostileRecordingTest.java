package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jgenl.wire.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is in a recording, {@code jgenl decode} shows it, or says in a line why it does not; a
 * terminal has nothing to obey. The inputs beside it are run; with JAZZER_FUZZ=1 in the environment
 * it looks for more (test/torture/codec.sh).
 */
class HostileRecordingTest {

  @TempDir private static Path folder;

  @FuzzTest(maxDuration = "10m")
  void anyBytesAreShownOrRefused(byte[] recording) throws IOException {
    Scripted command = new Scripted(folder);
    command.family();

    for (String format : List.of("table", "jsonl", "pretty", "hex")) {
      command.input(new ByteArrayInputStream(recording));
      int status = command.run("decode", "-o", format);

      assertThat(status).isIn(ExitStatus.OK, ExitStatus.REFUSED, ExitStatus.USAGE);
      assertThat(command.err()).doesNotContain("internal error");
      assertPrintable(command.out());
      assertPrintable(command.err());
    }
  }

  private static void assertPrintable(String text) {
    assertThat(text.lines())
        .allMatch(line -> Printable.escape(line).replace("\\\\", "\\").equals(line));
  }
}
