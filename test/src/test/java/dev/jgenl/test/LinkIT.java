package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.IFF_UP;
import static dev.jgenl.test.Rtnetlink.IFINFOMSG;
import static dev.jgenl.test.Rtnetlink.IFLA_IFNAME;
import static dev.jgenl.test.Rtnetlink.IFLA_LINK;
import static dev.jgenl.test.Rtnetlink.IFLA_MTU;
import static dev.jgenl.test.Rtnetlink.IFLA_NET_NS_FD;
import static dev.jgenl.test.Rtnetlink.RTM_DELLINK;
import static dev.jgenl.test.Rtnetlink.RTM_GETLINK;
import static dev.jgenl.test.Rtnetlink.RTM_NEWLINK;
import static dev.jgenl.test.Rtnetlink.ifinfomsg;
import static dev.jgenl.test.Rtnetlink.newPair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.AttributeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices come, change and go as iproute2 sees them. */
@Timeout(60)
class LinkIT extends InNamespace {

  private int index;

  @BeforeEach
  void addPair() throws Exception {
    netlink.execute(newPair("v0", "v1"));
    index = index("v0");
  }

  @Test
  void pairIsThereWithItsPeer() throws Exception {
    assertThat(links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "v0", "v1");
    assertThat(links()).extracting(Link::kind).containsExactlyInAnyOrder("", "veth", "veth");
    assertThat(get("v0").attributes(IFINFOMSG).get(IFLA_LINK).s32()).isEqualTo(index("v1"));
    assertThat(get("v1").attributes(IFINFOMSG).get(IFLA_LINK).s32()).isEqualTo(index);
  }

  @Test
  void renamedLinkKeepsItsIndex() throws Exception {
    change(a -> a.putString(IFLA_IFNAME, "uplink"));

    assertThat(links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "uplink", "v1");
    assertThat(Link.of(get("uplink")).index()).isEqualTo(index);
  }

  @Test
  void linkIsSetUpAndDown() throws Exception {
    assertThat(link().up()).isFalse();

    netlink.execute(NetlinkRequest.of(RTM_NEWLINK, ifinfomsg(index, IFF_UP, IFF_UP)));
    assertThat(link().up()).isTrue();

    netlink.execute(NetlinkRequest.of(RTM_NEWLINK, ifinfomsg(index, 0, IFF_UP)));
    assertThat(link().up()).isFalse();
  }

  @Test
  void lengthOfPacketsIsChanged() throws Exception {
    change(a -> a.putU32(IFLA_MTU, 1400));

    assertThat(link().mtu()).isEqualTo(1400);
  }

  @Test
  void linkIsMovedToAnotherNamespace() throws Exception {
    try (NamedNamespace other = NamedNamespace.open();
        Netlink there = other.netlink(Netlink.ROUTE)) {
      int descriptor = descriptor(other.file());
      change(a -> a.putU32(IFLA_NET_NS_FD, descriptor));

      assertThat(links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "v1");
      Link moved = Link.of(get(there, "v0"));
      assertThat(moved.kind()).isEqualTo("veth");
      assertThat(other.shown("link")).map(Link::of).contains(moved);

      there.execute(NetlinkRequest.of(RTM_DELLINK, ifinfomsg(moved.index(), 0, 0)));
      assertThat(links()).as("the peer goes with it").extracting(Link::name).containsExactly("lo");
    }
  }

  @Test
  void deletedLinkIsGoneWithItsPeer() throws Exception {
    netlink.execute(NetlinkRequest.of(RTM_DELLINK, ifinfomsg(index, 0, 0)));

    assertThat(links()).extracting(Link::name).containsExactly("lo");
  }

  @Test
  void hundredPairsAreMadeListedAndDeletedAtOnce() throws Exception {
    List<NetlinkRequest> pairs =
        Stream.iterate(0, i -> i < 100, i -> i + 1).map(i -> newPair("a" + i, "b" + i)).toList();
    for (var outcome : netlink.batch(pairs)) {
      outcome.get();
    }
    assertThat(links()).hasSize(203);

    for (var outcome : netlink.batch(pairs.stream().map(LinkIT::deletion).toList())) {
      outcome.get();
    }
    assertThat(links()).hasSize(3);
  }

  /** Of the device that the other makes: RTM_DELLINK looks at its name alone. */
  private static NetlinkRequest deletion(NetlinkRequest pair) {
    return NetlinkRequest.of(RTM_DELLINK, pair.header(), pair.attributes());
  }

  private Link link() throws Exception {
    return links().stream().filter(l -> l.index() == index).findFirst().orElseThrow();
  }

  private void change(Consumer<AttributeWriter> attributes) throws NetlinkException {
    netlink.execute(NetlinkRequest.of(RTM_NEWLINK, ifinfomsg(index, 0, 0), attributes));
  }

  private NetlinkMessage get(String name) throws NetlinkException {
    return get(netlink, name);
  }

  private static NetlinkMessage get(Netlink netlink, String name) throws NetlinkException {
    return netlink.request(
        NetlinkRequest.of(RTM_GETLINK, ifinfomsg(0, 0, 0), a -> a.putString(IFLA_IFNAME, name)));
  }

  /** That of a namespace's file, which whoever speaks there keeps open. */
  private static int descriptor(Path file) throws IOException {
    Path target = file.toRealPath();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .filter(d -> isLinkTo(target, d))
          .mapToInt(d -> Integer.parseInt(d.getFileName().toString()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean isLinkTo(Path target, Path link) {
    try {
      return Files.readSymbolicLink(link).equals(target);
    } catch (IOException e) {
      // It is that of the list itself, which is closed by now.
      return false;
    }
  }
}
