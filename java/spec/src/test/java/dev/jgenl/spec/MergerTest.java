package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.model.Continuation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergerTest {

  private static final Merger MERGER =
      new Merger(
          new Continuation(
              List.of("ifindex"), Map.of("peers", new Continuation.Element("key", Map.of()))));

  private static List<String> merge(String... messages) {
    return MERGER.merge(Stream.of(messages).map(Value::parse).toList()).stream()
        .map(Value::toJson)
        .toList();
  }

  @Test
  void messagesOfOneObjectAreJoinedAndPartsOfOneElementToo() {
    assertThat(
            merge(
                "{ifindex: 1, name: wg0, peers: [{key: a, ips: [1, 2]}, {key: b, ips: [3]}]}",
                "{ifindex: 1, peers: [{key: b, ips: [4]}, {key: c}]}",
                "{ifindex: 2, peers: [{key: c}]}"))
        .containsExactly(
            Value.parse(
                    "{ifindex: 1, name: wg0, peers: [{key: a, ips: [1, 2]},"
                        + " {key: b, ips: [3, 4]}, {key: c}]}")
                .toJson(),
            Value.parse("{ifindex: 2, peers: [{key: c}]}").toJson());
  }

  @Test
  void objectMayGoOnInAnyNumberOfMessages() {
    assertThat(
            merge(
                "{ifindex: 1, peers: [{key: a, ips: [1]}]}",
                "{ifindex: 1, peers: [{key: a, ips: [2]}]}",
                "{ifindex: 1}",
                "{ifindex: 1, peers: [{key: a, ips: [3]}, {key: b}]}"))
        .containsExactly(
            Value.parse("{ifindex: 1, peers: [{key: a, ips: [1, 2, 3]}, {key: b}]}").toJson());
  }

  @Test
  void nestsAreJoinedAndTheFirstOfOtherValuesCounts() {
    assertThat(merge("{ifindex: 1, a: {x: 1}, b: 1}", "{ifindex: 1, a: {y: 2}, b: 2}"))
        .containsExactly(Value.parse("{ifindex: 1, a: {x: 1, y: 2}, b: 1}").toJson());
  }

  @Test
  void messagesWithoutTheKeyStayAsTheyAre() {
    assertThat(merge("{name: a}", "{name: b}")).hasSize(2);
  }
}
