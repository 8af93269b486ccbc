package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is valid for the length of a call throws behind it, and never shows what lies there. */
class StaleViewTest extends Scripted {

  private static final int NEST = 3;

  @BeforeEach
  void script() {
    FakeFamily.Script script =
        (request, answer) ->
            answer.message(
                COMMAND,
                a ->
                    a.putU32(NUMBER, 1)
                        .putString(TEXT, "text")
                        .putNested(NEST, n -> n.putU32(NUMBER, 2)));
    family.onDo(COMMAND, script).onDump(COMMAND, script);
  }

  /** The ways in which a reader gets a message that it must not keep. */
  enum Lent {
    REQUEST {
      @Override
      void lend(StaleViewTest t, Consumer<GenlMessage> keeper) throws NetlinkException {
        t.genl.request(t.ask(1), keep(keeper));
      }
    },
    WITHOUT_ACK {
      @Override
      void lend(StaleViewTest t, Consumer<GenlMessage> keeper) throws NetlinkException {
        t.genl.request(t.ask(1).withoutAck(), keep(keeper));
      }
    },
    TOLERANT {
      @Override
      void lend(StaleViewTest t, Consumer<GenlMessage> keeper) throws NetlinkException {
        t.genl.request(t.ask(1).withAnySequence(), keep(keeper));
      }
    },
    BATCH {
      @Override
      void lend(StaleViewTest t, Consumer<GenlMessage> keeper) throws NetlinkException {
        t.genl.batch(List.of(t.ask(1)), keep(keeper)).get(0).get();
      }
    },
    TOLERANT_BATCH {
      @Override
      void lend(StaleViewTest t, Consumer<GenlMessage> keeper) throws NetlinkException {
        t.genl.batch(List.of(t.ask(1).withAnyPort()), keep(keeper)).get(0).get();
      }
    },
    OWNED {
      @Override
      void lend(StaleViewTest t, Consumer<GenlMessage> keeper) throws NetlinkException {
        try (var c = t.genl.connect()) {
          c.request(t.ask(1), keep(keeper));
        }
      }
    },
    READER_THAT_THROWS {
      @Override
      void lend(StaleViewTest t, Consumer<GenlMessage> keeper) {
        assertThatThrownBy(
                () ->
                    t.genl.request(
                        t.ask(1),
                        m -> {
                          keeper.accept(m);
                          throw new UnsupportedOperationException("reader");
                        }))
            .hasMessage("reader");
      }
    };

    abstract void lend(StaleViewTest t, Consumer<GenlMessage> keeper) throws NetlinkException;

