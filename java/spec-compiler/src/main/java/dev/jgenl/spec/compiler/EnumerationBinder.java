package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Definition;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the entries of an enumeration: each is one more than the one before, if it says nothing.
 */
final class EnumerationBinder {

  private final CNames cNames;

  EnumerationBinder(CNames cNames) {
    this.cNames = cNames;
  }

  Definition.Enumeration bind(Fields tree) throws SpecException {
    boolean flags = tree.text("type").equals("flags");
    String prefix = cNames.entryPrefix(tree);
    long next =
        tree.has("value-start") ? Fields.number("value-start", tree.require("value-start")) : 0;
    List<Definition.Entry> entries = new ArrayList<>();
    for (Tree item : tree.items("entries")) {
      if (item instanceof Tree.Scalar scalar) {
        String cName = CNames.upper(prefix + scalar.text());
        entries.add(new Definition.Entry(scalar.text(), value(item, flags, next), "", cName));
      } else {
        Fields entry = Fields.of("an entry", item, Keys.ENTRY);
        if (entry.has("value")) {
          next = Fields.number("value", entry.require("value"));
        }
        entries.add(
            new Definition.Entry(
                entry.text("name"),
                value(item, flags, next),
                entry.doc(),
                CNames.named(entry, prefix)));
      }
      next++;
    }
    return new Definition.Enumeration(tree.text("name"), tree.doc(), flags, entries);
  }

  /** Of flags, the number tells which bit. */
  private static long value(Tree entry, boolean flags, long number) throws SpecException {
    if (!flags) {
      return number;
    }
    if (number < 0 || number >= Long.SIZE) {
      throw new SpecException(entry.place(), "the bit of a flag has to be from 0 to 63");
    }
    return 1L << number;
  }
}
