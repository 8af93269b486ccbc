package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jgenl.ClosedException;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a family sends behind the end of its answer is nothing to the next request. */
final class LeftoverTest extends Scripted {

  private static final int ODD = 2;
  private static final int EPERM = 1;
  private static final int EINVAL = 22;

  static Stream<Arguments> leftovers() {
    List<Arguments> all = new ArrayList<>();
    for (Way way : Way.values()) {
      // Also with the number that the next exchange will have.
      for (int ahead : new int[] {1, 65}) {
        all.add(
            row(way, "a message that is " + ahead + " ahead", ahead, a -> a.message(9, x -> {})));
        all.add(row(way, "an error that is " + ahead + " ahead", ahead, a -> a.error(EPERM)));
      }
      all.add(row(way, "junk", 0, a -> a.datagram(ByteBuffer.allocate(5))));
      all.add(row(way, "a foreign port", 0, a -> a.portId(4711).error(0)));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "T38 {0}: behind the end comes {1}", quoteTextArguments = false)
  @MethodSource("leftovers")
  void nextRequestHasItsOwnAnswer(Way way, String what, int ahead, Consumer<FakeAnswer> leftover)
      throws NetlinkException {
    for (int messages = 1; messages <= 3; messages++) {
      int count = messages;
      FakeFamily.Script script =
          (request, answer) -> {
            for (int i = 0; i < count; i++) {
              answer.message(ODD, a -> a.putU32(NUMBER, 1));
            }
            answer.error(0);
            leftover.accept(answer.sequence(request.sequence() + ahead));
          };
      family.onDo(ODD, script).onDump(ODD, script);
      try {
        way.ask(genl, GenlRequest.of(demo, ODD));
      } catch (ClosedException e) {
        throw e;
      } catch (NetlinkException e) {
        // Several messages are none too few for some ways, and junk may come before the end is
        // read.
      }

      assertThat(genl.execute(ask(7)).messages()).extracting(Scripted::number).containsExactly(7L);
      assertThat(genl.family("demo").id()).isEqualTo(demo.id());
    }
  }

  @Test
  @DisplayName("T17 what comes behind a refusal does not hide it")
  void refusalIsNotHidden() {
    FakeFamily.Script script = (request, answer) -> answer.error(EINVAL).portId(4711).error(0);
    family.onDo(ODD, script).onDump(ODD, script);
    for (Way way : Way.values()) {
      assertThatThrownBy(() -> way.ask(genl, GenlRequest.of(demo, ODD)))
          .as(way.name())
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(EINVAL));
    }
  }

  private static Arguments row(Way way, String what, int ahead, Consumer<FakeAnswer> leftover) {
    return arguments(way, what, ahead, leftover);
  }
}
