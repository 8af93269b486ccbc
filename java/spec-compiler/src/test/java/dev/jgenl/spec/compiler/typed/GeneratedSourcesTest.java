package dev.jgenl.spec.compiler.typed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.compiler.JavaGenerator;
import dev.jgenl.spec.compiler.SpecCompiler;
import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedSourcesTest {

  private static final JavaGenerator GENERATOR = JavaGenerator.of("com.example");

  @TempDir private Path folder;

  @Test
  void ofASmallSpecAreWhatIsWrittenHere() throws IOException {
    assertThat(GENERATOR.generate(family("sensors.yaml")).get("com/example/sensors/Reading.java"))
        .isEqualTo(new String(resource("Reading.java.txt"), StandardCharsets.UTF_8));
  }

  @Test
  void ofASmallSpecCompile() throws IOException {
    assertThat(compile(GENERATOR.generate(family("sensors.yaml")))).isEmpty();
  }

  /** With the documentation looked at as well. */
  @Test
  void compileWhateverTheNamesAndTextsAre() throws IOException {
    SortedMap<String, String> sources = GENERATOR.generate(family("nasty.yaml"));

    assertThat(compile(sources)).isEmpty();
    assertThat(sources)
        .containsKeys(
            "com/example/nasty/NaSty.java",
            "com/example/nasty/StringEnum.java",
            "com/example/nasty/StringAttrs.java",
            "com/example/nasty/ListStruct.java");
    assertThat(sources.get("com/example/nasty/NaSty.java"))
        .contains("void newSty(NewRequest request)", "OpenReply openSty(OpenRequest request)");
    assertThat(sources.get("com/example/nasty/StringEnum.java"))
        .contains("N8021Q(1L, \"8021q\")", "A_B(2L, \"a-b\")", "A_B_VALUE(3L, \"a_b\")");
  }

  @Test
  void areTheSameEachTime() throws IOException {
    assertThat(GENERATOR.generate(family("nasty.yaml")))
        .isEqualTo(GENERATOR.generate(family("nasty.yaml")));
  }

  @Test
  void mayBeReadInAnyEncoding() throws IOException {
    assertThat(GENERATOR.generate(family("nasty.yaml")).values())
        .allMatch(text -> text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)));
  }

  private static Family family(String spec) throws IOException {
    return SpecCompiler.bare().compile(spec, resource(spec));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GeneratedSourcesTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  /** Returns what javac has to say. */
  private String compile(Map<String, String> sources) {
    List<JavaFileObject> files = new ArrayList<>();
    sources.forEach((path, text) -> files.add(new Source(path, text)));
    String path =
        String.join(
            System.getProperty("path.separator"),
            System.getProperty("java.class.path"),
            System.getProperty("jdk.module.path", ""));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter says = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-Xlint:all,-path",
            "-Xdoclint:all/protected",
            "-Werror",
            "-d",
            folder.toString(),
            "-cp",
            path);
    compiler.getTask(says, null, null, options, null, files).call();
    return says.toString();
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
