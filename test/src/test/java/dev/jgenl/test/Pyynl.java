package dev.jgenl.test;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.transport.Errno;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The kernel's own client, pyynl, in a network namespace: one process, which makes call by call.
 * Not to be shared between threads.
 */
final class Pyynl implements AutoCloseable {

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private Pyynl(Process process) {
    this.process = process;
    requests = process.outputWriter();
    answers = process.inputReader();
  }

  static Pyynl start(NamedNamespace namespace) throws IOException {
    Path oracles = Repository.path("target/oracles");
    Path python = oracles.resolve("venv/bin/python");
    Prerequisite.require(
        Files.isExecutable(python) && Files.isDirectory(oracles.resolve("pyynl")),
        "pyynl is not there: test/oracles/pyynl.sh");
    return new Pyynl(
        new ProcessBuilder(
                namespace.words(
                    python.toString(),
                    Repository.path("test/oracles/pyynl.py").toString(),
                    oracles.toString(),
                    Repository.path("java/families/target/specs").toString(),
                    Repository.path("include").toString()))
            .redirectError(oracles.resolve("pyynl.log").toFile())
            .start());
  }

  Answer call(ComparedCall call) throws IOException {
    requests.write(json(call));
    requests.newLine();
    requests.flush();
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("pyynl ended at " + call + ": see target/oracles/pyynl.log");
    }
    Json answer = Json.parse("[" + line + "]").get(0);
    if (answer.has("ok")) {
      return new Answer.Messages(answer.objects("ok"));
    } else if (answer.has("errno")) {
      return new Answer.Refused(Errno.of((int) answer.number("errno")));
    }
    return new Answer.Failed(answer.text("failed"));
  }

  private static String json(ComparedCall call) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("family", call.family());
      json.writeStringField("op", call.operation());
      json.writeStringField("kind", call.kind());
      json.writeStringField("value", call.value());
      json.writeArrayFieldStart("flags");
      for (RequestFlag flag : call.flags()) {
        json.writeString(flag.name().toLowerCase(Locale.ROOT));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }
}
