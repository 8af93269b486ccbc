package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("command")
class ManualIT {

  @Test
  void manReadsItWithoutAWarning(@TempDir Path folder) throws Exception {
    Prerequisite.requireProgram("man", "man-db");
    Path page = folder.resolve("jgenl.1");
    Files.writeString(page, Jgenl.run("man").out());

    String text = Command.succeed("man", "--warnings", "-E", "UTF-8", "-l", page.toString());

    assertThat(text)
        .doesNotContain("warning")
        .contains("ask the kernel by netlink", "jgenl dump FAMILY OPERATION", "--timeout SECONDS");
  }
}
