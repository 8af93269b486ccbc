package dev.jgenl.cli;

import dev.jgenl.testkit.FakeFamily;
import dev.jgenl.testkit.FakeKernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line with a scripted kernel, which has a family of sensors. */
final class Scripted {

  private static final String SPEC =
      """
      name: sensors
      doc: Measures.
      definitions:
        - {name: state, type: enum, entries: [cold, warm, hot]}
        - {name: trait, type: flags, entries: [fast, exact]}
      attribute-sets:
        - name: place
          attributes: [{name: room, type: string}, {name: floor, type: u32}]
        - name: sensor
          attributes:
            - {name: id, type: u32}
            - {name: name, type: string}
            - {name: state, type: u8, enum: state}
            - {name: place, type: nest, nested-attributes: place}
            - {name: traits, type: u32, enum: trait}
            - {name: count, type: u64}
            - {name: on, type: flag}
            - {name: tag, type: string, multi-attr: true}
      operations:
        list:
          - name: get
            doc: Reads a sensor.
            attribute-set: sensor
            do:
              request: {attributes: [id, place, on, tag, state]}
              reply: {attributes: [id, name, state, place, traits, count]}
            dump: {reply: {attributes: [id, name, state]}}
          - name: set
            attribute-set: sensor
            flags: [admin-perm]
            do: {request: {attributes: [id, name]}}
      """;

  private final FakeKernel kernel = new FakeKernel();
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private int columns;
  private InputStream input = InputStream.nullInputStream();

  Scripted(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("sensors.yaml"), SPEC);
  }

  /** Adds the family, whose answers the test scripts. */
  FakeFamily family() {
    return kernel.family("sensors");
  }

  FakeKernel kernel() {
    return kernel;
  }

  Scripted terminal(int columns) {
    this.columns = columns;
    return this;
  }

  Scripted input(String input) {
    return input(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  Scripted input(InputStream bytes) {
    input = bytes;
    return this;
  }

  /** Runs a command, and returns its status. */
  int run(String... words) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("--spec-dir", folder.toString()));
    all.addAll(List.of(words));
    return new Jgenl(
            new Environment(
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                input,
                columns,
                false,
                kernel.sockets()))
        .run(all.toArray(new String[0]));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
