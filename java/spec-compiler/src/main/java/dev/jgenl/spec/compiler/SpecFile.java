package dev.jgenl.spec.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file with a spec.
 *
 * @param file its name without folders
 * @param yaml its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record SpecFile(String file, byte[] yaml) {

  /** What is in the folders of specs, and is none: schemas, and what a crate adds. */
  private static final Pattern NO_SPEC =
      Pattern.compile("genetlink.*\\.yaml|netlink-raw\\.yaml|builtin\\.yaml|.*\\.overrides\\.yaml");

  private static final Pattern NAME = Pattern.compile("(?m)^name:");
  private static final Pattern OPERATIONS = Pattern.compile("(?m)^operations:");
  private static final Pattern LICENCE =
      Pattern.compile("(?m)^#\\s*SPDX-License-Identifier:\\s*(.*?)\\s*$");
  private static final Pattern COPYRIGHT = Pattern.compile("(?m)^#\\s*(Copyright\\b.*?)\\s*$");

  /** Reads a file, or of a folder and those within all files that look like specs, by name. */
  static List<SpecFile> find(Path source) throws IOException {
    if (!Files.isDirectory(source)) {
      return List.of(read(source));
    }
    List<Path> paths;
    try (Stream<Path> files = Files.walk(source)) {
      paths = files.filter(SpecFile::mayBeSpec).sorted().toList();
    }
    List<SpecFile> specs = new ArrayList<>();
    for (Path path : paths) {
      SpecFile spec = read(path);
      String text = spec.text();
      if (NAME.matcher(text).find() && OPERATIONS.matcher(text).find()) {
        specs.add(spec);
      }
    }
    return specs;
  }

  private static boolean mayBeSpec(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith(".yaml") && !NO_SPEC.matcher(name).matches() && Files.isRegularFile(path);
  }

  /** Of a file that is too long, as much as shows it. */
  static SpecFile read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return new SpecFile(
          String.valueOf(path.getFileName()), in.readNBytes(TreeReader.MOST_BYTES + 1));
    }
  }

  private String text() {
    return new String(yaml, StandardCharsets.UTF_8);
  }

  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(yaml));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }

  /** The SPDX expression of a comment; empty if there is none. */
  String licence() {
    return LICENCE.matcher(text()).results().map(m -> m.group(1)).findFirst().orElse("");
  }

  /** The lines of comments that begin with that word. */
  List<String> copyrights() {
    return COPYRIGHT.matcher(text()).results().map(m -> m.group(1)).toList();
  }

  Place place() {
    return new Place(file, 1, 1);
  }
}
