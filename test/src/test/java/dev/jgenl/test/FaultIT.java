package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Some of what test/torture/faults.sh does in full: calls of the transport that fail. */
@Timeout(120)
class FaultIT {

  @TempDir Path folder;

  @Test
  @DisplayName("T49 without privilege: whatever call fails as a socket is opened is named")
  void callThatFailsIsNamed() throws Exception {
    Command child =
        run(Prerequisite.withoutNetAdmin(), "unprivileged", "REQUEST_WITHOUT_IDLE_SOCKET");

    assertThat(child.status()).as(child.output()).isZero();
    assertThat(Files.readAllLines(folder.resolve("table")))
        .as("sockets were opened, and each failed")
        .anyMatch(line -> line.matches("socket\\t\\d+\\t[1-9]\\d*\\t.*"));
  }

  private Command run(List<String> first, String... arguments) throws Exception {
    Prerequisite.requireProgram("cc", "gcc");
    Path library = folder.resolve("faults.so");
    Path source = Repository.path("test/torture/faults/faults.c");
    Command.succeed(
        "cc", "-std=c11", "-fPIC", "-shared", "-o", library.toString(), source.toString(), "-ldl");
    Path control = Files.write(folder.resolve("control"), new byte[4096]);
    List<String> words = new ArrayList<>(first);
    words.addAll(List.of("env", "LD_PRELOAD=" + library, "JGENL_FAULTS=" + control));
    words.addAll(List.of(Command.javaWords(Faults.class, control.toString())));
    words.add(folder.resolve("table").toString());
    words.add("quick");
    words.addAll(List.of(arguments));
    return Command.run(words.toArray(String[]::new));
  }
}
