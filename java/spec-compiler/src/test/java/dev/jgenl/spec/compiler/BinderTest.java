package dev.jgenl.spec.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.SubMessage;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {

  @ParameterizedTest
  @CsvSource({"genetlink", "genetlink-c", "genetlink-legacy"})
  void reachesAFamilyByGenericNetlink(String protocol) throws SpecException {
    Family family = Bound.family("protocol: " + protocol + "\nversion: 2\ndoc: |\n  What it is.\n");

    assertThat(family.name()).isEqualTo("f");
    assertThat(family.doc()).isEqualTo("What it is.");
    assertThat(family.protocol()).isEqualTo(new Protocol.Generic("f", 2));
  }

  @Test
  void takesGenericNetlinkAndVersion1IfNothingIsSaid() throws SpecException {
    assertThat(Bound.family("").protocol()).isEqualTo(new Protocol.Generic("f", 1));
  }

  @Test
  void reachesAFamilyByItsOwnProtocol() throws SpecException {
    assertThat(Bound.family("protocol: netlink-raw\nprotonum: 12").protocol())
        .isEqualTo(new Protocol.Raw(12));
  }

  @Test
  void bindsGroups() throws SpecException {
    assertThat(Bound.family("mcast-groups: {list: [{name: a, value: 36}, {name: b}]}").groups())
        .containsExactly(new Group("a", OptionalInt.of(36)), new Group("b", OptionalInt.empty()));
  }

  @Test
  void bindsSubMessages() throws SpecException {
    Family family =
        Bound.family(
            """
            sub-messages:
              - name: data
                formats:
                  - {value: veth, attribute-set: s}
                  - {value: mq}
                  - {value: pfifo, fixed-header: h}
                  - {value: 0x10, attribute-set: s, fixed-header: h}
            """);

    assertThat(family.subMessages().get(0).formats())
        .containsExactly(
            new SubMessage.Format("veth", Optional.empty(), Optional.of("s")),
            new SubMessage.Format("mq", Optional.empty(), Optional.empty()),
            new SubMessage.Format("pfifo", Optional.of("h"), Optional.empty()),
            new SubMessage.Format("16", Optional.of("h"), Optional.of("s")));
  }

  @Test
  void takesKeysThatAreForGeneratorsOfCode() throws SpecException {
    Family family =
        Bound.family(
            """
            c-family-name: f-genl-name
            kernel-policy: global
            max-by-define: true
            uapi-header: linux/f.h
            definitions:
              - {name: e, type: enum, enum-name: , render-max: true, header: a.h, entries: [x]}
            attribute-sets: [{name: s, attr-cnt-name: __max, enum-name: , attributes: []}]
            operations:
              list:
                - name: get
                  dont-validate: [strict, dump]
                  config-cond: net
                  do: {pre: before, post: after}
            """);

    assertThat(family.operations()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'attribute-set: []' | f.yaml:2:1: a spec has no key attribute-set: is attribute-sets meant?",
        "'attribute-sets: [{name: s, attribute: []}]'"
            + " | f.yaml:2:28: an attribute set has no key attribute: is attributes meant?",
        "'attribute-sets: [{name: s, attributes: [{name: a, typ: u8}]}]'"
            + " | an attribute has no key typ: is type meant?",
        "'definitions: [{name: e, type: enum, values: []}]' | a definition has no key values",
        "'definitions: [{name: e, type: enum, entries: [{nam: x}]}]' | an entry has no key nam",
        "'definitions: [{name: e, type: struct, members: [{leng: x}]}]' | a member has no key leng",
        "'sub-messages: [{name: m, format: []}]' | a sub-message has no key format",
        "'sub-messages: [{name: m, formats: [{values: 1}]}]' | a format has no key values",
        "'operations: {lists: []}' | operations has no key lists: is list meant?",
        "'operations: {list: [{name: o, dumps: {}}]}' | an operation has no key dumps: is dump meant?",
        "'operations: {list: [{name: o, do: {req: {}}}]}' | do has no key req",
        "'operations: {list: [{name: o, do: {reply: {attrs: []}}}]}' | reply has no key attrs",
        "'mcast-groups: {list: [{nam: g}]}' | a multicast group has no key nam",
        "'zzzzzzzzzzzz: 1' | a spec has no key zzzzzzzzzzzz: there are attribute-sets, c-family-name",
      })
  void namesTheKeyThatIsMeant(String yaml, String problem) {
    assertThatThrownBy(() -> Bound.family(yaml))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("f.yaml:2:")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'protocol: genetlnk' | there is no protocol genetlnk: is genetlink meant?",
        "'protocol: netlink-raw' | f.yaml:1:1: a spec lacks its key protonum",
        "'version: 256' | version has to be from 1 to 255, and is 256",
        "'version: \"1\"' | version has to be a number without quotes",
        "'version: 1.5' | version has to be a number without quotes",
        "'version: 99999999999999999999' | version has more than 64 bits",
        "'version: [1]' | version has to be a number",
        "'attribute-sets: {}' | attribute-sets has to be a list",
        "'attribute-sets: [s]' | an attribute set has to have keys",
        "'attribute-sets: [{attributes: []}]' | an attribute set lacks its key name",
        "'mcast-groups: {list: [{name: [a]}]}' | name has to be a text",
        "'mcast-groups: {list: [{name: null}]}' | what YAML takes for nothing, put in quotes",
      })
  void refusesValuesThatCannotBe(String yaml, String problem) {
    assertThatThrownBy(() -> Bound.family(yaml))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({"../f", ".f", "-f", "a/b", "'a b'"})
  void refusesNamesThatNoFileCanHave(String name) {
    assertThatThrownBy(
            () ->
                SpecCompiler.bare()
                    .compile("f.yaml", ("name: '" + name + "'\noperations: {}").getBytes(UTF_8)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("f.yaml:1:7: a name has at most 64 letters");
  }
}
