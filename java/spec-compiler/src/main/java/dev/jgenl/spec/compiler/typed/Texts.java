package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import dev.jgenl.spec.model.Family;
import java.util.Collection;
import java.util.TreeSet;

/** The files without a class. */
public final class Texts {

  private static final String KERNEL = "BSD-3-Clause";

  private Texts() {}

  /** Returns what stands on top of each file, without the marks of a comment. */
  static String comment(Family family) {
    String licence = family.provenance().licence();
    String made = "Made by jgenl of " + line(family.provenance().file());
    if (licence.isEmpty()) {
      return made;
    }
    // Of what the kernel offers under a choice of licences, this one is taken.
    String taken = licence.contains(KERNEL) ? "MIT AND " + KERNEL : licence;
    return "SPDX-License-Identifier: " + line(taken) + "\n" + made;
  }

  /**
   * Even in a comment javac reads a backslash and an u as a character, such as the end of a line.
   */
  private static String line(String text) {
    return text.replaceAll("[^ -~]|\\\\", "?");
  }

  /** Returns a source that means the same in any encoding. */
  static String ascii(String source) {
    StringBuilder ascii = new StringBuilder(source.length());
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      ascii.append(c < 128 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return ascii.toString();
  }

  static String packageInfo(Family family, String packageName, ClassName client) {
    return """
        %s
        /**
         * The netlink family %s, by the names of its spec: see {@link %s}.
         */
        @NullMarked
        package %s;

        import org.jspecify.annotations.NullMarked;
        """
        .formatted(
            comment(family).replaceAll("(?m)^", "// "),
            Docs.code(family.name()),
            client.canonicalName(),
            packageName);
  }

  /**
   * Returns the declaration of a module that exports packages of families.
   *
   * @param module its name
   * @param packages their names
   * @return the text of module-info.java
   */
  public static String moduleInfo(String module, Collection<String> packages) {
    StringBuilder exports = new StringBuilder();
    new TreeSet<>(packages).forEach(p -> exports.append("  exports ").append(p).append(";\n"));
    return """
        /** The kernel's netlink families, typed: a package for each. */
        module %s {
          requires transitive dev.jgenl.spec;
          requires static transitive org.jspecify;

        %s}
        """
        .formatted(module, exports);
  }
}
