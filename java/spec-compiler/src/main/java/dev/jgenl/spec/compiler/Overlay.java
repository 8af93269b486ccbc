package dev.jgenl.spec.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Corrections of a spec, in YAML of the same shape. Keys are merged with keys and lists with lists:
 * what is in lists is found by its {@code name}, formats of sub-messages by their {@code value},
 * and what is not found is added, at the end or, with the key {@code after}, behind what that
 * names. Further keys are
 *
 * <ul>
 *   <li>{@code at}, at the top: the sha256 of the spec that it corrects
 *   <li>{@code because}, at the top and wherever it helps: why
 *   <li>{@code remove}: {@code true} takes the thing out of its list; a list names keys to take out
 *       of the thing
 * </ul>
 *
 * <p>Immutable.
 */
public final class Overlay {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Tree.Mapping tree;
  private final String family;
  private final Optional<String> at;
  private final List<String> corrections;

  private Overlay(Tree.Mapping tree, String family, Optional<String> at, List<String> corrections) {
    this.tree = tree;
    this.family = family;
    this.at = at;
    this.corrections = corrections;
  }

  /**
   * Takes a document for an overlay.
   *
   * @param tree the document
   * @return the overlay
   * @throws SpecException if it has no name, or does not say why it is, or {@code at} is no sha256
   */
  public static Overlay of(Tree tree) throws SpecException {
    Fields fields = Fields.of("an overlay", tree);
    fields.text("because");
    Optional<String> at = fields.optionalText("at");
    if (at.isPresent() && !SHA256.matcher(at.get()).matches()) {
      throw new SpecException(
          fields.place("at"), "at has to be the sha256 of the spec, 64 hexadecimal digits");
    }
    return new Overlay(
        fields.mapping(), fields.text("name"), at, OverlayMerge.reasons(fields.mapping()));
  }

  /**
   * Returns the overlay that comes with this library for a spec.
   *
   * @param family the name of the spec
   * @return empty if there is none
   */
  public static Optional<Overlay> bundled(String family) {
    String file = family + ".yaml";
    try (InputStream in = Overlay.class.getResourceAsStream("overlays/" + file)) {
      return in == null ? Optional.empty() : Optional.of(of(Tree.read(file, in.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException("an overlay of jgenl's own", e);
    }
  }

  /**
   * Returns the name of the spec that it corrects.
   *
   * @return the name of the spec that it corrects
   */
  public String family() {
    return family;
  }

  /**
   * Returns the sha256 of the spec that it corrects, in lower case; empty if it may be any.
   *
   * @return the sha256 of the spec that it corrects, in lower case; empty if it may be any
   */
  public Optional<String> at() {
    return at;
  }

  /**
   * Returns why it is, and which part of it, where it says so.
   *
   * @return why it is, and which part of it, where it says so
   */
  public List<String> corrections() {
    return corrections;
  }

  /**
   * Corrects a spec.
   *
   * @param spec the spec, perhaps with other corrections; it stays as it is
   * @return the corrected spec, whose parts know in which file they stand
   * @throws SpecException if the overlay removes what is not there, adds behind what is not there,
   *     or has a list where the spec has none; if it is one of another spec
   */
  public Tree applyTo(Tree spec) throws SpecException {
    if (!family.equals(Fields.of("a spec", spec).text("name"))) {
      throw new SpecException(tree.place(), "this corrects " + family + ", not " + spec.name());
    }
    return new OverlayMerge().merge(spec, tree);
  }

  Place place() {
    return tree.place();
  }

  /**
   * Refuses a spec that it was not written for.
   *
   * @param sha256 that of the spec, in lower case
   * @throws SpecException if it is another one
   */
  void require(String sha256) throws SpecException {
    if (at.isPresent() && !at.get().equals(sha256)) {
      Tree tree = this.tree.nearest(List.of("at"));
      throw new SpecException(
          tree.place(),
          "this corrects another "
              + family
              + " than the one with the sha256 "
              + sha256
              + ": see whether that needs it still and write this sha256 here, or compile unpinned");
    }
  }
}
