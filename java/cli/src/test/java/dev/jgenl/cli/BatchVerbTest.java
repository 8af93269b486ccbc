package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.transport.Errno;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests in lines, with a scripted kernel. */
class BatchVerbTest {

  private static final String LINES =
      """
      # sensors
      do sensors get id=1 tag+='a b'

      do sensors get id=13
      dump sensors get
      """;

  @TempDir Path folder;
  private Scripted jgenl;

  @BeforeEach
  void script() throws IOException {
    jgenl = new Scripted(folder);
    jgenl
        .family()
        .onDo(
            1,
            (request, answer) -> {
              long id = request.attributes().get(1).u32();
              if (id == 13) {
                answer.error(Errno.ENODEV);
              } else {
                answer.message(1, a -> a.putU32(1, id));
              }
            })
        .onDump(1, (request, answer) -> answer.message(1, a -> a.putU32(1, 2)));
  }

  @Test
  void eachLineHasAnOutcomeUpToTheOneThatFails() {
    assertThat(jgenl.input(LINES).run("--batch", "-", "-o", "jsonl")).isEqualTo(1);

    assertThat(jgenl.out().lines())
        .containsExactly(
            "{\"line\":2,\"status\":0,\"answers\":[{\"id\":1}]}",
            "{\"line\":4,\"status\":1,\"problem\":\"sensors get: ENODEV (No such device)\","
                + "\"answers\":[]}");
    assertThat(jgenl.err()).isEqualTo("jgenl: -:4: sensors get: ENODEV (No such device)\n");
  }

  @Test
  void byForceItGoesOnAndEndsWithTheFirstFailure() {
    assertThat(jgenl.input(LINES + "do sensors gett\n").run("batch", "-", "--force")).isEqualTo(1);

    assertThat(jgenl.out())
        .startsWith("[{\"line\":2,")
        .contains("{\"line\":5,\"status\":0,\"answers\":[{\"id\":2}]}", "{\"line\":6,\"status\":2,")
        .endsWith("}]\n");
    assertThat(jgenl.err()).contains("jgenl: -:4: ", "jgenl: -:6: ", "is it get");
  }

  @Test
  void peopleAreShownTheAnswers() throws IOException {
    Path file = Files.writeString(folder.resolve("lines"), LINES);

    assertThat(jgenl.terminal(80).run("--batch=" + file, "--force")).isEqualTo(1);

    assertThat(jgenl.out()).isEqualTo("id\n1\nid\n2\n");
    assertThat(jgenl.err()).startsWith("jgenl: " + file + ":4: ");
  }

  @Test
  void aDryRunSendsNothing() {
    assertThat(jgenl.input(LINES).run("--batch", "-", "--dry-run", "-o", "hex")).isZero();

    assertThat(jgenl.out().lines()).hasSize(3);
  }

  @Test
  void aLineIsARequestAndNoMore() {
    for (String line :
        new String[] {
          "families",
          "do sensors get 'id=1",
          "do sensors get -n x",
          "do sensors get --dry-run",
          "do sensors get --input -",
          "do --raw sensors 1",
        }) {
      assertThat(jgenl.input(line).run("--batch", "-")).as(line).isEqualTo(2);
      assertThat(jgenl.err()).as(line).startsWith("jgenl: -:1: ");
    }
    assertThat(jgenl.input("do sensor get").run("--batch", "-")).isEqualTo(3);
  }

  @Test
  void linesOfPyynlAreLines() {
    assertThat(
            jgenl
                .input("--family sensors --do get --json '{\"id\": 4}'\n")
                .run("--batch", "-", "-o", "jsonl"))
        .isZero();
    assertThat(jgenl.out()).contains("\"id\":4");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file =
        Files.write(folder.resolve("lines"), "do \u00ff".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(jgenl.run("--batch", file.toString())).isEqualTo(1);
    assertThat(jgenl.err()).contains("not in UTF-8");
    assertThat(jgenl.run("--batch", folder.resolve("nothing").toString())).isEqualTo(1);
    assertThat(jgenl.err()).contains("nothing: no such file");
  }
}
