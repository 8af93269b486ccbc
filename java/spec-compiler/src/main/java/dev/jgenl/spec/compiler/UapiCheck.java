package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Compares models with the headers of the kernel: the numbers of attributes, operations, entries
 * and constants, and the sizes, offsets and signs of structs and their members. A C compiler is
 * asked, {@code cc} on the path, since only a compiler knows what a header says. Immutable, and
 * safe to share between threads.
 */
public final class UapiCheck {

  private static final int SECONDS = 120;

  private final List<String> compiler;
  private final List<String> headers;

  /** The compiler gets the source at its standard input. */
  UapiCheck(List<String> compiler, List<String> headers) {
    this.compiler = compiler;
    this.headers = headers;
  }

  /**
   * Returns a check against headers.
   *
   * @param folders where headers are looked for, before those of the C library
   * @param headers what is included, such as {@code linux/ethtool.h}, in this order
   * @return the check
   */
  public static UapiCheck against(List<Path> folders, List<String> headers) {
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of(
            "cc", "-std=gnu11", "-fsyntax-only", "-fmax-errors=0", "-ftrack-macro-expansion=0"));
    folders.forEach(folder -> words.addAll(List.of("-isystem", folder.toString())));
    words.addAll(List.of("-x", "c", "-"));
    return new UapiCheck(List.copyOf(words), List.copyOf(headers));
  }

  /**
   * Returns a check against the headers of the kernel that its specs are about.
   *
   * @param folder where they are, in folders such as {@code linux}
   * @return the check
   */
  public static UapiCheck againstKernel(Path folder) {
    return against(List.of(folder), KernelHeaders.in(folder));
  }

  /**
   * What became of a check.
   *
   * @param checked how many numbers, sizes, offsets, lengths and signs were looked for
   * @param differing what the headers say otherwise, such as {@code size:tc-stats} or {@code
   *     attribute:policy-attrs.mask}
   * @param undeclared names that the headers do not have, such as {@code RT_NEIGH_NUD_STATE_STALE}
   *     or {@code struct tcmsg, family}
   */
  public record Report(int checked, List<String> differing, List<String> undeclared) {}

  /**
   * Compares a model. What has no name in C is not compared; of a set that is part of another one,
   * nothing is.
   *
   * @param family the model
   * @return what differs
   * @throws IOException if the compiler cannot be run, does not come to the end, or complains of
   *     something else, such as a header that is missing
   * @throws InterruptedException if the thread was interrupted; the compiler has been ended
   */
  public Report check(Family family) throws IOException, InterruptedException {
    UapiSource source = UapiSource.of(family, headers);
    UapiAnswer answer = new UapiAnswer(source);
    try {
      for (String complaint : compile(source.text()).split("\n")) {
        answer.take(complaint);
      }
      return answer.report();
    } catch (IOException e) {
      throw new IOException(
          "the spec " + family.name() + " could not be checked: " + e.getMessage(), e);
    }
  }

  private String compile(String source) throws IOException, InterruptedException {
    Path output = Files.createTempFile("uapi", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(compiler).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(source);
      }
      try {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          throw new IOException(compiler.get(0) + " does not end");
        }
      } finally {
        process.destroyForcibly();
      }
      return Files.readString(output);
    } finally {
      Files.delete(output);
    }
  }
}
