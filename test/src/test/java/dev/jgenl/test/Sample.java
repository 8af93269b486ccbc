package dev.jgenl.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sample of the documentation.
 *
 * <p>In Markdown it is a block of {@code java}, and a whole program unless the line before says
 * otherwise: {@code <!-- sample: WORD... -->}, where the words are those of {@link Kind}. If the
 * next block is one of {@code text}, that is what the sample prints; {@code …} stands for what
 * varies, also for whole lines, and a line that begins with {@code $} is the command that runs it.
 *
 * <p>In Javadoc it is preformatted code, and statements.
 *
 * @param place the file and the line where it begins
 * @param expected what it prints, or null if the documentation does not show that
 */
record Sample(String place, Set<Kind> kinds, String code, @Nullable String expected) {

  /** What is said of a sample. */
  enum Kind {
    /**
     * Statements, which are run in a method, with an open {@code genl} if they open nothing; what
     * they import stands before them.
     */
    STATEMENTS,
    /**
     * Members of a test class, to which those of the same document before them belong; its tests
     * are run. Known by their annotation.
     */
    TEST,
    /** A class without a main method, which is compiled only. */
    CLASS,
    /** Stopped when it has printed what the documentation shows. */
    ENDLESS,
    /** Ends with the exception that the documentation shows. */
    FAILS,
    /** Changes devices, or needs few of them: run in a network namespace of its own. */
    NETNS,
    /** Needs root in the first namespaces. */
    ROOT,
    /** Needs the module gnl_foobar_xmpl, so it is run in the VM. */
    VM,
    /** Shows what the kernel says since Linux 6.1. */
    RECENT,
    /** Has C compiled. */
    COMPILER
  }

  private static final Pattern MARK = Pattern.compile("<!-- sample: ([a-z ]+) -->");

  private static final Pattern CLASS_NAME =
      Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

  private static final Pattern IMPORTS_OF_STATEMENTS = Pattern.compile("(?:import .*\\n)+");

  private static final String IMPORTS =
      """
      import com.example.gnlfoobarxmpl.*;
      import dev.jgenl.*;
      import dev.jgenl.capture.*;
      import dev.jgenl.foobar.*;
      import dev.jgenl.netlink.*;
      import dev.jgenl.spec.*;
      import dev.jgenl.spec.testkit.*;
      import dev.jgenl.testkit.*;
      import dev.jgenl.transport.*;
      import dev.jgenl.wire.*;
      import java.io.*;
      import java.nio.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.stream.*;
      """;

