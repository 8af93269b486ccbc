package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.wire.Attribute;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/testkit.md}. */
class ExampleTest {

  private static final int GET_TEMPERATURE = 1;
  private static final int SENSOR = 1;
  private static final int MILLIDEGREES = 2;
  private static final int ENODEV = 19;

  /** What is tested: a program's own client of a family. */
  record Thermometer(Genl genl, GenlFamily family) {

    double degrees(int sensor) throws NetlinkException {
      return genl.request(family, GET_TEMPERATURE, a -> a.putU32(SENSOR, sensor))
              .attributes()
              .get(MILLIDEGREES)
              .s32()
          / 1000.0;
    }
  }

  @Test
  void thermometerReadsDegrees() throws NetlinkException {
    FakeKernel kernel = new FakeKernel();
    kernel
        .family("sensors")
        .onDo(
            GET_TEMPERATURE,
            (request, answer) -> {
              Attribute sensor = request.attributes().get(SENSOR);
              if (sensor.u32() == 0) {
                answer.message(GET_TEMPERATURE, a -> a.putS32(MILLIDEGREES, -1500));
              } else {
                answer.error(ENODEV, ack -> ack.putString(1, "there is one sensor only"));
              }
            });

    try (Genl genl = kernel.open()) {
      Thermometer thermometer = new Thermometer(genl, genl.family("sensors"));

      assertThat(thermometer.degrees(0)).isEqualTo(-1.5);
      assertThatThrownBy(() -> thermometer.degrees(1))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("ENODEV (No such device): there is one sensor only");
    }
  }

  @Test
  void silentSensorIsATimeout() throws NetlinkException {
    FakeKernel kernel = new FakeKernel();
    kernel.family("sensors").onDo(GET_TEMPERATURE, (request, answer) -> answer.unanswered());
    kernel.clock().skipWaits();

    try (Genl genl = kernel.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofHours(1)))) {
      Thermometer thermometer = new Thermometer(genl, genl.family("sensors"));

      assertThatThrownBy(() -> thermometer.degrees(0)).isInstanceOf(RequestTimeoutException.class);
    }
  }

  @Test
  void sensorBeyondTheLastIsRefused() throws NetlinkException {
    FakeKernel kernel = new FakeKernel();
    FakeFamily sensors =
        kernel
            .family("sensors")
            .policy(GET_TEMPERATURE, p -> p.number(SENSOR, FakePolicy.NumberType.U32, 0, 7))
            .onDo(
                GET_TEMPERATURE,
                (request, answer) ->
                    answer.message(GET_TEMPERATURE, a -> a.putS32(MILLIDEGREES, 20_000)));

    try (Genl genl = kernel.open()) {
      Thermometer thermometer = new Thermometer(genl, genl.family("sensors"));

      assertThat(thermometer.degrees(7)).isEqualTo(20);
      assertThatThrownBy(() -> thermometer.degrees(8))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("integer out of range");
    }
    assertThat(sensors.requests())
        .extracting(r -> r.attributes().get(SENSOR).u32())
        .containsExactly(7L, 8L);
  }
}
