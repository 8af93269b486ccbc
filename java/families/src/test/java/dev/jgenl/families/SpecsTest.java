package dev.jgenl.families;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.compiler.Binder;
import dev.jgenl.spec.compiler.Tree;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the specs of Linux 7.3, without overlays. */
class SpecsTest {

  private static final Map<String, Tree> TREES = new TreeMap<>();
  private static final Map<String, Family> FAMILIES = new TreeMap<>();

  @BeforeAll
  static void bind() throws IOException {
    for (Map.Entry<String, Path> spec : Sources.pinned().entrySet()) {
      String file = String.valueOf(spec.getValue().getFileName());
      Tree tree = Tree.read(file, Files.readAllBytes(spec.getValue()));
      TREES.put(spec.getKey(), tree);
      FAMILIES.put(spec.getKey(), Binder.bind(tree, new Provenance(file, "", "", List.of())));
    }
  }

  @Test
  void areAllBound() throws IOException {
    assertThat(FAMILIES).hasSize(33).containsOnlyKeys(Sources.pinnedNames());
    assertThat(FAMILIES).allSatisfy((name, family) -> assertThat(family.name()).isEqualTo(name));
  }

  @Test
  void haveAsManyPartsAsTheirFilesHave() {
    assertThat(count(Family::definitions)).isEqualTo(282);
    assertThat(count(Family::sets)).isEqualTo(414);
    assertThat(count(Family::subMessages)).isEqualTo(7);
    assertThat(count(Family::operations)).isEqualTo(340);
    assertThat(count(Family::groups)).isEqualTo(36);
  }

  private static int count(Function<Family, List<?>> parts) {
    return FAMILIES.values().stream().mapToInt(family -> parts.apply(family).size()).sum();
  }

  @Test
  void haveAsManyAttributesAsTheirFilesHaveButTwo() {
    int written =
        TREES.values().stream()
            .flatMap(tree -> items(tree, "attribute-sets").stream())
            .mapToInt(set -> items(set, "attributes").size())
            .sum();
    int bound =
        FAMILIES.values().stream()
            .flatMap(family -> family.sets().stream())
            .mapToInt(set -> set.attributes().size())
            .sum();

    assertThat(written).isEqualTo(3349);
    // devlink's dl-dpipe-table names two attributes twice.
    assertThat(bound).isEqualTo(3347);
  }

  private static List<Tree> items(Tree tree, String key) {
    return tree.nearest(List.of(key)) instanceof Tree.Sequence list ? list.items() : List.of();
  }

  @Test
  void haveAsManyDefinitionsOfEachKindAsTheirFilesHave() {
    Map<String, Long> kinds = new TreeMap<>();
    for (Family family : FAMILIES.values()) {
      family.definitions().forEach(d -> kinds.merge(d.getClass().getSimpleName(), 1L, Long::sum));
    }

    assertThat(kinds)
        .isEqualTo(Map.of("Constant", 15L, "Text", 1L, "Enumeration", 97L + 44, "Struct", 125L));
  }

  @Test
  void haveTypesOfAllKinds() {
    Map<String, Long> kinds = new TreeMap<>();
    FAMILIES.values().stream()
        .flatMap(family -> family.sets().stream())
        .map(AttributeSet::attributes)
        .flatMap(List::stream)
        .forEach(a -> kinds.merge(a.type().getClass().getSimpleName(), 1L, Long::sum));

    assertThat(kinds)
        .containsOnlyKeys(
            "Scalar",
            "Flag",
            "Text",
            "Binary",
            "Bitfield",
            "Pad",
            "Unused",
            "StructValue",
            "ScalarArray",
            "Nest",
            "IndexedArray",
            "TypeValue",
            "Selected")
        .containsEntry("Selected", 8L)
        .containsEntry("TypeValue", 3L)
        .containsEntry("IndexedArray", 24L)
        .containsEntry("Bitfield", 9L)
        .containsEntry("ScalarArray", 19L);
  }
}
