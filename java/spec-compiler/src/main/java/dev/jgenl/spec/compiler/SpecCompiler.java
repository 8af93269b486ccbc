package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles specs: reads them, corrects them with overlays, binds and validates them. Immutable, and
 * safe to share between threads.
 *
 * <pre>{@code
 * Family family = SpecCompiler.create().compile(Path.of("my-family.yaml"));
 * }</pre>
 */
public final class SpecCompiler {

  private final boolean bundled;
  private final boolean pinned;
  private final List<Overlay> overlays;

  private SpecCompiler(boolean bundled, boolean pinned, List<Overlay> overlays) {
    this.bundled = bundled;
    this.pinned = pinned;
    this.overlays = List.copyOf(overlays);
  }

  /**
   * Returns a compiler that corrects the kernel's specs with the overlays of this library, and
   * refuses those of other versions of the kernel that these overlays were not written for.
   *
   * @return the compiler
   */
  public static SpecCompiler create() {
    return new SpecCompiler(true, true, List.of());
  }

  /**
   * Returns a compiler that takes specs as they are, without overlays.
   *
   * @return the compiler
   */
  public static SpecCompiler bare() {
    return new SpecCompiler(false, true, List.of());
  }

  /**
   * Returns a compiler that applies an overlay too, after others.
   *
   * @param overlay the overlay
   * @return a compiler; this one stays as it is
   */
  public SpecCompiler with(Overlay overlay) {
    List<Overlay> more = new ArrayList<>(overlays);
    more.add(overlay);
    return new SpecCompiler(bundled, pinned, more);
  }

  /**
   * Returns a compiler that applies overlays to any version of a spec, as far as they fit.
   *
   * @return a compiler; this one stays as it is
   */
  public SpecCompiler unpinned() {
    return new SpecCompiler(bundled, false, overlays);
  }

  /**
   * Compiles a spec.
   *
   * @param spec the file
   * @return the family
   * @throws SpecException if the spec or an overlay is wrong, or an overlay was written for another
   *     version of the spec; it tells all that is wrong which can be known at once
   * @throws IOException if the file cannot be read
   */
  public Family compile(Path spec) throws IOException {
    return compile(SpecFile.read(spec));
  }

  /**
   * Compiles a spec.
   *
   * @param file what to call it
   * @param yaml the spec
   * @return the family
   * @throws SpecException as {@link #compile(Path)} does
   */
  public Family compile(String file, byte[] yaml) throws SpecException {
    return compile(new SpecFile(file, yaml.clone()));
  }

  Family compile(SpecFile spec) throws SpecException {
    Tree tree = Tree.read(spec.file(), spec.yaml());
    List<String> corrections = new ArrayList<>();
    for (Overlay overlay : overlays(Fields.of("a spec", tree).text("name"))) {
      if (pinned) {
        overlay.require(spec.sha256());
      }
      tree = overlay.applyTo(tree);
      corrections.addAll(overlay.corrections());
    }
    Family family =
        Binder.bind(tree, new Provenance(spec.file(), spec.sha256(), spec.licence(), corrections));
    requireNone(Validator.validate(family), tree);
    return family;
  }

  private List<Overlay> overlays(String family) throws SpecException {
    List<Overlay> applied = new ArrayList<>();
    if (bundled) {
      Overlay.bundled(family).ifPresent(applied::add);
    }
    overlays.stream().filter(o -> o.family().equals(family)).forEach(applied::add);
    return applied;
  }

  private static void requireNone(List<Finding> findings, Tree tree) throws SpecException {
    if (!findings.isEmpty()) {
      throw new SpecException(
          findings.stream()
              .map(f -> SpecException.problem(tree.nearest(f.path()).place(), f.message()))
              .toList());
    }
  }

  /**
   * Compiles specs into the files of a jar; {@code --help} tells how.
   *
   * @param arguments options and files
   */
  public static void main(String[] arguments) {
    int status = new CommandLine(System.out, System.err).run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }
}
