package dev.jgenl.spec;

import static dev.jgenl.spec.Models.attribute;
import static dev.jgenl.spec.Models.bigEndian;
import static dev.jgenl.spec.Models.bytes;
import static dev.jgenl.spec.Models.member;
import static dev.jgenl.spec.Models.named;
import static dev.jgenl.spec.Models.repeated;
import static dev.jgenl.spec.Models.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.SubMessage.Format;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import dev.jgenl.wire.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each feature of the specs with its bytes, in both byte orders. */
class CodecTest {

  /**
   * What is called as in the spec, written by hand: one attribute of each type that there is, its
   * number in the first column of {@link #bytesOfEachType}.
   */
  private static Models models() {
    Models models =
        new Models()
            .enumeration("color", "red", "green", "blue")
            .flags("right", "read", "write", "run")
            .struct(
                "point",
                member("x", 2, scalar(Width.S16)),
                member("pad", 2, new Type.Pad(2)),
                member("y", 4, bigEndian(Width.U32)))
            .struct(
                "shape",
                member("origin", 8, new Type.StructValue("point")),
                member("tag", 4, bytes(4)))
            .struct(
                "keys",
                member("count", 4, scalar(Width.U32)),
                member("points", 0, new Type.StructArray("point")))
            .struct("head", member("kind", 4, scalar(Width.U32)), member("u8", 1, scalar(Width.U8)))
            .struct("small", member("n", 2, scalar(Width.U16)));
    models.subMessages.add(
        new SubMessage(
            "data",
            List.of(
                new Format("one", Optional.empty(), Optional.of("inner")),
                new Format("two", Optional.of("small"), Optional.empty()),
                new Format("both", Optional.of("small"), Optional.of("inner")),
                new Format("none", Optional.empty(), Optional.empty()),
                new Format("green", Optional.empty(), Optional.of("inner")),
                new Format("7", Optional.empty(), Optional.of("inner")))));
    models.set(
        "inner",
        attribute("number", 1, scalar(Width.U32)),
        repeated("names", 2, new Type.Text()),
        attribute("again", 3, new Type.Nest("inner")),
        attribute("selected", 4, new Type.Selected("data", "kind")));
    models.set(
        "all",
        attribute("u8", 1, scalar(Width.U8)),
        attribute("u16", 2, scalar(Width.U16)),
        attribute("u32", 3, scalar(Width.U32)),
        attribute("u64", 4, scalar(Width.U64)),
        attribute("s8", 5, scalar(Width.S8)),
        attribute("s16", 6, scalar(Width.S16)),
        attribute("s32", 7, scalar(Width.S32)),
        attribute("s64", 8, scalar(Width.S64)),
        attribute("uint", 9, scalar(Width.UINT)),
        attribute("sint", 10, scalar(Width.SINT)),
        attribute("u16-be", 11, bigEndian(Width.U16)),
        attribute("u32-be", 12, bigEndian(Width.U32)),
        attribute("u64-be", 13, bigEndian(Width.U64)),
        attribute("color", 14, named(Width.U8, "color", false)),
        attribute("rights", 15, named(Width.U32, "right", true)),
        attribute("colors", 16, named(Width.U32, "color", true)),
        attribute("flag", 17, new Type.Flag()),
        attribute("text", 18, new Type.Text()),
        attribute("bytes", 19, bytes()),
        attribute("mac", 20, bytes(), Hint.MAC),
        attribute("ip", 21, bytes(), Hint.IPV4_OR_V6),
        attribute("ip-number", 22, bigEndian(Width.U32), Hint.IPV4),
        attribute("mask", 23, scalar(Width.U32), Hint.HEX),
        attribute("uuid", 24, bytes(), Hint.UUID),
        attribute("bits", 25, new Type.Bitfield(Optional.of(new Type.EnumUse("right", true)))),
        attribute("inner", 26, new Type.Nest("inner")),
        repeated("inners", 27, new Type.Nest("inner")),
        attribute("point", 28, new Type.StructValue("point")),
        attribute("shape", 29, new Type.StructValue("shape")),
        attribute("points", 30, new Type.StructArray("point")),
        attribute("numbers", 31, new Type.ScalarArray(scalar(Width.U16))),
        attribute("array", 32, new Type.IndexedArray(new Type.Nest("inner"), 1)),
        attribute("array-u32", 33, new Type.IndexedArray(scalar(Width.U32), 0)),
        attribute("by-value", 34, new Type.TypeValue(List.of("a", "b"), new Type.Nest("inner"))),
        attribute("by-id", 35, new Type.TypeValue(List.of("id"), scalar(Width.U64))),
        attribute("kind", 36, new Type.Text()),
        attribute("data", 37, new Type.Selected("data", "kind")),
        attribute("color-data", 38, new Type.Selected("data", "color")),
        attribute("keys", 39, new Type.StructValue("keys")),
        attribute("fixed", 40, bytes(3)),
        attribute("pad", 41, new Type.Pad(0)),
        attribute("outer-data", 42, new Type.Nest("inner")),
        repeated("by-ids", 43, new Type.TypeValue(List.of("id"), scalar(Width.U64))),
        attribute("ordered", 44, new Type.Nest("inner", true)),
        attribute("endpoint", 45, bytes(), Hint.SOCKET_ADDRESS));
    models.operation("plain", 1, "all", Optional.empty());
    models.operation("headed", 2, "all", Optional.of("head"));
    return models;
  }

