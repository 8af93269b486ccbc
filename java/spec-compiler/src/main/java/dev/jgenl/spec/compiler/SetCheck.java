package dev.jgenl.spec.compiler;

import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import java.util.List;

/** Looks at attribute sets and sub-messages. */
final class SetCheck {

  private static final String RENAME = "give one of the two another name";

  private final Known known;
  private final Findings findings;
  private final TypeCheck types;

  SetCheck(Known known, Findings findings) {
    this.known = known;
    this.findings = findings;
    types = new TypeCheck(known, findings);
  }

  void check() {
    List<AttributeSet> sets = known.family().sets();
    findings.requireDistinct(
        List.of("attribute-sets"), "attribute set", sets, AttributeSet::name, RENAME);
    for (AttributeSet set : sets) {
      check(List.of("attribute-sets", set.name()), set);
    }
    List<SubMessage> messages = known.family().subMessages();
    findings.requireDistinct(
        List.of("sub-messages"), "sub-message", messages, SubMessage::name, RENAME);
    for (SubMessage message : messages) {
      check(List.of("sub-messages", message.name()), message);
    }
  }

  private void check(List<String> path, AttributeSet set) {
    set.subsetOf()
        .ifPresent(
            whole ->
                findings.require(
                    Findings.path(path, "subset-of"), "attribute set", whole, known.sets()));
    List<Attribute> attributes = set.attributes();
    findings.requireDistinct(path, "attribute", attributes, Attribute::name, RENAME);
    findings.requireDistinct(
        path,
        "attribute with the number",
        attributes,
        attribute -> "" + attribute.id(),
        "give one of the two another value");
    for (Attribute attribute : attributes) {
      List<String> place = Findings.path(path, "attributes", attribute.name());
      types.check(place, attribute.type());
      checkBounds(place, attribute);
      if (attribute.type() instanceof Type.Selected selected
          && !known.isInOrAround(set.name(), selected.selector())) {
        findings.add(
            Findings.path(place, "selector"),
            "no message has " + selected.selector() + " beside or around this",
            "name an attribute of the set, or of one around it");
      }
    }
  }

  private void checkBounds(List<String> path, Attribute attribute) {
    Checks checks = attribute.checks();
    boolean signed = attribute.type() instanceof Type.Scalar scalar && scalar.width().isSigned();
    if (checks.min().isPresent()
        && checks.max().isPresent()
        && compare(signed, checks.min().getAsLong(), checks.max().getAsLong()) > 0) {
      findings.add(
          Findings.path(path, "checks"), "no number is at least min and at most max", "swap them");
    }
    if (checks.minLength().orElse(0) > checks.maxLength().orElse(Integer.MAX_VALUE)) {
      findings.add(
          Findings.path(path, "checks"),
          "no length is at least min-len and at most max-len",
          "swap them");
    }
  }

  private static int compare(boolean signed, long one, long other) {
    return signed ? Long.compare(one, other) : Long.compareUnsigned(one, other);
  }

  private void check(List<String> path, SubMessage message) {
    if (message.formats().isEmpty()) {
      findings.add(path, "a sub-message without formats", "add one for each value of the selector");
    }
    findings.requireDistinct(
        path, "format for", message.formats(), SubMessage.Format::value, "remove one of the two");
    for (SubMessage.Format format : message.formats()) {
      List<String> place = Findings.path(path, "formats", format.value());
      format
          .set()
          .ifPresent(
              set ->
                  findings.require(
                      Findings.path(place, "attribute-set"), "attribute set", set, known.sets()));
      format
          .header()
          .ifPresent(
              header ->
                  findings.require(
                      Findings.path(place, "fixed-header"), "struct", header, known.structs()));
    }
  }
}
