package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.RTM_DELROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Genl;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the steps of {@link FaultStep} use: open, and used once, so that all is warm. */
final class FaultWorld implements AutoCloseable {

  static final int GETFAMILY = 3;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;

  static final NetlinkOptions OPTIONS = NetlinkOptions.DEFAULTS.withTimeout(Duration.ofMillis(200));

  private static final Network DESTINATION = Network.of("10.9.0.0/16");
  static final String TABLE = "faults";

  final Path namespace;
  final Genl genl;
  Netlink route;
  Netlink firewall;

  /**
   * Opens.
   *
   * @param namespace one with nothing in it, or null without privilege
   */
  FaultWorld(Path namespace) throws NetlinkException {
    this.namespace = namespace;
    genl = Genl.open(OPTIONS);
    if (namespace != null) {
      NetlinkOptions there = OPTIONS.withNetworkNamespace(namespace);
      route = Netlink.open(Netlink.ROUTE, there);
      firewall = Netlink.open(Netlink.NETFILTER, there);
      reset();
    }
    requireService();
  }

  GenlRequest self() throws NetlinkException {
    return self(genl);
  }

  private static GenlRequest self(Genl genl) throws NetlinkException {
    return GenlRequest.of(
        genl.family("nlctrl"), GETFAMILY, a -> a.putString(FAMILY_NAME, "nlctrl"));
  }

  GenlRequest all() throws NetlinkException {
    return GenlRequest.of(genl.family("nlctrl"), GETFAMILY);
  }

  static void requireSelf(Genl genl) throws NetlinkException {
    assertThat(genl.<Integer>request(self(genl), m -> m.attributes().get(FAMILY_ID).u16()))
        .isEqualTo(16);
  }

  /** Adds a route, which group RTNLGRP_IPV4_ROUTE is told. */
  static NetlinkRequest add(int metric) {
    return Rtnetlink.blackhole(RTM_NEWROUTE, DESTINATION, metric).withFlags(Rtnetlink.NEW);
  }

  static NetlinkRequest delete(int metric) {
    return Rtnetlink.blackhole(RTM_DELROUTE, DESTINATION, metric);
  }

  List<Outcome<Reply<NetlinkMessage>>> transaction(NetlinkRequest... requests) {
    return firewall.transaction(Nftables.SUBSYSTEM, List.of(requests));
  }

  /** All that is open still does what it is for. */
  void requireService() throws NetlinkException {
    requireSelf(genl);
    assertThat(genl.family("ethtool").name()).isEqualTo("ethtool");
    if (namespace != null) {
      route.execute(add(1));
      route.execute(delete(1));
      Firewall.assertDone(transaction(Nftables.newTable(TABLE), Nftables.deleteTable(TABLE)));
    }
  }

  /** Takes away what a step that has failed may have left behind. */
  void reset() throws NetlinkException {
    if (namespace == null) {
      return;
    }
    for (int metric = 1; metric <= 3; metric++) {
      try {
        route.execute(delete(metric));
      } catch (KernelException e) {
        assertThat(e.error()).isEqualTo(Errno.ESRCH);
      }
    }
    if (Firewall.tables(firewall).contains(TABLE)) {
      Firewall.assertDone(transaction(Nftables.deleteTable(TABLE)));
    }
  }

  @Override
  public void close() {
    if (namespace != null) {
      firewall.close();
      route.close();
    }
    genl.close();
  }
}
