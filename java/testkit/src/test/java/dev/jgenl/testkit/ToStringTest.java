package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import org.junit.jupiter.api.Test;

/** What is open says what it is, and how it is. */
class ToStringTest {

  private static final int LIST = 1;
  private static final int GET_LINK = 18;

  private final FakeKernel kernel = new FakeKernel();

  @Test
  void connectionsNameTheirPort() throws NetlinkException {
    FakeProtocol route = kernel.protocol(Netlink.ROUTE);
    try (Genl genl = kernel.open();
        Netlink netlink = route.open()) {
      GenlConnection own = genl.connect();
      NetlinkConnection ownRoute = netlink.connect();
      String port = Integer.toUnsignedString(own.portId());
      String routePort = Integer.toUnsignedString(ownRoute.portId());

      assertThat(own).hasToString("connection of generic netlink, port " + port);
      assertThat(ownRoute).hasToString("connection of netlink route, port " + routePort);
      own.close();
      ownRoute.close();
      assertThat(own).hasToString("connection of generic netlink, port " + port + ", closed");
      assertThat(ownRoute)
          .hasToString("connection of netlink route, port " + routePort + ", closed");
    }
  }

  @Test
  void subscriptionsNameTheirGroups() throws NetlinkException {
    kernel.family("demo").group("b").group("a");
    FakeProtocol route = kernel.protocol(Netlink.ROUTE);
    try (Genl genl = kernel.open();
        Netlink netlink = route.open()) {
      GenlFamily demo = genl.family("demo");
      GenlSubscription events = genl.subscribe(demo, "b", "a");
      NetlinkSubscription links = netlink.subscribe(1);

      assertThat(events.toString()).matches("subscription to demo/a, demo/b, port \\d+");
      assertThat(links.toString()).matches("subscription of netlink route, port \\d+");
      events.leave(demo, "a");
      events.leave(demo, "b");
      assertThat(events.toString()).startsWith("subscription to no group, port");
      events.close();
      links.close();
      assertThat(events.toString()).endsWith(", closed");
      assertThat(links.toString()).endsWith(", closed");
    }
  }

  @Test
  void dumpsSayHowFarTheyHaveCome() throws NetlinkException {
    kernel
        .family("demo")
        .onDump(LIST, (request, answer) -> answer.message(LIST, a -> {}).message(LIST, a -> {}));
    FakeProtocol route =
        kernel.protocol(Netlink.ROUTE).onDump(GET_LINK, 16, (request, answer) -> answer.error(5));
    try (Genl genl = kernel.open();
        Netlink netlink = route.open()) {
      Dump<GenlMessage> whole = genl.dump(genl.family("demo"), LIST);
      Dump<GenlMessage> left = genl.dump(genl.family("demo"), LIST);
      Dump<NetlinkMessage> refused = netlink.dump(NetlinkRequest.of(GET_LINK, new byte[16]));

      assertThat(whole).hasToString("dump of demo command 1, under way");
      whole.toList();
      left.close();
      assertThatThrownBy(refused::next).isInstanceOf(KernelException.class);
      assertThat(whole).hasToString("dump of demo command 1, read to its end");
      assertThat(left).hasToString("dump of demo command 1, closed");
      assertThat(refused).hasToString("dump of route type 18, failed");
    }
  }
}
