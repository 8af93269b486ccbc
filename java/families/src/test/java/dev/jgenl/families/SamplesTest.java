package dev.jgenl.families;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs as people write them compile. They are not among the tests' own sources, since without
 * specs there is nothing that they could be compiled with.
 */
class SamplesTest {

  @TempDir private Path folder;

  @Test
  void compile() throws Exception {
    Sources.pinned();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter says = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-Xlint:all,-path",
            "-Werror",
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      compiler
          .getTask(
              says,
              files,
              null,
              options,
              null,
              files.getJavaFileObjects(Path.of("src/test/samples/Samples.java")))
          .call();
    }

    assertThat(says.toString()).isEmpty();
  }
}
