package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Family;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The arguments of {@link SpecCompiler#main}, and what they have it do. */
final class CommandLine {

  private static final String USAGE =
      """
      usage: SpecCompiler [OPTION…] --output FOLDER [SOURCE…]

      Compiles each spec of a netlink family in the files and folders SOURCE, and writes
      META-INF/jgenl/families/NAME.model and an index to FOLDER; of the kernel's also a
      notice and a licence.

        --own PATH       more specs, of one's own: not pinned, and of any licence
        --overlays PATH  more corrections, after those that come with the compiler
        --pins FILE      lines of a sha256 and the name of a spec: there have to be these and no
                         others
        --unpinned       take specs, and correct them, whatever their sha256
        --origin TEXT    what the notice calls the source of the specs
        --java FOLDER    also makes the sources of a module; what was there of it goes
        --module NAME    the name of the module, and of the packages up to the family

      What is wrong goes to the standard error as FILE:LINE:COLUMN: TEXT, and the status is then 1;
      if the arguments are wrong, it is 2.
      """;

  private final PrintStream out;
  private final PrintStream err;

  private final List<Path> sources = new ArrayList<>();
  private final List<Path> own = new ArrayList<>();
  private final List<Path> overlays = new ArrayList<>();
  private final List<Path> pins = new ArrayList<>();
  private final List<Path> output = new ArrayList<>();
  private final List<Path> java = new ArrayList<>();
  private String module = "";
  private String origin = "of unknown origin";
  private boolean unpinned;

  CommandLine(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(String... arguments) {
    if (List.of(arguments).contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return 2;
    }
    try {
      compile();
      return 0;
    } catch (SpecException e) {
      e.problems().forEach(err::println);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println("cannot read or write: " + e);
    }
    return 1;
  }

  private void parse(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--unpinned")) {
        unpinned = true;
      } else if (!argument.startsWith("--")) {
        sources.add(Path.of(argument));
      } else if (++i == arguments.size()) {
        throw new IllegalArgumentException(argument + " lacks what follows it");
      } else {
        parse(argument, arguments.get(i));
      }
    }
    if (java.isEmpty() != module.isEmpty() || java.size() > 1) {
      throw new IllegalArgumentException("it takes one --java and --module, or none of them");
    }
    if (output.size() != 1 || (sources.isEmpty() && own.isEmpty())) {
      throw new IllegalArgumentException("it takes one --output, and specs");
    }
  }

  private void parse(String option, String value) {
    switch (option) {
      case "--own" -> own.add(Path.of(value));
      case "--overlays" -> overlays.add(Path.of(value));
      case "--pins" -> pins.add(Path.of(value));
      case "--output" -> output.add(Path.of(value));
      case "--origin" -> origin = value;
      case "--java" -> java.add(Path.of(value));
      case "--module" -> module = value;
      default -> throw new IllegalArgumentException("there is no option " + option);
    }
  }

  private void compile() throws IOException {
    SpecCompiler compiler = SpecCompiler.create();
    if (unpinned) {
      compiler = compiler.unpinned();
    }
    List<Overlay> more = readOverlays();
    for (Overlay overlay : more) {
      compiler = compiler.with(overlay);
    }
    Bundle bundle = new Bundle(compiler);
    for (Path source : sources) {
      bundle.addAll(SpecFile.find(source), false);
    }
    if (!unpinned) {
      for (Path file : pins) {
        bundle.require(Pins.read(file));
      }
    }
    for (Path source : own) {
      bundle.addAll(SpecFile.find(source), true);
    }
    bundle.requireAll(more);
    Collection<Family> families =
        bundle.write(output.get(0), unpinned ? origin + ", not compared with any pin" : origin);
    for (Path folder : java) {
      JavaGenerator.of(module).writeModule(families, folder);
    }
  }

  private List<Overlay> readOverlays() throws IOException {
    List<Overlay> read = new ArrayList<>();
    for (Path path : overlays) {
      List<Path> files;
      try (Stream<Path> walk = Files.walk(path)) {
        files = walk.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      }
      for (Path file : files) {
        SpecFile overlay = SpecFile.read(file);
        read.add(Overlay.of(Tree.read(overlay.file(), overlay.yaml())));
      }
    }
    return read;
  }
}
