package dev.jgenl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which remedy a user reads, by what the JVM says of a file that does not load. */
class LoadAttemptsTest {

  private final LoadAttempts attempts = new LoadAttempts();

  @ParameterizedTest
  @DisplayName("T61 libnl is missing, in any language")
  @ValueSource(
      strings = {
        "/usr/lib/jni/libjgenl.so: libnl-genl-3.so.200: cannot open shared object file: No such file"
            + " or directory",
        "/tmp/a: b/libjgenl.so: libnl-3.so.200: Kann die Shared-Object-Datei nicht öffnen: Datei oder"
            + " Verzeichnis nicht gefunden"
      })
  void libnlIsMissing(String message) {
    attempts.failed("the jar", new UnsatisfiedLinkError(message));

    assertThat(remedy()).startsWith("libnl is missing: apt install libnl-3-200 libnl-genl-3-200");
  }

  @ParameterizedTest
  @DisplayName("T61 a path that contains \"libnl-\" says nothing of libnl")
  @ValueSource(
      strings = {
        "Can't load library: /opt/libnl-3/libnl-3.so.200",
        "/opt/libnl-3/libjgenl.so: /opt/libnl-3/libjgenl.so: invalid ELF header",
        "/opt/x: libnl-3/libjgenl.so: wrong ELF class: ELFCLASS32 (Possible cause: architecture"
            + " word width mismatch)",
        "no jgenl in java.library.path: /opt/libnl-3:/usr/lib"
      })
  void pathWithLibnl(String message) {
    attempts.failed("the jar", new UnsatisfiedLinkError(message));

    assertThat(remedy()).startsWith("put dev.jgenl:jgenl-native");
  }

  @Test
  void fileThatMayNotBeExecuted() {
    attempts.failed(
        "a path",
        new UnsatisfiedLinkError(
            "/mnt/libjgenl.so: /mnt/libjgenl.so: failed to map segment from shared object"));

    assertThat(remedy()).contains("noexec");
  }

  @Test
  void otherVersion() {
    attempts.failed("a path", new NoSuchMethodError("Method dev.jgenl.internal.NlSocket.x()I"));

    assertThat(remedy()).startsWith("the library is of another version");
  }

  @Test
  void messageWithoutText() {
    attempts.failed("a path", new UnsatisfiedLinkError());

    assertThat(attempts.message()).contains("a path: null");
    assertThat(remedy()).startsWith("put dev.jgenl:jgenl-native");
  }

  @Test
  void eachRemedyIsSaidOnce() {
    attempts.add("nowhere");
    attempts.add("here", "do this");
    attempts.add("there", "do that");
    attempts.add("elsewhere", "do this");

    assertThat(attempts.message())
        .contains("Tried:\n  nowhere\n  here\n  there\n  elsewhere\nRemedy: ");
    assertThat(remedy()).isEqualTo("do this\nor: do that");
  }

  private String remedy() {
    String message = attempts.message();
    return message.substring(message.indexOf("Remedy: ") + "Remedy: ".length());
  }
}
