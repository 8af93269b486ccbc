package dev.jgenl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class OutputTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void whatWasBegunHasItsEndingWhenTheProcessIsEnded() {
    Output out = new Output(written);
    out.print("[1", "]\n");
    out.print(",2", "]\n");

    out.endEarly();

    assertThat(written.toString(UTF_8)).isEqualTo("[1,2]\n");
  }

  @Test
  void whatIsWholeHasNoEnding() {
    Output out = new Output(written);
    out.print("[1", "]\n");
    out.print("]\n", "");
    out.println("2");

    out.endEarly();

    assertThat(written.toString(UTF_8)).isEqualTo("[1]\n2\n");
  }

  @Test
  void behindAFailureNothingIsWritten() {
    Output out =
        new Output(
            new OutputStream() {
              private boolean full = true;

              @Override
              public void write(int b) throws IOException {
                if (full) {
                  full = false;
                  throw new IOException("No space left on device");
                }
                written.write(b);
              }
            });
    out.print("[1", "]\n");
    assertThatThrownBy(out::flush).hasMessage("cannot write: No space left on device");

    assertThatThrownBy(() -> out.print("]\n", ""))
        .hasMessage("cannot write: No space left on device");
    out.endEarly();

    assertThat(written.size()).isZero();
  }
}
