package sensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.testkit.FakePolicy.NumberType;
import dev.jgenl.transport.Errno;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThermometerTest {

  private final FakeKernel kernel = new FakeKernel();

  @Test
  void libraryIsAModuleAndTheTestkitIsOnTheClassPath() {
    assertEquals("sensors", Thermometer.class.getModule().getName());
    assertEquals("dev.jgenl", Genl.class.getModule().getName());
    assertFalse(FakeKernel.class.getModule().isNamed());
    assertTrue(getClass().getModule().isNamed());
  }

  @Test
  void readsDegrees() throws NetlinkException {
    kernel
        .family("sensors")
        .policy(p -> p.number(Thermometer.SENSOR, NumberType.U32, 0, 7))
        .onDo(
            Thermometer.GET_TEMPERATURE,
            (request, answer) ->
                answer.message(
                    Thermometer.GET_TEMPERATURE, a -> a.putS32(Thermometer.MILLIDEGREES, -1500)));
    try (Genl genl = kernel.open()) {
      Thermometer thermometer = new Thermometer(genl);

      assertEquals(-1.5, thermometer.degrees(0));
      assertEquals(
          Errno.ERANGE,
          assertThrows(KernelException.class, () -> thermometer.degrees(8)).error());
    }
  }

  @Test
  void silenceIsATimeout() throws NetlinkException {
    kernel
        .family("sensors")
        .onDo(Thermometer.GET_TEMPERATURE, (request, answer) -> answer.unanswered());
    kernel.clock().skipWaits();
    try (Genl genl = kernel.open(NetlinkOptions.DEFAULTS.withTimeout(Duration.ofHours(1)))) {
      assertThrows(RequestTimeoutException.class, () -> new Thermometer(genl).degrees(0));
    }
  }
}
