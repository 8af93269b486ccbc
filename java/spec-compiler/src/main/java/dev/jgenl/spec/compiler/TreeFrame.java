package dev.jgenl.spec.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;

/** A mapping or a list that is not whole yet. */
abstract class TreeFrame {

  final Place place;
  final Optional<Anchor> anchor;

  /** How many parts it has, itself and those of its parts included. */
  int parts = 1;

  private TreeFrame(Place place, Optional<Anchor> anchor) {
    this.place = place;
    this.anchor = anchor;
  }

  abstract void add(Place at, Tree child) throws SpecException;

  abstract Tree tree();

  static final class OfSequence extends TreeFrame {

    private final List<Tree> items = new ArrayList<>();

    OfSequence(Place place, Optional<Anchor> anchor) {
      super(place, anchor);
    }

    @Override
    void add(Place at, Tree child) {
      items.add(child);
    }

    @Override
    Tree tree() {
      return new Tree.Sequence(place, items);
    }
  }

  static final class OfMapping extends TreeFrame {

    private final Map<String, Tree.Field> fields = new LinkedHashMap<>();
    private @Nullable String key;
    private Place keyPlace;

    OfMapping(Place place, Optional<Anchor> anchor) {
      super(place, anchor);
      keyPlace = place;
    }

    @Override
    void add(Place at, Tree child) throws SpecException {
      if (key == null) {
        key = key(at, child);
        keyPlace = at;
      } else {
        fields.put(key, new Tree.Field(keyPlace, child));
        key = null;
      }
    }

    private String key(Place at, Tree child) throws SpecException {
      if (!(child instanceof Tree.Scalar scalar)) {
        throw new SpecException(at, "a key has to be plain text");
      }
      Tree.Field first = fields.get(scalar.text());
      if (first != null) {
        throw new SpecException(
            at,
            "the key " + scalar.text() + " stands in line " + first.place().line() + " already");
      }
      return scalar.text();
    }

    @Override
    Tree tree() {
      return new Tree.Mapping(place, fields);
    }
  }
}
