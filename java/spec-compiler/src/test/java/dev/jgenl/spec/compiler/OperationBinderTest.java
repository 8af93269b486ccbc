package dev.jgenl.spec.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Continuation;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationBinderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{name: a, do: {}}, {name: b, do: {}}' | a=1 b=2",
        "'{name: none, value: 0}, {name: a, do: {}}' | none= a=1",
        "'{name: a, do: {}}, {name: b, value: 7, do: {}}, {name: c, do: {}}' | a=1 b=7 c=8",
        "'{name: a, value: 3, do: {}}, {name: b, value: 1, do: {}}' | a=3 b=1",
        "'{name: a, do: {reply: {}}}, {name: n, notify: a}, {name: b, dump: {}}' | a=1/1 n=!2 b=+3",
        "'{name: e, event: {}}, {name: a, do: {reply: {}}, dump: {reply: {}}}' | e=!1 a=2/2+2/2",
      })
  void numbersAUnifiedList(String list, String expected) throws SpecException {
    assertThat(numbers("", list)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Requests and replies are counted apart; what has no reply counts for none.
        "'{name: a, do: {request: {}, reply: {}}}, {name: b, do: {request: {}}},"
            + " {name: c, do: {request: {}, reply: {}}}' | a=1/1 b=2 c=3/2",
        // What the kernel tells counts among the replies.
        "'{name: a, do: {reply: {}}}, {name: n, notify: a}, {name: b, do: {reply: {}}}'"
            + " | a=1/1 n=!2 b=2/3",
        "'{name: e, event: {}, value: 9}, {name: b, do: {reply: {}}}' | e=!9 b=1/10",
        "'{name: a, do: {request: {value: 5}, reply: {value: 7}}}, {name: b, do: {reply: {}}}'"
            + " | a=5/7 b=6/8",
        // A dump has the numbers of the do, unless it says others; the do alone is counted on.
        "'{name: a, do: {request: {}, reply: {}}, dump: {request: {}, reply: {}}}' | a=1/1+1/1",
        "'{name: a, do: {request: {value: 5}, reply: {value: 7}}, dump: {reply: {value: 3}}},"
            + " {name: b, do: {reply: {}}}' | a=5/7+5/3 b=6/8",
        "'{name: a, do: {request: {}}, dump: {reply: {value: 4}}}' | a=1+1/4",
        "'{name: a, dump: {request: {value: 10}, reply: {value: 12}}}, {name: b, do: {reply: {}}}'"
            + " | a=+10/12 b=11/13",
        "'{name: a, do: {request: {value: 0x101}, reply: {value: 0x100}}}' | a=257/256",
      })
  void numbersADirectionalList(String list, String expected) throws SpecException {
    assertThat(numbers("enum-model: directional, ", list)).isEqualTo(expected);
  }

  /** Each as name=request/reply of do+of dump, or name=!event. */
  private static String numbers(String model, String list) throws SpecException {
    StringBuilder numbers = new StringBuilder();
    for (Operation operation : raw(model, list)) {
      numbers.append(numbers.isEmpty() ? "" : " ").append(operation.name()).append('=');
      numbers.append(operation.doCall().map(OperationBinderTest::numbers).orElse(""));
      numbers.append(operation.dump().map(call -> "+" + numbers(call)).orElse(""));
      numbers.append(operation.event().map(event -> "!" + event.id()).orElse(""));
    }
    return numbers.toString();
  }

  private static String numbers(Call call) {
    return call.request().id() + call.reply().map(reply -> "/" + reply.id()).orElse("");
  }

  private static List<Operation> raw(String model, String list) throws SpecException {
    return Bound.family(
            "protocol: netlink-raw\nprotonum: 0\noperations: {%slist: [%s]}".formatted(model, list))
        .operations();
  }

  @Test
  void bindsLayouts() throws SpecException {
    Operation operation =
        operation(
            """
            - name: get
              doc: Gets it.
              attribute-set: s
              do: {request: {attributes: [a, b]}, reply: {attributes: [b, c, b]}}
              dump: {reply: {attributes: [a]}}
            """,
            "get");

    assertThat(operation.doc()).isEqualTo("Gets it.");
    assertThat(operation.set()).contains("s");
    assertThat(operation.doCall())
        .contains(
            new Call(
                new Layout(1, List.of("a", "b")), Optional.of(new Layout(1, List.of("b", "c")))));
    assertThat(operation.dump())
        .contains(new Call(new Layout(1, List.of()), Optional.of(new Layout(1, List.of("a")))));
    assertThat(operation.event()).isEmpty();
  }

  @Test
  void tellsAReplyOfNothingFromNone() throws SpecException {
    Operation operation = operation("- {name: set, do: {}, dump: {reply: {}}}", "set");

    assertThat(operation.doCall().orElseThrow().reply()).isEmpty();
    assertThat(operation.dump().orElseThrow().reply()).contains(new Layout(1, List.of()));
  }

  private static final String NOTIFICATIONS =
      """
      - name: get
        attribute-set: s
        fixed-header: h
        do: {reply: {attributes: [a]}}
        dump: {reply: {attributes: [b]}}
      - {name: list, attribute-set: t, dump: {reply: {attributes: [b]}}}
      - {name: get-ntf, notify: get}
      - {name: list-ntf, notify: list, fixed-header: other, mcgrp: special}
      - {name: news, attribute-set: s, event: {attributes: [c]}}
      """;

  @Test
  void aNotificationLooksLikeTheReplyOfADo() throws SpecException {
    Operation operation = operation(NOTIFICATIONS, "get-ntf");

    assertThat(operation.event()).contains(new Layout(3, List.of("a")));
    assertThat(operation.notifies()).contains("get");
    assertThat(operation.set()).contains("s");
    assertThat(operation.header()).contains("h");
  }

  @Test
  void aNotificationLooksLikeTheReplyOfADumpIfThereIsNoDo() throws SpecException {
    Operation operation = operation(NOTIFICATIONS, "list-ntf");

    assertThat(operation.event()).contains(new Layout(4, List.of("b")));
    assertThat(operation.set()).contains("t");
    assertThat(operation.header()).contains("other");
  }

  @Test
  void anEventHasALayoutOfItsOwn() throws SpecException {
    Operation operation = operation(NOTIFICATIONS, "news");

    assertThat(operation.event()).contains(new Layout(5, List.of("c")));
    assertThat(operation.notifies()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{name: only}', get-ntf, only",
    "'{name: only}', list-ntf, special",
    "'{name: only}', news, only",
    "'{name: only}', get, ''",
    "'{name: one}, {name: two}', get-ntf, ''",
    "'{name: one}, {name: two}', list-ntf, special",
    "'', news, ''"
  })
  void anEventIsInTheGroupThatIsNamedOrTheOnlyOne(String groups, String name, String group)
      throws SpecException {
    Operation operation =
        Bound.operation(
            Bound.family(
                "mcast-groups: {list: [%s]}\noperations:\n  list:\n".formatted(groups)
                    + NOTIFICATIONS.indent(4)),
            name);

    assertThat(operation.group().orElse("")).isEqualTo(group);
  }

  @ParameterizedTest
  @CsvSource({
    "'fixed-header: h, ', '{name: o, do: {}}', h",
    "'fixed-header: h, ', '{name: o, do: {}, fixed-header: own}', own",
    "'', '{name: o, do: {}, fixed-header: own}', own",
    "'', '{name: o, do: {}}', ''"
  })
  void hasTheHeaderOfItsOwnOrOfTheList(String list, String operation, String header)
      throws SpecException {
    assertThat(raw(list, operation).get(0).header().orElse("")).isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '{name: some-get, do: {}}', F_CMD_SOME_GET",
    "'name-prefix: x-, ', '{name: some-get, do: {}}', X_SOME_GET",
    "'name-prefix: x-, ', '{name: news, event: {}}', X_NEWS",
    "'name-prefix: x-, async-prefix: y-, ', '{name: news, event: {}}', Y_NEWS",
    "'async-prefix: y-, ', '{name: some-get, do: {}}', F_CMD_SOME_GET",
    "'', '{name: some-get, do: {}, c-name: Z}', Z"
  })
  void isCalledAsHeadersDo(String list, String operation, String cName) throws SpecException {
    assertThat(raw(list, operation).get(0).cName()).isEqualTo(cName);
  }

  @Test
  void bindsPrivileges() throws SpecException {
    assertThat(raw("", "{name: o, do: {}, flags: [admin-perm]}").get(0).privileges())
        .containsExactly(Operation.Privilege.ADMIN);
    assertThat(raw("", "{name: o, do: {}, flags: [uns-admin-perm]}").get(0).privileges())
        .containsExactly(Operation.Privilege.NAMESPACE_ADMIN);
    assertThat(raw("", "{name: o, do: {}}").get(0).privileges()).isEmpty();
  }

  @Test
  void bindsHowADumpGoesOn() throws SpecException {
    String operation =
        "{name: o, dump: {}, continues: {key: [ifindex], elements: {peers: public-key,"
            + " others: {key: id, keep: {flags: [a, b]}}}}}";

    assertThat(raw("", operation).get(0).continuation())
        .contains(
            new Continuation(
                List.of("ifindex"),
                Map.of(
                    "peers",
                    new Continuation.Element("public-key", Map.of()),
                    "others",
                    new Continuation.Element("id", Map.of("flags", List.of("a", "b"))))));
    assertThat(raw("", "{name: o, dump: {}, continues: {key: []}}").get(0).continuation())
        .contains(new Continuation(List.of(), Map.of()));
  }

  private static Operation operation(String list, String name) throws SpecException {
    return Bound.operation(Bound.family("operations:\n  list:\n" + list.indent(4)), name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'list: [{name: o, notify: x}]' | there is no operation x: is o meant?",
        "'list: [{name: o, do: {}}, {name: n, notify: o}]' | o has no reply that this could look like",
        "'list: [{name: o, do: {request: {value: 5}}}]' | a number of its own",
        "'list: [{name: o, value: 256, do: {}}]' | value has to be from 0 to 255",
        "'list: [{name: o, value: 255, do: {}}, {name: p, do: {}}]'"
            + " | the number after 255 would be too great: give this a value",
        "'list: [{name: o, do: {}, flags: [admin]}]' | there is no flag admin: is admin-perm meant?",
        "'list: [{name: o, dump: {}, continues: {keys: []}}]' | continues has no key keys",
        "'list: [{name: o, dump: {}, continues: {elements: [a]}}]' | elements has to have keys",
        "'enum-model: uniform, list: []' | there is no enum-model uniform: is unified meant?",
        "'enum-model: directional, list: [{name: o}]' | in a directional list the number",
        "'enum-model: directional, list: [{name: o, value: 5, do: {}}]' | in a directional list",
        "'enum-model: directional, list: [{name: o, do: {}, dump: {reply: {}}}]'"
            + " | the reply of the dump needs a value, since the do has none",
      })
  void refusesOperationsThatCannotBe(String operations, String problem) {
    assertThatThrownBy(() -> Bound.family("operations: {" + operations + "}"))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("f.yaml:2:")
        .hasMessageContaining(problem);
  }
}