  @Test
  void whatAModelRefersToInVainIsMissedEachTime() {
    Models models = new Models().set("all", attribute("inner", 1, new Type.Nest("nowhere")));
    models.set("flat", attribute("flag", 1, new Type.Flag()));
    models.operation("get", 1, "all", Optional.empty());
    models.operation("other", 2, "flat", Optional.empty());
    Wire wire = new Wire(models.family(), ByteOrder.LITTLE_ENDIAN);

    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> wire.read("get", new byte[0]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'nowhere'");
      assertThat(wire.read("other", Wire.bytes("0400 0100")).toJson()).isEqualTo("{\"flag\":true}");
    }
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {u8: 255}                  | {"u8":255}              | 0500 0100 ff000000
          {u8: 0x10}                 | {"u8":16}               | 0500 0100 10000000
          {u16: 513}                 | {"u16":513}             | 0600 0200 01020000
          {u32: 4294967295}          | {"u32":4294967295}      | 0800 0300 ffffffff
          {u64: 18446744073709551615}| {"u64":18446744073709551615} | 0c00 0400 ffffffffffffffff
          {s8: -1}                   | {"s8":-1}               | 0500 0500 ff000000
          {s16: -2}                  | {"s16":-2}              | 0600 0600 feff0000
          {s32: -3}                  | {"s32":-3}              | 0800 0700 fdffffff
          {s64: -4}                  | {"s64":-4}              | 0c00 0800 fcffffffffffffff
          {uint: 5}                  | {"uint":5}              | 0800 0900 05000000
          {uint: 4294967296}         | {"uint":4294967296}     | 0c00 0900 0000000001000000
          {sint: -5}                 | {"sint":-5}             | 0800 0a00 fbffffff
          {sint: -4294967296}        | {"sint":-4294967296}    | 0c00 0a00 00000000ffffffff
          {u16-be: 513}              | {"u16-be":513}          | 0600 0b00 02010000
          {u32-be: 1}                | {"u32-be":1}            | 0800 0c00 00000001
          {u64-be: 2}                | {"u64-be":2}            | 0c00 0d00 0000000000000002
          {color: green}             | {"color":"green"}       | 0500 0e00 01000000
          {color: 9}                 | {"color":9}             | 0500 0e00 09000000
          {rights: [read, run]}      | {"rights":["read","run"]} | 0800 0f00 05000000
          {rights: 9}                | {"rights":["read",8]}   | 0800 0f00 09000000
          {colors: [blue]}           | {"colors":["blue"]}     | 0800 1000 04000000
          {flag: true}               | {"flag":true}           | 0400 1100
          {flag: }                   | {"flag":true}           | 0400 1100
          {flag: false}              | {}                      | ''
          {text: eth0}               | {"text":"eth0"}         | 0900 1200 6574683000000000
          {text: "1e3"}              | {"text":"1e3"}          | 0800 1200 31653300
          {bytes: 0a0b}              | {"bytes":"0a0b"}        | 0600 1300 0a0b0000
          {mac: 02:00:00:00:00:ff}   | {"mac":"02:00:00:00:00:ff"} | 0a00 1400 0200000000ff0000
          {ip: 10.0.0.1}             | {"ip":"10.0.0.1"}       | 0800 1500 0a000001
          {ip: fd00::1}              | {"ip":"fd00::1"}        | 1400 1500 fd000000000000000000000000000001
          {ip: '::ffff:10.0.0.1'}    | {"ip":"::ffff:a00:1"}   | 1400 1500 00000000000000000000ffff0a000001
          {ip-number: 10.0.0.1}      | {"ip-number":"10.0.0.1"}| 0800 1600 0a000001
          {mask: 0xff00}             | {"mask":"0xff00"}       | 0800 1700 00ff0000
          {uuid: 00112233-4455-6677-8899-aabbccddeeff} | {"uuid":"00112233-4455-6677-8899-aabbccddeeff"} | 1400 1800 00112233445566778899aabbccddeeff
          {bits: {value: [read], selector: [read, write]}} | {"bits":{"value":["read"],"selector":["read","write"]}} | 0c00 1900 0100000003000000
          {bits: [run]}              | {"bits":{"value":["run"],"selector":["run"]}} | 0c00 1900 0400000004000000
          {inner: {}}                | {"inner":{}}            | 0400 1a80
          {inner: {number: 1, names: [a, b]}} | {"inner":{"number":1,"names":["a","b"]}} | 1c00 1a80 0800 0100 01000000 0600 0200 61000000 0600 0200 62000000
          {inner: {again: {again: {number: 2}}}} | {"inner":{"again":{"again":{"number":2}}}} | 1400 1a80 1000 0380 0c00 0380 0800 0100 02000000
          {inners: [{number: 1}, {number: 2}]} | {"inners":[{"number":1},{"number":2}]} | 0c00 1b80 0800 0100 01000000 0c00 1b80 0800 0100 02000000
          {inners: {number: 1}}      | {"inners":[{"number":1}]} | 0c00 1b80 0800 0100 01000000
          {point: {x: -1, y: 258}}   | {"point":{"x":-1,"y":258}} | 0c00 1c00 ffff 0000 00000102
          {point: {}}                | {"point":{"x":0,"y":0}} | 0c00 1c00 0000000000000000
          {shape: {origin: {x: 1}, tag: 0102}} | {"shape":{"origin":{"x":1,"y":0},"tag":"01020000"}} | 1000 1d00 0100 0000 00000000 01020000
          {points: [{x: 1}, {x: 2}]} | {"points":[{"x":1,"y":0},{"x":2,"y":0}]} | 1400 1e00 0100000000000000 0200000000000000
          {numbers: [1, 2, 3]}       | {"numbers":[1,2,3]}     | 0a00 1f00 010002000300 0000
          {array: [{number: 1}, {number: 2}]} | {"array":[{"number":1},{"number":2}]} | 1c00 2080 0c00 0180 0800 0100 01000000 0c00 0280 0800 0100 02000000
          {array: {"5": {number: 1}}}| {"array":{"5":{"number":1}}} | 1000 2080 0c00 0580 0800 0100 01000000
          {array-u32: [7, 8]}        | {"array-u32":[7,8]}     | 1400 2180 0800 0000 07000000 0800 0100 08000000
          {by-value: {a: 3, b: 4, number: 1}} | {"by-value":{"a":3,"b":4,"number":1}} | 1400 2280 1000 0380 0c00 0480 0800 0100 01000000
          {by-id: {id: 3, value: 9}} | {"by-id":{"id":3,"value":9}} | 1000 2380 0c00 0300 0900000000000000
          {by-ids: [{id: 3, value: 9}, {id: 5, value: 6}]} | {"by-ids":[{"id":3,"value":9},{"id":5,"value":6}]} | 1000 2b80 0c00 0300 0900000000000000 1000 2b80 0c00 0500 0600000000000000
          {by-ids: {id: 3, value: 9}} | {"by-ids":[{"id":3,"value":9}]} | 1000 2b80 0c00 0300 0900000000000000
          {kind: one, data: {number: 1}} | {"kind":"one","data":{"number":1}} | 0800 2400 6f6e6500 0c00 2580 0800 0100 01000000
          {kind: two, data: {n: 5}}  | {"kind":"two","data":{"n":5}} | 0800 2400 74776f00 0600 2500 05000000
          {kind: both, data: {n: 5, number: 1}} | {"kind":"both","data":{"n":5,"number":1}} | 0900 2400 626f746800000000 1000 2500 05000000 0800 0100 01000000
          {kind: none, data: {}}     | {"kind":"none","data":{}} | 0900 2400 6e6f6e6500000000 0400 2580
          {color: green, color-data: {number: 1}} | {"color":"green","color-data":{"number":1}} | 0500 0e00 01000000 0c00 2680 0800 0100 01000000
          {color: 7, color-data: {number: 1}} | {"color":7,"color-data":{"number":1}} | 0500 0e00 07000000 0c00 2680 0800 0100 01000000
          {kind: one, outer-data: {selected: {number: 1}}} | {"kind":"one","outer-data":{"selected":{"number":1}}} | 0800 2400 6f6e6500 1000 2a80 0c00 0480 0800 0100 01000000
          {keys: {count: 2, points: [{x: 1}, {x: 2}]}} | {"keys":{"count":2,"points":[{"x":1,"y":0},{"x":2,"y":0}]}} | 1800 2700 02000000 0100000000000000 0200000000000000
          {ordered: [{number: 1}, {names: a}, {number: 1}]} | {"ordered":[{"number":1},{"names":["a"]},{"number":1}]} | 1c00 2c80 0800 0100 01000000 0600 0200 61000000 0800 0100 01000000
          {ordered: [{"99": 0102}, {number: 1}]} | {"ordered":[{"99":"0102"},{"number":1}]} | 1400 2c80 0600 6300 01020000 0800 0100 01000000
          {ordered: {number: 1}}     | {"ordered":[{"number":1}]} | 0c00 2c80 0800 0100 01000000
          {ordered: []}              | {"ordered":[]}          | 0400 2c80
          {fixed: 010203}            | {"fixed":"010203"}      | 0700 2800 01020300
          {"99": 0102}               | {"99":"0102"}           | 0600 6300 01020000
          """)
  void bytesOfEachType(String text, String json, String hex) {
    Value value = Value.parse(text);
    Wire little = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = little.write("plain", value);

    assertThat(Wire.hex(bytes))
        .isEqualTo(hex == null ? "" : hex.replace(" ", "").replace("''", ""));
    Value read = little.read("plain", bytes);
    assertThat(read.toJson()).isEqualTo(json);
    // What is shown is understood as well, and what was read.
    assertThat(little.read("plain", little.write("plain", Value.parse(read.toJson()))))
        .isEqualTo(read);
    assertThat(little.write("plain", read)).isEqualTo(bytes);

    Wire big = new Wire(models().family(), ByteOrder.BIG_ENDIAN);
    assertThat(big.read("plain", big.write("plain", value))).isEqualTo(read);
  }

  @Test
  void numbersOfBigEndianMachinesAreTheOtherWayRound() {
    Wire big = new Wire(models().family(), ByteOrder.BIG_ENDIAN);

    assertThat(Wire.hex(big.write("plain", Value.parse("{u16: 513, u16-be: 513}"))))
        .isEqualTo("00060002" + "02010000" + "0006000b" + "02010000");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {u8: 256}            | u8: 256 is no unsigned number of 8 bits
          {u8: -1}             | u8: -1 is no unsigned number of 8 bits
          {u64: 18446744073709551616} | u64: 18446744073709551616 is no unsigned number of 64 bits
          {s8: 128}            | s8: 128 is no signed number of 8 bits
          {u32: many}          | u32: a number is wanted, not 'many'
          {ordered: [{number: 1}, {numbr: 2}]} | ordered.[1].numbr: no such attribute: 'numbr'; is it number?
          {ordered: [[]]}      | ordered.[0]: a name is wanted, not a list of 0
          {endpoint: "x:1"}    | endpoint: 'x:1' is no address with a port, such as 192.0.2.1:80 or [2001:db8::1]:80
          {u32: [1]}           | u32: a number is wanted, not a list of 1
          {u32: {a: 1}}        | u32: a number is wanted, not {a}
          {color: gren}        | color: no such value: 'gren'; is it green, red?
          {rights: [read, fly]}| rights: no such value: 'fly'; there are read, write, run
          {flag: maybe}        | flag: true or false is wanted, not maybe
          {text: {a: 1}}       | text: text is wanted, not {a}
          {bytes: xyz}         | bytes: 'xyz' is no even number of hexadecimal digits
          {mac: nobody}        | mac: 'nobody' is no link-layer address, such as 02:00:00:00:00:01
          {ip: example.org}    | ip: 'example.org' is no address of IPv4 or IPv6
          {fixed: 0102}        | fixed: 3 bytes are wanted, not 2
          {inner: {nummer: 1}} | inner.nummer: no such attribute: 'nummer'; is it number?
          {inner: 5}           | inner: names are wanted, not "5"
          {inners: [{number: 1}, {number: x}]} | inners.[1].number: a number is wanted, not 'x'
          {array: [{number: x}]} | array.[0].number: a number is wanted, not 'x'
          {point: {z: 1}}      | point.z: no such member: 'z'; there are x, y
          {shape: {tag: 0102030405}} | shape.tag: at most 4 bytes are wanted, not 5
          {data: {number: 1}}  | data: it needs 'kind' beside it, which says what it holds
          {kind: tow, data: {}}| data: no such kind: 'tow'; is it two?
          {by-value: {a: 1}}   | by-value: it needs 'b', a number of 14 bits
          {pad: 0}             | pad: it fills up, and has no value
          {"1": 05}            | 1: it has a name: u8
          {text: "a\\ud800"}   | text: half of a character, which UTF-8 does not have
          {kind: foo, data: {}}| data: no such kind: 'foo'; is it two?
          {kind: foo, data: 0} | data: '0' is no even number of hexadecimal digits
          {"a\\e[2J": 0}       | a\\u001b[2J: no such attribute: 'a\\u001b[2J'; there are u8, u16, u32, u64, s8, s16, s32, s64, uint, sint, u16-be, u32-be, …
          {"99999": 00}        | 99999: no such attribute: '99999'; there are u8, u16, u32, u64, s8, s16, s32, s64, uint, sint, u16-be, u32-be, …
          """)
  void whatIsWrongIsSaidWithItsPath(String text, String message) {
    Wire wire = new Wire(models().family(), ByteOrder.nativeOrder());
    assertThatThrownBy(() -> wire.write("plain", Value.parse(text)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(message);
  }

  @Test
  void headerStandsBesideTheAttributesAndTheirNamesGoFirst() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);
    // The header is padded to 8 bytes; attributes are called as its members are.
    Value value = Value.parse("{head.kind: 1, head.u8: 2, u8: 3, kind: one}");

    byte[] bytes = wire.write("headed", value);

    assertThat(Wire.hex(bytes))
        .isEqualTo("0100000002000000" + "0500010003000000" + "080024006f6e6500");
    assertThat(wire.read("headed", bytes).toJson())
        .isEqualTo("{\"head.kind\":1,\"head.u8\":2,\"u8\":3,\"kind\":\"one\"}");
  }