  /** Finds the samples of all documents and of the Javadoc of the published modules. */
  static List<Sample> findAll(Path repository) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path file : documents(repository)) {
      samples.addAll(ofMarkdown(repository.relativize(file).toString(), Files.readString(file)));
    }
    for (Path file : sources(repository)) {
      samples.addAll(ofJavadoc(repository.relativize(file).toString(), Files.readString(file)));
    }
    return samples;
  }

  static List<Path> documents(Path repository) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : List.of(repository, repository.resolve("docs"))) {
      try (Stream<Path> list = Files.list(folder)) {
        list.filter(f -> f.toString().endsWith(".md")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  static List<Path> sources(Path repository) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : List.of("core", "testkit", "spec", "spec-testkit")) {
      try (Stream<Path> tree =
          Files.walk(repository.resolve("java/" + module + "/src/main/java"))) {
        tree.filter(f -> f.toString().endsWith(".java")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  static List<Sample> ofMarkdown(String file, String text) {
    List<Sample> samples = new ArrayList<>();
    List<String> lines = text.lines().toList();
    Set<Kind> marks = EnumSet.noneOf(Kind.class);
    StringBuilder tests = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Matcher mark = MARK.matcher(lines.get(i));
      if (mark.matches()) {
        marks = kinds(mark.group(1));
      } else if (lines.get(i).startsWith("```")) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        String block = String.join("\n", lines.subList(i + 1, end)) + "\n";
        if (lines.get(i).equals("```java")) {
          if (block.contains("@Test")) {
            marks.add(Kind.TEST);
            block = tests.append(block).toString();
          }
          samples.add(new Sample(file + ":" + (i + 1), marks, block, output(lines, end + 1)));
        }
        marks = EnumSet.noneOf(Kind.class);
        i = end;
      }
    }
    return samples;
  }

  private static Set<Kind> kinds(String words) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (String word : words.split(" ")) {
      kinds.add(Kind.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return kinds;
  }

  /** Returns the block that begins next, if it is one of text. */
  private static @Nullable String output(List<String> lines, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        List<String> rest = lines.subList(i + 1, lines.size());
        return lines.get(i).equals("```text")
            ? String.join("\n", rest.subList(0, rest.indexOf("```"))) + "\n"
            : null;
      }
    }
    return null;
  }

  static List<Sample> ofJavadoc(String file, String text) {
    List<Sample> samples = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("* <pre>{@code")) {
        int begin = i + 1;
        StringBuilder code = new StringBuilder();
        for (i = begin; !lines.get(i).strip().equals("* }</pre>"); i++) {
          code.append(lines.get(i).replaceFirst("^ *\\* ?", "")).append('\n');
        }
        Set<Kind> kinds = EnumSet.of(Kind.STATEMENTS);
        if (code.indexOf("GenlClient") >= 0) {
          kinds.add(Kind.VM);
        }
        if (code.indexOf("TASKSTATS") >= 0) {
          kinds.add(Kind.ROOT);
        }
        samples.add(new Sample(file + ":" + begin, kinds, code.toString(), null));
      }
    }
    return samples;
  }

  boolean is(Kind kind) {
    return kinds.contains(kind);
  }

  /** Tells whether it uses families that a build without the kernel's specs leaves out. */
  boolean needsSpecs() {
    return code.contains("Specs.bundled()") || code.contains("dev.jgenl.families.");
  }

  /** Tells whether it asks a family, by name or typed. */
  boolean asks(String family) {
    String typed = "dev.jgenl.families." + family.toLowerCase(Locale.ROOT).replace("_", "") + ".";
    return code.contains("family(\"" + family + "\")") || code.contains(typed);
  }

  /** Returns the class that is run. */
  String className() {
    if (is(Kind.STATEMENTS) || is(Kind.TEST)) {
      return "Sample";
    }
    Matcher name = CLASS_NAME.matcher(code);
    if (!name.find()) {
      throw new IllegalStateException(place + " has no class");
    }
    return name.group(1);
  }

  /** Returns the sample in the frame that makes it a source file. */
  String source() {
    if (is(Kind.CLASS)) {
      return IMPORTS + code;
    }
    if (is(Kind.TEST)) {
      return IMPORTS
          + """
          import org.junit.jupiter.api.Test;
          import static org.assertj.core.api.Assertions.*;
          class Sample {
            public static void main(String[] args) throws Exception {
              int count = 0;
              for (java.lang.reflect.Method method : Sample.class.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                  method.invoke(new Sample());
                  count++;
                }
              }
              if (count == 0) {
                throw new AssertionError("no test");
              }
            }
          """
          + code
          + "}\n";
    }
    if (is(Kind.STATEMENTS)) {
      boolean opens = code.contains("Genl genl") || code.contains("Netlink.open(");
      Matcher imports = IMPORTS_OF_STATEMENTS.matcher(code);
      String own = imports.lookingAt() ? imports.group() : "";
      String statements = code.substring(own.length());
      return IMPORTS
          + own
          + "class Sample {\n  public static void main(String[] args) throws Exception {\n"
          + (opens ? statements : "try (Genl genl = Genl.open()) {\n" + statements + "}\n")
          + "  }\n}\n";
    }
    return code;
  }

  /** Returns what the output is compared with. */
  Pattern expectedPattern() {
    StringBuilder regex = new StringBuilder();
    for (String line : (expected == null ? "" : expected).lines().toList()) {
      if (line.equals("…")) {
        regex.append("(?:.*\n)*?");
      } else if (!line.startsWith("$ ")) {
        List<String> parts = Stream.of(line.split("…", -1)).map(Pattern::quote).toList();
        regex.append(String.join(".*", parts)).append('\n');
      }
    }
    return Pattern.compile(regex.toString());
  }
}