    private static java.util.function.Function<GenlMessage, Integer> keep(
        Consumer<GenlMessage> keeper) {
      return m -> {
        keeper.accept(m);
        return 0;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T57 message, attributes, attribute, iterator: used behind their call they throw")
  void viewsOfAnAnswer(Lent lent) throws NetlinkException {
    List<ThrowingCallable> uses = new ArrayList<>();
    lent.lend(this, m -> keepAll(m, uses));

    assertAllThrow(uses);
    genl.request(ask(2), GenlMessage::copy);
    genl.batch(List.of(ask(3), ask(4)), GenlMessage::copy);
    assertAllThrow(uses);
    genl.close();
    assertAllThrow(uses);
  }

  private static void keepAll(GenlMessage m, List<ThrowingCallable> uses) {
    Attributes attributes = m.attributes();
    Iterator<Attribute> begun = attributes.iterator();
    begun.next();
    Attribute number = attributes.get(NUMBER);
    Attribute text = attributes.get(TEXT);
    Attribute nest = attributes.get(NEST);
    Attributes nested = nest.nested();
    assertThat(nested.get(NUMBER).u32()).isEqualTo(2);
    uses.addAll(
        List.of(
            m::attributes,
            m::command,
            m::copy,
            m::familyId,
            m::flags,
            m::header,
            m::length,
            m::sequence,
            m::toString,
            m::version,
            () -> attributes.get(NUMBER),
            () -> attributes.find(NUMBER),
            () -> attributes.iterator().next(),
            begun::next,
            attributes::toString,
            number::u32,
            number::u16,
            number::bytes,
            text::string,
            nest::nested,
            () -> nested.get(NUMBER),
            () -> nested.iterator().hasNext()));
  }

  private static void assertAllThrow(List<ThrowingCallable> uses) {
    for (int i = 0; i < uses.size(); i++) {
      assertThatThrownBy(uses.get(i)).as("use %d", i).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  @DisplayName("T57 copies, and what execute, batch, dump and events hand out, are valid for ever")
  void copiesAreValidForEver() throws NetlinkException {
    List<GenlMessage> kept = new ArrayList<>();
    for (Way way : Way.values()) {
      kept.addAll(way.ask(genl, ask(1)));
    }
    try (var s = genl.subscribe(demo, "events")) {
      family.notify(
          "events",
          n ->
              n.message(
                  COMMAND,
                  a ->
                      a.putU32(NUMBER, 1)
                          .putString(TEXT, "text")
                          .putNested(NEST, x -> x.putU32(NUMBER, 2))));
      kept.add(((dev.jgenl.Event.Notification<GenlMessage>) s.next()).message());
    }
    genl.close();

    assertThat(kept)
        .hasSize(Way.values().length + 1)
        .allSatisfy(
            m -> {
              assertThat(number(m)).isEqualTo(1);
              assertThat(m.attributes().get(TEXT).string()).isEqualTo("text");
              assertThat(m.attributes().get(NEST).nested().get(NUMBER).u32()).isEqualTo(2);
            });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T57 a writer used behind its call throws, and does not write into what comes later")
  void writerBehindItsCall(Way way) throws NetlinkException {
    List<AttributeWriter> kept = new ArrayList<>();
    way.ask(
        genl,
        GenlRequest.of(
            demo,
            COMMAND,
            a -> {
              kept.add(a);
              a.putU32(NUMBER, 1).putNested(NEST, kept::add);
            }));

    assertThat(kept).hasSize(2);
    assertWritersThrow(kept);
    way.ask(
        genl,
        GenlRequest.of(
            demo,
            COMMAND,
            a -> {
              a.putU32(NUMBER, 5);
              assertWritersThrow(kept);
            }));
    List<FakeRequest> requests = family.requests();
    assertThat(requests.get(requests.size() - 1).attributes()).hasSize(1);
  }

  @Test
  @DisplayName("T57 a writer used behind its call while another request of a batch is written")
  void writerOfAnotherRequestOfTheBatch() throws NetlinkException {
    List<AttributeWriter> kept = new ArrayList<>();
    List<GenlRequest> requests = new ArrayList<>();
    requests.add(
        GenlRequest.of(
            demo,
            COMMAND,
            a -> {
              kept.add(a);
              throw new UnsupportedOperationException("writer");
            }));
    for (int i = 0; i < 3; i++) {
      requests.add(
          GenlRequest.of(
              demo,
              COMMAND,
              a -> {
                assertWritersThrow(kept);
                kept.add(a);
              }));
    }
    var outcomes = genl.batch(requests);

    assertThatThrownBy(outcomes.get(0)::get).hasMessage("writer");
    for (int i = 1; i < 4; i++) {
      assertThat(outcomes.get(i).get().messages()).hasSize(1);
    }
    assertThat(family.requests()).hasSize(3).allSatisfy(r -> assertThat(r.attributes()).isEmpty());
  }

  private static void assertWritersThrow(List<AttributeWriter> writers) {
    for (AttributeWriter writer : writers) {
      assertThatThrownBy(() -> writer.putU32(NUMBER, 9)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> writer.putString(TEXT, "late"))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> writer.putNested(NEST, n -> {}))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T57 a nest that throws, and is caught, leaves the request as before it")
  void nestThatThrows(Way way) throws NetlinkException {
    way.ask(
        genl,
        GenlRequest.of(
            demo,
            COMMAND,
            a -> {
              a.putU32(NUMBER, 5);
              assertThatThrownBy(
                      () ->
                          a.putNested(
                              NEST,
                              n -> {
                                n.putString(TEXT, "a half of it");
                                n.putNested(NEST, x -> x.putU8(NUMBER, 256));
                              }))
                  .isInstanceOf(IllegalArgumentException.class);
              assertThatThrownBy(() -> a.putNested(NEST, n -> tooMuch(n)))
                  .isInstanceOf(IllegalArgumentException.class);
              a.putString(TEXT, "behind");
            }));

    Attributes sent = family.requests().get(0).attributes();
    assertThat(sent).hasSize(2);
    assertThat(sent.get(NUMBER).u32()).isEqualTo(5);
    assertThat(sent.get(TEXT).string()).isEqualTo("behind");
  }

  @Test
  @DisplayName("T57 a nest that throws within a nest that goes on")
  void nestThatThrowsWithinANest() throws NetlinkException {
    genl.request(
        GenlRequest.of(
            demo,
            COMMAND,
            a ->
                a.putNested(
                    NEST,
                    n -> {
                      n.putU32(NUMBER, 7);
                      assertThatThrownBy(
                              () ->
                                  n.putNested(
                                      NEST,
                                      x -> {
                                        x.putU32(NUMBER, 8);
                                        throw new UnsupportedOperationException();
                                      }))
                          .isInstanceOf(UnsupportedOperationException.class);
                      n.putU32(TEXT, 9);
                    })),
        GenlMessage::copy);

    Attributes sent = family.requests().get(0).attributes().get(NEST).nested();
    assertThat(sent).hasSize(2);
    assertThat(sent.get(NUMBER).u32()).isEqualTo(7);
    assertThat(sent.get(TEXT).u32()).isEqualTo(9);
  }

  private static void tooMuch(AttributeWriter n) {
    n.putBytes(TEXT, new byte[60_000]).putBytes(TEXT, new byte[60_000]);
  }
}
