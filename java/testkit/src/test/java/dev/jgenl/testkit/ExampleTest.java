package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Attribute;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/testkit.md}. */
class ExampleTest {

  private static final int GET_TEMPERATURE = 1;
  private static final int SENSOR = 1;
  private static final int MILLIDEGREES = 2;
  private static final int ENODEV = 19;

  private static final int NEWLINK = 16;
  private static final int GETLINK = 18;
  private static final int IFLA_IFNAME = 3;
  private static final int IFINFOMSG = 16;
  private static final int NFTABLES = 10;
  private static final int NEWTABLE = 0x0a00;
  private static final int NFTA_TABLE_NAME = 1;
  private static final int NFGENMSG = 4;

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

  /** Also a program's own. */
  record Links(Netlink route) {
    List<String> names() throws NetlinkException {
      try (Dump<NetlinkMessage> links =
          route.dump(NetlinkRequest.of(GETLINK, new byte[IFINFOMSG]))) {
        return links.stream()
            .map(link -> link.attributes(IFINFOMSG).get(IFLA_IFNAME).string())
            .toList();
      }
    }
  }

  @Test
  void linksHaveNames() throws NetlinkException {
    FakeKernel kernel = new FakeKernel();
    FakeProtocol protocol =
        kernel
            .protocol(Netlink.ROUTE)
            .onDump(
                GETLINK,
                IFINFOMSG,
                (request, answer) ->
                    answer
                        .message(NEWLINK, a -> a.putString(IFLA_IFNAME, "lo"))
                        .message(NEWLINK, a -> a.putString(IFLA_IFNAME, "eth0")));

    try (Netlink route = protocol.open()) {
      assertThat(new Links(route).names()).containsExactly("lo", "eth0");
    }
  }

  private static NetlinkRequest table(String name) {
    return NetlinkRequest.of(NEWTABLE, new byte[NFGENMSG], a -> a.putString(NFTA_TABLE_NAME, name));
  }

  @Test
  void tableThatIsThereKeepsTheOthersFromBeingMade() throws NetlinkException {
    FakeKernel kernel = new FakeKernel();
    FakeProtocol protocol =
        kernel
            .protocol(Netlink.NETFILTER)
            .onTransaction(
                NEWTABLE,
                (request, answer) -> {
                  if (request.attributes().get(NFTA_TABLE_NAME).string().equals("old")) {
                    answer.error(Errno.EEXIST);
                  }
                });

    try (Netlink netfilter = protocol.open()) {
      List<Outcome<Reply<NetlinkMessage>>> outcomes =
          netfilter.transaction(NFTABLES, List.of(table("new"), table("old")));

      assertThatThrownBy(() -> outcomes.get(0).get()).isInstanceOf(NotDoneException.class);
      assertThatThrownBy(() -> outcomes.get(1).get()).hasMessageContaining("EEXIST");
    }
  }
}
