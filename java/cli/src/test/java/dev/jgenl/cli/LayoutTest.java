package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How values become lines. */
class LayoutTest {

  private static String tree(int columns, String value) {
    return new Tree(columns, false).of(Value.parse(value));
  }

  @Test
  void jsonIsIndented() {
    assertThat(new JsonLayout(true, false, false).of("{\"a\":{},\"b\":[1,{\"c\":\"x, {y}\\\"\"}]}"))
        .isEqualTo(
            """
            {
              "a": {},
              "b": [
                1,
                {
                  "c": "x, {y}\\""
                }
              ]
            }""");
  }

  @Test
  void onlyNumbersBeyond53BitsBecomeStrings() {
    assertThat(
            new JsonLayout(false, false, true)
                .of(
                    "[9007199254740992,9007199254740993,-9007199254740993,true,\"9007199254740993\"]"))
        .isEqualTo(
            "[9007199254740992,\"9007199254740993\",\"-9007199254740993\",true,\"9007199254740993\"]");
  }

  @Test
  void coloursStandAroundTokensAlone() {
    assertThat(new JsonLayout(false, true, false).of("{\"a\":1}"))
        .isEqualTo("{\033[36m\"a\"\033[0m:\033[33m1\033[0m}");
  }

  @Test
  void nestsAreIndentedAndListsOfNamesAreTables() {
    assertThat(tree(80, "{a: {b: 1}, c: [x, y], d: [{e: 1, f: 2}, {e: 3}]}"))
        .isEqualTo(
            """
            a:
              b: 1
            c: x, y
            d:
              e  f
              1  2
              3
            """);
  }

  @Test
  void whatIsNotFlatIsListedWithHyphens() {
    assertThat(tree(80, "{d: [{e: [{f: 1}]}, {e: [{f: 2}]}]}"))
        .isEqualTo(
            """
            d:
              - e:
                  f
                  1
              - e:
                  f
                  2
            """);
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    String text = tree(40, "{name: " + "word ".repeat(30) + ", hex: " + "00".repeat(60) + "}");

    assertThat(text.lines()).allMatch(line -> line.length() <= 40);
    assertThat(text.replaceAll("\\s", "")).contains("00".repeat(60));
  }

  @Test
  void theLastColumnOfATableIsBroken() {
    List<Value> rows = new ArrayList<>();
    rows.add(Value.parse("{a: 1, doc: one two three four five six seven eight}"));
    Table table = Table.of(rows, 30);

    assertThat(table.row((dev.jgenl.spec.NestValue) rows.get(0), ""))
        .isEqualTo("1  one two three four five six\n   seven eight");
  }

  @Test
  void wideSignsTakeTwoColumnsAndMarksNone() {
    assertThat(Text.width("\u7f51\u5361")).isEqualTo(4);
    assertThat(Text.width("e\u0301")).isEqualTo(1);
    assertThat(Text.width("\uff26\ud83d\ude80")).isEqualTo(4);
    assertThat(Text.width("\u00e4b")).isEqualTo(2);
  }

  @Test
  void aRowWithOtherNamesIsNoRowOfTheTable() {
    Table table = Table.of(List.of(Value.parse("{a: 1}")), 30);

    assertThat(table.row((dev.jgenl.spec.NestValue) Value.parse("{b: 1}"), "")).isNull();
  }

  @Test
  void columnsStandInTheOrderOfTheRows() {
    Table table =
        Table.of(List.of(Value.parse("{a: 1, c: 3}"), Value.parse("{a: 1, b: 2, c: 3}")), 30);

    assertThat(table.heading()).isEqualTo("a  b  c");
  }
}
