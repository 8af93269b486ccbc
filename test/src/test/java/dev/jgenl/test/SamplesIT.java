package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.netlink.Netlink;
import dev.jgenl.test.Sample.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sample of the documents and of the Javadoc compiles, and does what it says. All are run,
 * but for those of {@link Kind#CLASS}, which are classes without a main method; those of {@link
 * Kind#VM} are compiled here and run in the VM.
 */
@Timeout(120)
class SamplesIT {

  private static final int SECONDS = 60;

  private static final List<String> FAMILIES =
      List.of("ethtool", "netdev", "TASKSTATS", "tcp_metrics");

  private static final Map<String, Integer> PROTOCOLS =
      Map.of("Netlink.NETFILTER", Netlink.NETFILTER, "Netlink.SOCK_DIAG", Netlink.SOCK_DIAG);

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everySample() throws IOException {
    return Sample.findAll(Repository.root()).stream().map(this::test);
  }

  private DynamicTest test(Sample sample) {
    if (sample.is(Kind.CLASS)) {
      return DynamicTest.dynamicTest(sample.place() + ": compiles", () -> compile(sample));
    }
    if (sample.is(Kind.VM)) {
      return DynamicTest.dynamicTest(
          sample.place() + ": compiles; is run in the VM", () -> compile(sample));
    }
    return DynamicTest.dynamicTest(sample.place(), () -> compileAndRun(sample));
  }

  @TestFactory
  @Tag("vm")
  Stream<DynamicTest> samplesThatNeedTheModule() throws IOException {
    return Sample.findAll(Repository.root()).stream()
        .filter(sample -> sample.is(Kind.VM))
        .map(s -> DynamicTest.dynamicTest(s.place(), () -> runOnThisKernel(s)));
  }

  private void runOnThisKernel(Sample sample) throws Exception {
    if (sample.is(Kind.RECENT)) {
      Prerequisite.requireLinux(6, 1, "say what is missing");
    }
    if (sample.is(Kind.COMPILER)) {
      Prerequisite.requireProgram("cc", "gcc libc6-dev");
    }
    compileAndRun(sample);
  }

  @Test
  void everySampleIsFound() throws IOException {
    List<Sample> samples = Sample.findAll(Repository.root());
    int inDocuments = 0;
    for (Path file : Sample.documents(Repository.root())) {
      inDocuments += count("```java", Files.readString(file));
    }
    int inJavadoc = 0;
    for (Path file : Sample.sources(Repository.root())) {
      inJavadoc += count("<pre>\\{@", Files.readString(file));
    }

    assertThat(samples).hasSize(inDocuments + inJavadoc);
    assertThat(samples)
        .filteredOn(s -> s.place().startsWith("docs/guide.md"))
        .hasSizeGreaterThan(20);
    assertThat(samples).filteredOn(s -> s.place().startsWith("java/core")).hasSizeGreaterThan(9);
    assertThat(samples).filteredOn(s -> s.place().startsWith("java/testkit")).isNotEmpty();
  }

  @Test
  void sampleThatThrowsFails() {
    assertFails("statements", "throw new IOException(\"as a test\");", "", "as a test");
  }

  @Test
  void sampleThatComplainsFails() {
    assertFails("statements", "System.err.println(\"as a test\");", "", "as a test");
  }

  @Test
  void sampleThatPrintsSomethingElseFails() {
    assertFails("statements", "System.out.println(\"this\");", "that\n", "that");
  }

  @Test
  void sampleThatPrintsMoreFails() {
    assertFails("statements", "System.out.println(\"this\\nand that\");", "this\n", "and that");
  }

  @Test
  void sampleThatDoesNotCompileFails() {
    assertFails("statements", "genl.sing();", "", "cannot find symbol");
  }

  @Test
  void endlessSampleThatEndsFails() {
    assertFails("statements endless", "System.out.println(\"this\");", "that\n", "that");
  }

  @Test
  void whatVariesIsLeftOpen() throws Exception {
    compileAndRun(
        sample("statements", "System.out.println(\"a 17 b\\nx\\ny\\nz\");", "a … b\n…\nz\n"));
  }

  private void assertFails(String words, String code, String expected, String reason) {
    assertThatThrownBy(() -> compileAndRun(sample(words, code, expected)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(reason);
  }

  private static Sample sample(String words, String code, String expected) {
    String output = expected.isEmpty() ? "" : "```text\n" + expected + "```\n";
    String text = "<!-- sample: " + words + " -->\n```java\n" + code + "\n```\n" + output;
    return Sample.ofMarkdown("as a test", text).get(0);
  }

  private void compileAndRun(Sample sample) throws Exception {
    for (String family : FAMILIES) {
      if (sample.asks(family)) {
        Prerequisite.requireFamily(family);
      }
    }
    for (Map.Entry<String, Integer> protocol : PROTOCOLS.entrySet()) {
      if (sample.code().contains(protocol.getKey())) {
        Prerequisite.requireProtocol(protocol.getValue());
      }
    }
    if (sample.is(Kind.NETNS)) {
      Prerequisite.requireNetAdmin();
    }
    if (sample.is(Kind.ROOT)) {
      Prerequisite.requireNetAdmin();
      Prerequisite.requireFirstNamespaces();
    }
    run(sample, compile(sample));
  }

  private Path compile(Sample sample) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Prerequisite.require(compiler != null, "this is a JRE, without a compiler");
    if (sample.needsSpecs()) {
      Prerequisite.requireSpecs();
    }
    Path classes = Files.createTempDirectory(folder, "sample");
    Path source = classes.resolve(sample.className() + ".java");
    Files.writeString(source, sample.source());
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-Xlint:deprecation,rawtypes,unchecked",
              "-Werror",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s:%n%s%n%s", sample.place(), sample.source(), messages).isTrue();
    }
    return classes;
  }

  private static void run(Sample sample, Path classes) throws IOException, InterruptedException {
    if (sample.is(Kind.ENDLESS) || sample.is(Kind.FAILS)) {
      assertThat(sample.expected()).as("what %s prints", sample.place()).isNotNull();
    }
    Path errors = classes.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(words(sample, classes)).redirectError(errors.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      Output output = new Output(process.getInputStream());
      boolean begun =
          sample.is(Kind.ENDLESS) && output.awaitBeginning(sample.expectedPattern(), SECONDS);
      if (sample.is(Kind.ENDLESS)) {
        process.destroyForcibly();
      }
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        // It closes the stream, of which the rest of what was printed may not be read yet.
        process.destroyForcibly();
      }
      String printed = output.text();
      String complaints = Files.readString(errors);
      assertThat(ended).as("%s ends%n%s", sample.place(), printed).isTrue();
      if (sample.is(Kind.FAILS)) {
        assertThat(process.exitValue()).as("status of %s", sample.place()).isEqualTo(1);
        assertThat(printed + complaints).as(sample.place()).matches(sample.expectedPattern());
        return;
      }
      assertThat(complaints).as("%s on stderr", sample.place()).isEmpty();
      if (sample.is(Kind.ENDLESS)) {
        assertThat(begun)
            .as("%s prints %s, not %s", sample.place(), sample.expected(), printed)
            .isTrue();
        return;
      }
      assertThat(process.exitValue()).as("status of %s", sample.place()).isZero();
      if (sample.expected() != null) {
        assertThat(printed).as(sample.place()).matches(sample.expectedPattern());
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> words(Sample sample, Path classes) {
    List<String> words = new ArrayList<>();
    if (sample.is(Kind.NETNS)) {
      words.addAll(List.of("unshare", "--net"));
    }
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classes + ":" + System.getProperty("java.class.path"),
            sample.className()));
    return words;
  }

  private static int count(String regex, String text) {
    return (int) Pattern.compile(regex).matcher(text).results().count();
  }

  /** What a process prints, as it comes. */
  private static final class Output {

    private final StringBuilder text = new StringBuilder();
    private final Thread reader;

    Output(InputStream in) {
      reader = new Thread(() -> read(in), "output of a sample");
      reader.start();
    }

    private void read(InputStream in) {
      byte[] bytes = new byte[4096];
      try {
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          append(new String(bytes, 0, n, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        append("output ended: " + e.getMessage());
      }
    }

    private synchronized void append(String more) {
      text.append(more);
      notifyAll();
    }

    /** Waits until the output begins as it should. */
    boolean awaitBeginning(Pattern expected, int seconds) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end && reader.isAlive()) {
        synchronized (this) {
          if (expected.matcher(text).lookingAt()) {
            return true;
          }
          wait(100);
        }
      }
      synchronized (this) {
        return expected.matcher(text).lookingAt();
      }
    }

    String text() throws InterruptedException {
      reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
      synchronized (this) {
        return text.toString();
      }
    }
  }
}