  @Test
  void structsOfOtherLengthsAreRead() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);

    assertThat(wire.read("plain", Wire.bytes("0800 1c00 05000000")).toJson())
        .isEqualTo("{\"point\":{\"x\":5}}");
    assertThat(wire.read("plain", Wire.bytes("1000 1c00 0500000000000001 ffffffff")).toJson())
        .isEqualTo("{\"point\":{\"x\":5,\"y\":1}}");
  }

  @Test
  void numbersThatDoNotGrowAreNoIndices() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);

    Value read = wire.read("plain", Wire.bytes("1400 2180 0800 0000 05000000 0800 0000 06000000"));

    assertThat(read.toJson()).isEqualTo("{\"array-u32\":[5,6]}");
    assertThat(Wire.hex(wire.write("plain", read)))
        .isEqualTo("14002180" + "0800000005000000" + "0800010006000000");
  }

  @Test
  void textInAStructEndsWithANul() {
    Models models =
        new Models()
            .struct("task", member("name", 8, new Type.Text()), member("id", 1, scalar(Width.U8)))
            .set("all", attribute("task", 1, new Type.StructValue("task")))
            .operation("get", 1, "all", Optional.empty());
    Wire wire = new Wire(models.family(), ByteOrder.LITTLE_ENDIAN);
    Value value = Value.parse("{task: {name: init, id: 1}}");

    byte[] bytes = wire.write("get", value);

    assertThat(Wire.hex(bytes)).isEqualTo("0d000100" + "696e697400000000" + "01000000");
    assertThat(wire.read("get", bytes).toJson())
        .isEqualTo("{\"task\":{\"name\":\"init\",\"id\":1}}");
    assertThat(wire.read("get", Wire.bytes("0900 0100 696e697400 000000")).toJson())
        .isEqualTo("{\"task\":{\"name\":\"init\"}}");
    assertThat(wire.read("get", Wire.bytes("0d00 0100 696e6974696e6974 02 000000")).toJson())
        .isEqualTo("{\"task\":{\"name\":\"initinit\",\"id\":2}}");
    assertThatThrownBy(() -> wire.write("get", Value.parse("{task: {name: initinit}}")))
        .hasMessageContaining("task.name")
        .hasMessageContaining("less than 8 bytes");
  }

  @Test
  void whatIsNotAsTheSpecSaysIsKept() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);

    // A wider number, one of three bytes, a bitfield and an array cut short, an unknown attribute
    // that is there twice.
    Value read =
        wire.read(
            "plain",
            Wire.bytes(
                "0c00 0300 0100000000000000 0700 0200 01020300 0800 1900 01000000"
                    + " 0500 1f00 01000000 0500 6300 ff000000 0500 6300 fe000000"));

    assertThat(read.toJson())
        .isEqualTo(
            "{\"u16\":\"010203\",\"u32\":1,\"bits\":\"01000000\",\"numbers\":\"01\",\"99\":[\"ff\",\"fe\"]}");
    assertThat(read.names()).containsExactly("u16", "u32", "bits", "numbers", "99");
    assertThat(read.at("99").asList()).hasSize(2);
    assertThat(wire.read("plain", wire.write("plain", read))).isEqualTo(read);
    assertThat(Wire.hex(wire.write("plain", Value.parse("{99: [ff, fe]}"))))
        .isEqualTo("05006300ff000000" + "05006300fe000000");
  }

  @Test
  void selectorMayStandBehindWhatItSelects() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);

    Value read = wire.read("plain", Wire.bytes("0c00 2580 0800 0100 01000000 0800 2400 6f6e6500"));

    assertThat(read.at("data").at("number").asLong()).isEqualTo(1);
  }

  @Test
  void unknownSelectionIsBytes() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = Wire.bytes("0700 2400 7a7a0000 0800 2500 01000000");

    Value read = wire.read("plain", bytes);

    assertThat(read.at("data")).isInstanceOf(BytesValue.class);
    assertThat(wire.write("plain", read)).isEqualTo(bytes);
  }

  @Test
  void whatIsNoNestIsBytesAndTheRestIsRead() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);
    byte[] bytes =
        Wire.bytes(
            "0800 1a80 ff00 0100 0800 2080 ff00 0100 0800 2280 ff00 0100"
                + " 1000 1b80 0c00 0380 0800 0100 01000000 0500 0100 07000000");

    Value read = wire.read("plain", bytes);

    assertThat(read.toJson())
        .isEqualTo(
            "{\"u8\":7,\"inner\":\"ff000100\",\"inners\":[{\"again\":{\"number\":1}}],"
                + "\"array\":\"ff000100\",\"by-value\":\"ff000100\"}");
    assertThat(wire.read("plain", wire.write("plain", read))).isEqualTo(read);
  }

  @Test
  void valuesOfManyNestsAndOfManyInOneStandInOneList() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);
    String both = "1c00 2b80 0c00 0300 0900000000000000 0c00 0500 0600000000000000";
    String none = "0400 2b80";
    String third = "1000 2b80 0c00 0700 0100000000000000";

    assertThat(wire.read("plain", Wire.bytes(both + none + third)).toJson())
        .isEqualTo(
            "{\"by-ids\":[{\"id\":3,\"value\":9},{\"id\":5,\"value\":6},{\"id\":7,\"value\":1}]}");
  }

  @Test
  void whatIsTooLongIsSaidWithItsPath() {
    Wire wire = new Wire(models().family(), ByteOrder.nativeOrder());
    Value value = Value.of(Map.of("inner", Map.of("names", List.of("a", "x".repeat(70_000)))));

    assertThatThrownBy(() -> wire.write("plain", value))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("inner.names.[1]: ")
        .hasMessageContaining("65531");
    assertThatThrownBy(() -> wire.write("plain", Value.of(Map.of("x".repeat(70_000), 1))))
        .isInstanceOf(InvalidValueException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
  }

  @Test
  void nameThatIsNotUtf8CanBeSentBack() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = Wire.bytes("0800 1200 71fffe00");

    Value read = wire.read("plain", bytes);

    assertThat(read.at("text").asBytes()).containsExactly('q', 0xff, 0xfe, 0);
    assertThat(wire.write("plain", read)).isEqualTo(bytes);
  }

  @Test
  void whatIsUnknownCanBeSentAsItIsShown() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = Wire.bytes("0700 2400 7a7a0000 0800 2500 01000000");

    assertThat(wire.write("plain", Value.parse(wire.read("plain", bytes).toJson())))
        .isEqualTo(bytes);
  }

  @Test
  void nestsWithoutEndAreReadAsFarAsAnybodyLooks() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);
    int depth = 16_000;
    ByteBuffer nests = ByteBuffer.allocate(4 * depth).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < depth; i++) {
      nests.putShort((short) (4 * (depth - i))).putShort((short) (i == 0 ? 26 : 3));
    }

    Value read = wire.read("plain", nests.array());

    assertThat(read.toJson()).startsWith("{\"inner\":{\"again\":{\"again\":");
    assertThat(wire.write("plain", read)).hasSize(4 * depth);
  }

  @Test
  void malformedMessageIsAnError() {
    Wire wire = new Wire(models().family(), ByteOrder.LITTLE_ENDIAN);

    assertThatThrownBy(() -> wire.read("plain", Wire.bytes("ff00 0100")))
        .isInstanceOf(MalformedMessageException.class);
  }
}
