package dev.jgenl.cli;

import dev.jgenl.spec.Value;
import dev.jgenl.spec.compiler.SpecException;
import dev.jgenl.spec.compiler.UapiCheck;
import dev.jgenl.spec.model.Family;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** {@code jgenl spec}: specs themselves, files of YAML. */
final class SpecVerb extends Verb {

  static final List<Syntax.Choice> ACTIONS =
      List.of(
          new Syntax.Choice("validate", "says what is wrong in specs, as FILE:LINE:COLUMN: TEXT"),
          new Syntax.Choice("diff", "compares two specs, or all of two folders"),
          new Syntax.Choice("check", "compares specs with headers of C"),
          new Syntax.Choice("docs", "writes a page of Markdown of a spec"),
          new Syntax.Choice(
              "generate",
              "writes Java sources of typed clients of files, and the models that they read, as"
                  + " far as they differ from what is there"));

  @Override
  void describe(Syntax spec) {
    spec.description(
        "Validates, compares and documents specs, and makes typed clients of them.",
        "",
        "A SPEC is a file, or a name: see jgenl families. Ends with 1 if something is wrong, or"
            + " differs.");
    spec.addPositional(
        Options.choice("ACTION", ACTIONS, "validate, diff, check, docs or generate"));
    spec.addPositional(Options.parameters(1, "SPEC", "files, folders or names"));
    spec.addOption(
        Options.value("FOLDER", "where check looks for headers: /usr/include", "--headers"));
    spec.addOption(
        Options.value("HEADERS", "what check includes, such as linux/fou.h,my.h", "--include"));
    spec.addOption(
        Options.value(
            "NAME", "the package of Java in which each family gets one, by generate", "--package"));
    spec.addOption(Options.value("FOLDER", "where generate writes: .", "--folder"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    String action = Objects.requireNonNull(Options.parameter(parsed, 0));
    String[] specs = Options.parameters(parsed, 1);
    Options.refuseMessages(parsed, session.settings());
    refuseOptionsOfOthers(parsed, action);
    return switch (action) {
      case "validate" -> validate(session, specs);
      case "diff" -> diff(session, specs);
      case "check" -> check(parsed, session, specs);
      case "docs" -> docs(session, specs);
      default -> generate(parsed, session, specs);
    };
  }

  private static void refuseOptionsOfOthers(Parsed parsed, String action) {
    if (!action.equals("check")) {
      Options.refuse(parsed, "is for spec check", "--headers", "--include");
    }
    if (!action.equals("generate")) {
      Options.refuse(parsed, "is for spec generate", "--package", "--folder");
    }
    if (action.equals("docs")) {
      Options.refuseFormat(parsed, "a page");
    }
  }

  private static int validate(Session session, String[] specs) throws IOException {
    int status = ExitStatus.OK;
    try (Printer printer = session.printer(Format.Count.MANY)) {
      for (String spec : specs) {
        try {
          boolean isFile = SpecSource.isFile(spec);
          Family family = isFile ? SpecSource.compile(Path.of(spec)) : session.model(spec);
          printer.print(valid(spec, family));
        } catch (SpecException e) {
          status = tell(session, e.problems(Path.of(spec)));
        }
      }
      printer.end();
    }
    return status;
  }

  private static Value valid(String spec, Family family) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("spec", spec);
    row.put("family", family.name());
    row.put("operations", family.operations().size());
    row.put("sets", family.sets().size());
    return Value.of(row);
  }

  /** Without a word in front, so that tools find the place. */
  private static int tell(Session session, List<String> problems) {
    problems.forEach(problem -> session.err().println(Printable.escape(problem)));
    return ExitStatus.REFUSED;
  }

  private static Family family(Session session, String spec) throws IOException {
    return SpecSource.isFile(spec) ? SpecSource.read(Path.of(spec)) : session.model(spec);
  }

  private static int diff(Session session, String[] specs) throws IOException {
    if (specs.length != 2) {
      throw new CommandException(ExitStatus.USAGE, "diff takes two specs, or two folders");
    }
    Map<String, Family> before = families(session, specs[0]);
    Map<String, Family> after = families(session, specs[1]);
    if (before.size() == 1 && after.size() == 1) {
      // Of two files, the names do not matter.
      Family only = after.values().iterator().next();
      after = Map.of(before.keySet().iterator().next(), only);
    }
    boolean same = true;
    try (Printer printer = session.printer(Format.Count.MANY)) {
      for (SpecDiff.Difference difference : SpecDiff.of(before, after)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("family", difference.family());
        row.put("what", difference.path());
        row.put("differs", difference.text());
        printer.print(Value.of(row));
        same = false;
      }
      printer.end();
    }
    return same ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  private static Map<String, Family> families(Session session, String spec) throws IOException {
    Map<String, Family> families = new TreeMap<>();
    if (isFolder(session, spec)) {
      for (Path file : SpecSource.files(Options.file(spec))) {
        Family family = SpecSource.read(file);
        families.put(family.name(), family);
      }
    } else {
      Family family = family(session, spec);
      families.put(family.name(), family);
    }
    return families;
  }

  /** A family may be called as a folder is. */
  private static boolean isFolder(Session session, String spec) throws IOException {
    return !spec.isEmpty()
        && Files.isDirectory(Path.of(spec))
        && (SpecSource.isFile(spec) || session.specs().find(spec) == null);
  }

  private static int check(Parsed parsed, Session session, String[] specs) throws IOException {
    Path folder = Options.folder(parsed, "--headers");
    String include = Options.text(parsed, "--include");
    UapiCheck check =
        include == null
            ? UapiCheck.againstKernel(folder == null ? Path.of("/usr/include") : folder)
            : UapiCheck.against(
                folder == null ? List.of() : List.of(folder), List.of(include.split(",")));
    boolean same = true;
    try (Printer printer = session.printer(Format.Count.MANY)) {
      for (String spec : specs) {
        UapiCheck.Report report = report(check, family(session, spec));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("spec", spec);
        row.put("checked", report.checked());
        row.put("differing", report.differing());
        row.put("undeclared", report.undeclared());
        printer.print(Value.of(row));
        same &= report.differing().isEmpty();
      }
      printer.end();
    }
    return same ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  private static UapiCheck.Report report(UapiCheck check, Family family) throws IOException {
    try {
      return check.check(family);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static int docs(Session session, String[] specs) throws IOException {
    if (specs.length != 1) {
      throw new CommandException(ExitStatus.USAGE, "docs takes one spec");
    }
    session.out().print(new SpecPage(family(session, specs[0])).text());
    return ExitStatus.OK;
  }

  private static int generate(Parsed parsed, Session session, String[] specs) throws IOException {
    String basePackage = Options.text(parsed, "--package");
    Path folder = Options.newFolder(parsed, "--folder");
    if (basePackage == null) {
      throw new CommandException(
          ExitStatus.USAGE, "generate needs --package, such as --package com.example");
    }
    try {
      SpecGenerator.generate(session, specs, basePackage, folder == null ? Path.of("") : folder);
      return ExitStatus.OK;
    } catch (SpecException e) {
      return tell(session, e.problems());
    }
  }
}
