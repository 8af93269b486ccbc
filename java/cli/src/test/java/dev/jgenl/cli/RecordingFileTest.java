package dev.jgenl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {

  private static final String OLD = "what an older recording holds";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private RecordingFile open(String file) throws IOException {
    Environment environment =
        new Environment(out, new PrintStream(out), InputStream.nullInputStream(), 0, false, null);
    Settings settings =
        new Settings(Format.JSON, false, false, null, Duration.ofSeconds(1), null, false, false);
    try (Session session = new Session(environment, settings)) {
      return RecordingFile.open(file, session);
    }
  }

  private void record(String file, boolean begins) throws IOException {
    try (RecordingFile recording = open(file)) {
      recording.write("ne".getBytes(UTF_8));
      recording.flush();
      if (begins) {
        recording.begin();
      }
      recording.write('w');
    }
  }

  @Test
  void aFileKeepsWhatItHoldsUntilARecordingBegins() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), OLD);

    record(file.toString(), false);
    assertThat(file).hasContent(OLD);

    record(file.toString(), true);
    assertThat(file).hasContent("new");
  }

  @Test
  void ofARecordingThatDoesNotBeginNoFileIsLeft() throws IOException {
    Path file = folder.resolve("file");

    record(file.toString(), false);
    assertThat(file).doesNotExist();

    record(file.toString(), true);
    assertThat(file).hasContent("new");
  }

  @Test
  void aLinkIsFollowedAndPermissionsStay() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), OLD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());

    record(link.toString(), true);

    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void aLinkToNothingMakesTheFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));

    record(link.toString(), true);

    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("file")).hasContent("new");
  }

  @Test
  void theStandardOutputHasTwoNames() throws IOException {
    record("-", true);
    record("/dev/stdout", true);

    assertThat(out.toString(UTF_8)).isEqualTo("newnew");
  }
}
