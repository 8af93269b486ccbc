package dev.jgenl.spec.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorTest {

  private static final String SOUND =
      """
      definitions:
        - {name: e, type: enum, entries: [x, y]}
        - {name: h, type: struct, members: [{name: m, type: u32, enum: e}]}
        - {name: g, type: struct, members: [{name: n, type: u8}, {name: hs, type: binary, struct: h, len: 0}]}
      attribute-sets:
        - name: s
          attributes:
            - {name: kind, type: string}
            - {name: data, type: sub-message, sub-message: m, selector: kind}
            - {name: list, type: indexed-array, sub-type: nest, nested-attributes: t}
            - {name: num, type: u32, enum: e, checks: {min: 1, max: 5}}
            - {name: max64, type: u64, checks: {min: 1, max: u64-max}}
            - {name: low, type: s32, checks: {min: -5, max: 5}}
            - {name: text, type: string, checks: {min-len: 1, max-len: 5}}
        - name: t
          attributes: [{name: id, type: u32}, {name: inner, type: nest, nested-attributes: u}]
        - name: u
          attributes: [{name: more, type: sub-message, sub-message: m, selector: kind}]
        - {name: part, subset-of: s, attributes: [{name: num}]}
      sub-messages:
        - {name: m, formats: [{value: a, attribute-set: t}, {value: b, fixed-header: h}, {value: c}]}
      operations:
        fixed-header: h
        list:
          - name: get
            attribute-set: s
            do: {request: {attributes: [num]}, reply: {attributes: [num, data]}}
            dump: {reply: {attributes: [num, list]}}
            continues: {key: [num], elements: {list: id}}
          - {name: set, attribute-set: t, value: 1, do: {request: {attributes: [id]}}}
          - {name: ntf, notify: get, mcgrp: news}
      mcast-groups: {list: [{name: news}, {name: other}]}
      """;

  @Test
  void findsNothingInWhatFitsTogether() throws SpecException {
    assertThat(validate(SOUND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: e, type: enum, entries: [x, y]} | {name: e, type: enum, entries: [x, x]}"
            + " | definitions/e: a second entry x: give one of the two another name",
        "{name: g, type: struct | {name: h, type: struct"
            + " | definitions: a second definition h: give one of the two another name",
        "{name: n, type: u8}, {name: hs, | {name: hs, type: u8}, {name: hs,"
            + " | definitions/g: a second member hs: give one of the two another name",
        "struct: h, len: 0} | struct: h, len: 0}, {name: z, type: u8}"
            + " | definitions/g/members/hs: an array of any length is not the last member:"
            + " give its length in bytes as len, or move it to the end",
        "'name: t\n    attributes: [{name: id' | 'name: s\n    attributes: [{name: id'"
            + " | attribute-sets: a second attribute set s: give one of the two another name",
        "{name: low, type: s32 | {name: num, type: s32"
            + " | attribute-sets/s: a second attribute num: give one of the two another name",
        "{name: low, type: s32 | {name: low, value: 1, type: s32"
            + " | attribute-sets/s: a second attribute with the number 1: give one of the two another"
            + " value",
        "nested-attributes: t | nested-attributes: tt"
            + " | attribute-sets/s/attributes/list/nested-attributes: there is no attribute set tt:"
            + " is t meant?",
        "sub-message: m, selector: kind} | sub-message: mm, selector: kind}"
            + " | attribute-sets/s/attributes/data/sub-message: there is no sub-message mm:"
            + " is m meant?",
        "sub-message: m, selector: kind} | sub-message: m, selector: sort}"
            + " | attribute-sets/s/attributes/data/selector: no message has sort beside or around this:"
            + " name an attribute of the set, or of one around it",
        "name: inner, type: nest, nested-attributes: u | name: inner, type: u8"
            + " | attribute-sets/u/attributes/more/selector: no message has kind beside or around"
            + " this: name an attribute of the set, or of one around it",
        "checks: {min: 1, max: 5} | checks: {min: 6, max: 5}"
            + " | attribute-sets/s/attributes/num/checks: no number is at least min and at most max:"
            + " swap them",
        "checks: {min: -5, max: 5} | checks: {min: -5, max: -6}"
            + " | attribute-sets/s/attributes/low/checks: no number is at least min and at most max:"
            + " swap them",
        "{min-len: 1, max-len: 5} | {min-len: 6, max-len: 5}"
            + " | attribute-sets/s/attributes/text/checks: no length is at least min-len and at most"
            + " max-len: swap them",
        "{value: a, attribute-set: t} | {value: a, attribute-set: none}"
            + " | sub-messages/m/formats/a/attribute-set: there is no attribute set none:"
            + " there are part, s, t, u",
        "{value: b, fixed-header: h} | {value: b, fixed-header: e}"
            + " | sub-messages/m/formats/b/fixed-header: there is no struct e: is g meant?",
        "{value: c} | {value: b} | sub-messages/m: a second format for b: remove one of the two",
        "'- {name: m, formats: [' | '- {name: n, formats: []}\n  - {name: m, formats: ['"
            + " | sub-messages/n: a sub-message without formats: add one for each value of the"
            + " selector",
        "'- {name: m, formats: [' | '- {name: m, formats: [{value: z}]}\n  - {name: m, formats: ['"
            + " | sub-messages: a second sub-message m: give one of the two another name",
        "{name: set, | {name: get,"
            + " | operations/list: a second operation get: give one of the two another name",
        "{name: set, attribute-set: t, | {name: set, attribute-set: s, fixed-header: h,"
            + " | operations/list: a second do with the number 1 and the set s:"
            + " give one of the two another value",
        "- {name: ntf, notify: get, mcgrp: news} | '- {name: ntf, notify: get, mcgrp: news}\n"
            + "    - {name: ntf2, value: 2, notify: get, mcgrp: news}'"
            + " | operations/list: a second event with the number 2: give one of the two another value",
        "mcgrp: news | mcgrp: new"
            + " | operations/list/ntf/mcgrp: there is no group new: is news meant?",
        "'fixed-header: h\n' | 'fixed-header: k\n'"
            + " | operations/list/get/fixed-header: there is no struct k: is g meant?",
        "{attributes: [num, data]} | {attributes: [num, dat]}"
            + " | operations/list/get/do/reply/attributes/dat: there is no attribute of s dat:"
            + " is data meant?",
        "continues: {key: [num] | continues: {key: [nom]"
            + " | operations/list/get/continues/key/nom: there is no attribute of s nom: is num meant?",
        "elements: {list: id} | elements: {list: it}"
            + " | operations/list/get/continues/elements/list: there is no array list of nests with it:"
            + " name the array, and an attribute of the set of its elements",
        "{name: other} | {name: news}"
            + " | mcast-groups/list: a second group news: give one of the two another name",
      })
  void findsWhatDoesNot(String sound, String unsound, String finding) throws SpecException {
    assertThat(SOUND).contains(sound);

    assertThat(validate(SOUND.replaceFirst(Pattern.quote(sound), unsound)))
        .extracting(Finding::toString)
        .contains(finding);
  }

  private static List<Finding> validate(String spec) throws SpecException {
    return Validator.validate(Bound.family(spec));
  }

  @Test
  void findsAttributesWithoutASet() throws SpecException {
    assertThat(validate("operations: {list: [{name: o, do: {request: {attributes: [a]}}}]}"))
        .extracting(Finding::toString)
        .containsExactly(
            "operations/list/o/do/request: attributes without a set: give the operation an"
                + " attribute-set");
  }

  @Test
  void findsASetOfAnOperationThatIsNotThere() throws SpecException {
    assertThat(validate("operations: {list: [{name: o, attribute-set: s, do: {}}]}"))
        .extracting(Finding::toString)
        .containsExactly(
            "operations/list/o/attribute-set: there is no attribute set s: there is none");
  }

  @Test
  void findsAContinuationOfWhatIsNotAskedFor() throws SpecException {
    assertThat(validate("operations: {list: [{name: o, do: {}, continues: {key: []}}]}")).isEmpty();
    assertThat(validate("operations: {list: [{name: o, event: {}, continues: {key: []}}]}"))
        .extracting(Finding::toString)
        .containsExactly(
            "operations/list/o/continues: nothing goes on where nothing is asked for: leave"
                + " continues out");
  }

  @Test
  void findsGroupsWithoutANumberWhereTheKernelKnowsNoNames() throws SpecException {
    String groups = "mcast-groups: {list: [{name: a, value: 1}, {name: b}]}";

    assertThat(validate(groups)).isEmpty();
    assertThat(validate("protocol: netlink-raw\nprotonum: 0\n" + groups))
        .extracting(Finding::toString)
        .containsExactly(
            "mcast-groups/list/b: a group of a protocol of its own without a number: give the"
                + " kernel's as value");
  }
}
