package dev.jgenl;

import static dev.jgenl.wire.NetlinkConstants.GENL_HDRLEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jgenl.wire.Memory;
import dev.jgenl.wire.MessageReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record ExtendedAckPathTest(Memory memory) {

  private static final String REQUEST =
      """
      @16 | 01 01 0000                                                          |
      @20 | 0006 0001  00 01 00 00                                              |
      @28 | 0028 8002                                                           |
      @32 |            0004 0003                                                |
      @36 |            001c 8004                                                |
      @40 |                       000c 8005                                     |
      @44 |                                  0008 0006  0000002a                |
      @52 |                       0009 0007  'text' 00 00 00 00                 |
      @64 |            0004 4008                                                |
      @68 | 000c 0009  0008 000a 00000000                                       |
      @80 | 0005 0001  07 00 00 00                                              |
      """;

  static Stream<Arguments> offsets() {
    return Stream.of(
        arguments("the first attribute", 20, List.of(1)),
        arguments("the type of the first attribute", 22, List.of(1)),
        arguments("the middle of its payload", 25, List.of(1)),
        arguments("its padding", 27, List.of(1)),
        arguments("a nest", 28, List.of(2)),
        arguments("the header of a nest", 30, List.of(2)),
        arguments("the first within a nest", 32, List.of(2, 3)),
        arguments("a nest within a nest", 36, List.of(2, 4)),
        arguments("a nest 3 deep", 40, List.of(2, 4, 5)),
        arguments("an attribute within 3 nests", 44, List.of(2, 4, 5, 6)),
        arguments("its payload", 48, List.of(2, 4, 5, 6)),
        arguments("the one behind an inner nest", 52, List.of(2, 4, 7)),
        arguments("the middle of its payload", 57, List.of(2, 4, 7)),
        arguments("the last within a nest, with a flag", 64, List.of(2, 8)),
        arguments("one that only looks like a nest", 72, List.of(9)),
        arguments("the last attribute", 80, List.of(1)),
        arguments("its payload", 84, List.of(1)));
  }

  @ParameterizedTest(name = "T16 offset {1}, {0}, is path {2}")
  @MethodSource("offsets")
  void offsetBecomesPath(String what, int offset, List<Integer> path) {
    RefusedRequest request = RefusedRequest.of(memory, REQUEST);

    ExtendedAck ack = request.cappedError(String.format("0008 0002 %08x", offset));

    assertThat(ack.path()).as(what).isEqualTo(path);
    assertThat(ack.offset()).hasValue(offset);
  }

  static Stream<Arguments> offsetsOfNothing() {
    return Stream.of(
        arguments("the header", 0),
        arguments("the header's end", 15),
        arguments("the generic header", 16),
        arguments("the generic header's end", 19),
        arguments("the end of the request", 88),
        arguments("behind the request", 100),
        arguments("far behind the request", Integer.MAX_VALUE));
  }

  @ParameterizedTest(name = "T16 offset {1}, {0}, is no path")
  @MethodSource("offsetsOfNothing")
  void offsetOutsideTheAttributesIsNoPath(String what, int offset) {
    RefusedRequest request = RefusedRequest.of(memory, REQUEST);

    ExtendedAck ack = request.cappedError(String.format("0008 0002 %08x", offset));

    assertThat(ack.path()).as(what).isEmpty();
    assertThat(ack.offset()).hasValue(offset);
  }

  @Test
  @DisplayName("T16 the nest that lacks an attribute has a path")
  void nestThatLacksAnAttributeHasPath() {
    RefusedRequest request = RefusedRequest.of(memory, REQUEST);

    ExtendedAck ack = request.cappedError("0008 0005 00000063 | 0008 0006 00000028");

    assertThat(ack.path()).containsExactly(2, 4, 5);
    assertThat(ack.offset()).isEmpty();
  }

  @Test
  @DisplayName("T16 a header of the family lies before the attributes")
  void headerOfTheFamilyIsSkipped() {
    RefusedRequest request =
        RefusedRequest.of(
            memory,
            """
            @16 | 01 01 0000              |
            @20 | ffff ffff ff 00 00 00   |
            @28 | 0005 0001  07 00 00 00  |
            """);
    byte[] answer = request.cappedMessage("0008 0002 0000001c");

    ExtendedAck ack = request.read(answer, 5);

    assertThat(ack.path()).containsExactly(1);
  }

  @Test
  @DisplayName("T16 the offset counts from the header of the request that was answered")
  void offsetCountsFromTheHeaderOfItsRequest() {
    RefusedRequest request = RefusedRequest.of(memory, REQUEST);
    byte[] answer = request.cappedMessage("0008 0002 00000024");
    int start = 40;
    int end = start + request.request().length;
    ByteBuffer requests = memory.used(end + 40).put(start, request.request());
    MessageReader reader = new MessageReader().read(memory.of(answer), 0, answer.length);
    reader.next();

    ExtendedAck ack = ExtendedAck.read(reader, requests, start, end, GENL_HDRLEN);

    assertThat(ack.path()).containsExactly(2, 4);
  }

  @Test
  @DisplayName("T16 what lies behind a request is not searched")
  void nextRequestIsNotSearched() {
    RefusedRequest request = RefusedRequest.of(memory, REQUEST);
    byte[] answer = request.cappedMessage("0008 0002 0000001c");
    ByteBuffer requests = memory.of(request.request());
    MessageReader reader = new MessageReader().read(memory.of(answer), 0, answer.length);
    reader.next();

    ExtendedAck ack = ExtendedAck.read(reader, requests, 0, 28, GENL_HDRLEN);

    assertThat(ack.path()).isEmpty();
  }
}
