package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.IFLA_IFNAME;
import static dev.jgenl.test.Rtnetlink.IFLA_INFO_DATA;
import static dev.jgenl.test.Rtnetlink.IFLA_INFO_KIND;
import static dev.jgenl.test.Rtnetlink.IFLA_LINKINFO;
import static dev.jgenl.test.Rtnetlink.IFLA_MTU;
import static dev.jgenl.test.Rtnetlink.LINK_NAMES;
import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTM_GETLINK;
import static dev.jgenl.test.Rtnetlink.RTM_NEWADDR;
import static dev.jgenl.test.Rtnetlink.RTM_NEWLINK;
import static dev.jgenl.test.Rtnetlink.VETH_INFO_PEER;
import static dev.jgenl.test.Rtnetlink.address;
import static dev.jgenl.test.Rtnetlink.ifinfomsg;
import static dev.jgenl.test.Rtnetlink.newPair;
import static dev.jgenl.test.Ways.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rtnetlink refuses, and what it says of it. */
@Timeout(60)
class RouteErrorIT extends InNamespace {

  private static final String LONG_NAME = "longer than 15 bytes";

  @Test
  @DisplayName("T17 a device that is there already is EEXIST, and nothing is made")
  void deviceThatIsThere() throws Exception {
    netlink.execute(newPair("v0", "v1"));

    assertThat(refusal(() -> netlink.execute(newPair("v0", "v2"))))
        .hasMessageStartingWith("route newlink: EEXIST");
    assertThat(refusal(() -> netlink.execute(newPair("v2", "v1"))).error()).isEqualTo(Errno.EEXIST);
    assertThat(links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "v0", "v1");
  }

  @ParameterizedTest(name = "T17 an address that is there already is EEXIST: {0}")
  @ValueSource(strings = {"10.0.0.1/24", "fd00::1/64"})
  void addressThatIsThere(String text) throws Exception {
    addPair("v0", "v1");
    NetlinkRequest request = address(RTM_NEWADDR, index("v0"), Network.of(text)).withFlags(NEW);
    netlink.execute(request);

    assertThat(refusal(() -> netlink.execute(request)).error()).isEqualTo(Errno.EEXIST);
    assertThat(addresses()).hasSize(1);
  }

  @ParameterizedTest(name = "T17 a device that is not there is ENODEV, with a text: {0}, {1}")
  @CsvSource({"10.0.0.1/24, Device not found", "fd00::1/64, Unable to find the interface"})
  void deviceThatIsNotThere(String network, String text) {
    Prerequisite.requireLinux(6, 6, "say that the device of an address is not there");
    KernelException e =
        refusal(() -> netlink.execute(address(RTM_NEWADDR, 999, Network.of(network))));

    assertThat(e.error()).isEqualTo(Errno.ENODEV);
    assertThat(e.extendedAck().message().orElseThrow()).endsWith(text);
    assertThat(e).hasMessageContaining("ENODEV").hasMessageContaining(text);
  }

  @Test
  @DisplayName("T17 a kind of device that there is not is refused with the kernel's text")
  void kindThatIsNotThere() {
    assertThat(
            refusal(
                () ->
                    newLink(
                        a ->
                            a.putNested(
                                IFLA_LINKINFO, i -> i.putString(IFLA_INFO_KIND, "no such kind")))))
        .hasMessageStartingWith("route newlink: EOPNOTSUPP")
        .hasMessageContaining("Unknown device type");
  }

  @Test
  @DisplayName("T17 an attribute that is refused is named, with what it takes")
  void attributeIsNamed() {
    KernelException name = refusal(() -> newLink(a -> a.putString(IFLA_IFNAME, LONG_NAME)));
    KernelException mtu = refusal(() -> newLink(a -> a.putU8(IFLA_MTU, 99)));

    assertThat(name.error()).isEqualTo(Errno.ERANGE);
    assertThat(name.extendedAck().path()).containsExactly(IFLA_IFNAME);
    assertThat(name).hasMessageContaining("attribute ifname (3), which takes STRING of at most 15");
    assertThat(mtu.extendedAck().path()).containsExactly(IFLA_MTU);
    assertThat(mtu).hasMessageContaining("attribute mtu (4)");
  }

  @Test
  @DisplayName("T17 an attribute within attributes is named with its path, in every way to ask")
  void pathIsNamed() throws NetlinkException {
    NetlinkRequest request = newPair("v0", LONG_NAME);
    assertNamesThePeer(refusal(() -> netlink.request(request)));
    assertNamesThePeer(refusal(() -> netlink.execute(request)));
    for (Outcome<?> outcome : netlink.batch(List.of(request, request))) {
      assertNamesThePeer(refusal(outcome::get));
    }
    try (NetlinkConnection connection = netlink.connect()) {
      assertNamesThePeer(refusal(() -> connection.execute(request)));
    }
  }

  /** The name is in the peer behind a header, which only the kind of device knows. */
  private static void assertNamesThePeer(KernelException e) {
    assertThat(e.error()).isEqualTo(Errno.ERANGE);
    assertThat(e.extendedAck().path())
        .containsExactly(IFLA_LINKINFO, IFLA_INFO_DATA, VETH_INFO_PEER);
    assertThat(e).hasMessageContaining("attribute linkinfo.data.peer (18.2.1)");
  }

  @Test
  @DisplayName("T17 without CAP_NET_ADMIN a change is EPERM, which names it; to list is allowed")
  void changeWithoutPrivilege() throws Exception {
    Command child =
        Command.run(
            Command.join(
                Prerequisite.withoutNetAdmin(),
                Command.javaWords(Unprivileged.class, namespace.file().toString())));

    assertThat(child.output().lines())
        .containsExactly("links: 1", "route newlink: EPERM names CAP_NET_ADMIN: true");
    assertThat(links()).extracting(Link::name).containsExactly("lo");
  }

  /** Lists the links of the namespace that its argument names, and tries to make some. */
  static final class Unprivileged {
    public static void main(String[] args) throws NetlinkException {
      try (Netlink netlink =
              Netlink.open(
                  Netlink.ROUTE, NetlinkOptions.DEFAULTS.withNetworkNamespace(Path.of(args[0])));
          Dump<NetlinkMessage> links =
              netlink.dump(NetlinkRequest.of(RTM_GETLINK, ifinfomsg(0, 0, 0)))) {
        System.out.println("links: " + links.toList().size());
        netlink.execute(newPair("v0", "v1"));
      } catch (KernelException e) {
        String message = e.getMessage();
        System.out.println(
            message.substring(0, message.indexOf(" ("))
                + " names CAP_NET_ADMIN: "
                + message.contains("CAP_NET_ADMIN"));
      }
    }
  }

  private void newLink(Consumer<AttributeWriter> attributes) throws NetlinkException {
    netlink.execute(
        NetlinkRequest.of(RTM_NEWLINK, ifinfomsg(0, 0, 0), attributes)
            .withFlags(NEW)
            .withNames(LINK_NAMES));
  }
}
