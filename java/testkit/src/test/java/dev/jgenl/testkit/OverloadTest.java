package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each way to write a request that a person tries. */
class OverloadTest extends Scripted {

  @Test
  void requestOfAGenl() throws NetlinkException {
    assertThat(number(genl.request(demo, COMMAND, a -> a.putU32(NUMBER, 1)))).isEqualTo(1);
    assertThat(number(genl.request(numbered(2)))).isEqualTo(2);
    assertThat(genl.request(demo, COMMAND).command()).isEqualTo(COMMAND);
    assertThat(genl.execute(demo, COMMAND).messages()).hasSize(1);
    assertThat(genl.execute(demo, COMMAND, a -> a.putU32(NUMBER, 3)).messages())
        .extracting(Scripted::number)
        .containsExactly(3L);
    try (Dump<GenlMessage> dump = genl.dump(demo, COMMAND, a -> a.putU32(NUMBER, 4))) {
      assertThat(dump.toList()).extracting(Scripted::number).containsExactly(4L);
    }
  }

  @Test
  void requestOfAConnection() throws NetlinkException {
    try (GenlConnection c = genl.connect()) {
      assertThat(number(c.request(demo, COMMAND, a -> a.putU32(NUMBER, 1)))).isEqualTo(1);
      assertThat(number(c.request(numbered(2)))).isEqualTo(2);
      assertThat(c.request(demo, COMMAND).command()).isEqualTo(COMMAND);
      assertThat(c.execute(demo, COMMAND).messages()).hasSize(1);
      assertThat(c.execute(demo, COMMAND, a -> a.putU32(NUMBER, 3)).messages())
          .extracting(Scripted::number)
          .containsExactly(3L);
      try (Dump<GenlMessage> dump = c.dump(demo, COMMAND)) {
        assertThat(dump.toList()).hasSize(1);
      }
      try (Dump<GenlMessage> dump = c.dump(demo, COMMAND, a -> a.putU32(NUMBER, 4))) {
        assertThat(dump.toList()).extracting(Scripted::number).containsExactly(4L);
      }
    }
  }

  /** Java must find out which println is meant. */
  @Test
  void resultCanBePrintedAtOnce() throws NetlinkException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Function<GenlMessage, Long> reader = Scripted::number;

    out.println(genl.request(numbered(5), reader));
    out.println(genl.request(numbered(6), Scripted::number));
    out.println(genl.request(numbered(7), (GenlMessage m) -> "number " + number(m)));

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("5", "6", "number 7");
  }

  private GenlRequest numbered(int number) {
    return GenlRequest.of(demo, COMMAND, a -> a.putU32(NUMBER, number));
  }
}
