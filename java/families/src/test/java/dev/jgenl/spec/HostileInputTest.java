package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jgenl.capture.CaptureReader;
import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.Direction;
import dev.jgenl.spec.compiler.SpecCompiler;
import dev.jgenl.spec.compiler.SpecException;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.wire.MalformedMessageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Whatever comes is read, or refused as what it is. Of each test the inputs beside it are run; with
 * JAZZER_FUZZ=1 in the environment the one that is chosen looks for more.
 */
class HostileInputTest {

  /** Where the checksum of a model is, and what it is of. */
  private static final int SUM = 4;

  private static final int SUMMED = 8;

  @FuzzTest(maxDuration = "10m")
  void anyBytesAreAMessageOrMalformed(FuzzedDataProvider data) {
    Specs specs = BundledSpecs.require();
    Family family = specs.family(data.pickValue(specs.names()));
    Operation operation = data.pickValue(family.operations());
    ByteOrder order = data.consumeBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    MessageCodec codec = new Operations(family, order).message(operation);
    NestValue value;
    try {
      value = codec.read(ByteBuffer.wrap(data.consumeRemainingAsBytes()).order(order), null);
    } catch (MalformedMessageException e) {
      return;
    }
    assertThat(value.toJson()).startsWith("{");
    byte[] written;
    try {
      written = codec.bytes(value, null, order);
    } catch (InvalidValueException e) {
      // Text with a NUL within.
      return;
    }
    NestValue again = codec.read(ByteBuffer.wrap(written).order(order), null);
    byte[] rewritten = codec.bytes(again, null, order);
    assertThat(codec.read(ByteBuffer.wrap(rewritten).order(order), null)).isEqualTo(again);
  }

  @FuzzTest(maxDuration = "10m")
  void anyTextIsAValueOrRefused(FuzzedDataProvider data) {
    Value value;
    try {
      value = Value.parse(data.consumeRemainingAsString());
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(Value.parse(value.toJson())).isEqualTo(value);
  }

  @FuzzTest(maxDuration = "10m")
  void anyYamlIsASpecOrRefused(byte[] yaml) throws IOException {
    try {
      Family family = SpecCompiler.bare().compile("any.yaml", yaml);
      assertThat(ModelFile.read(ModelFile.write(family))).isEqualTo(family);
    } catch (SpecException e) {
      assertThat(e).hasMessageContaining("any.yaml");
    }
  }

  /**
   * A model with other bytes in some places. Its checksum is right: else nothing would get beyond.
   */
  @FuzzTest(maxDuration = "10m")
  void anyBytesAreAModelOrCorrupt(FuzzedDataProvider data) {
    Specs specs = BundledSpecs.require();
    byte[] model = ModelFile.write(specs.family(data.pickValue(specs.names())));
    ByteBuffer bent = ByteBuffer.wrap(model);
    while (data.remainingBytes() > 0) {
      int at = data.consumeInt(SUMMED, model.length - 1);
      bent.put(at, data.consumeBytes(Math.min(data.consumeInt(1, 8), model.length - at)));
    }
    CRC32 sum = new CRC32();
    sum.update(model, SUMMED, model.length - SUMMED);
    bent.putInt(SUM, (int) sum.getValue());
    try {
      Family family = ModelFile.read(model);
      // Looks at all that is not read before.
      assertThat(ModelFile.read(ModelFile.write(family))).isEqualTo(family);
    } catch (IOException | UncheckedIOException e) {
      assertThat(e).hasMessageContaining("model");
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyBytesAreARecordingOrMalformed(byte[] file) {
    MessageDescriber describer = new MessageDescriber(BundledSpecs.require());
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file))) {
      CapturedDatagram datagram = reader.next();
      for (; datagram != null; datagram = reader.next()) {
        for (DescribedMessage message : describer.describe(datagram)) {
          assertThat(message.toValue().toJson()).startsWith("{");
        }
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("recording");
    }
  }

  /** The way to the messages is short, so that more of them are looked at. */
  @FuzzTest(maxDuration = "10m")
  void anyDatagramsAreDescribed(FuzzedDataProvider data) {
    MessageDescriber describer = new MessageDescriber(BundledSpecs.require());
    ByteOrder order = data.consumeBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    while (data.remainingBytes() > 0) {
      CapturedDatagram datagram =
          CapturedDatagram.of(
              data.consumeInt(0, 31),
              data.pickValue(Direction.values()),
              ByteBuffer.wrap(data.consumeBytes(data.consumeInt(1, 400))).order(order));
      for (DescribedMessage message : describer.describe(datagram)) {
        assertThat(message.toValue().toJson()).startsWith("{");
      }
    }
  }
}
