import dev.jgenl.Event;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.families.devlink.Devlink;
import dev.jgenl.families.devlink.InfoGetReply;
import dev.jgenl.families.ethtool.Ethtool;
import dev.jgenl.families.ethtool.EthtoolGroup;
import dev.jgenl.families.ethtool.EthtoolNotification;
import dev.jgenl.families.ethtool.FeaturesNtf;
import dev.jgenl.families.ethtool.FeaturesSetRequest;
import dev.jgenl.families.ethtool.LinkinfoGetReply;
import dev.jgenl.families.ethtool.RingsSetRequest;
import dev.jgenl.families.ethtool.StatsGetReply;
import dev.jgenl.families.mptcppm.AddrFlag;
import dev.jgenl.families.mptcppm.MptcpPm;
import dev.jgenl.families.netdev.DevGetDumpRequest;
import dev.jgenl.families.netdev.DevGetReply;
import dev.jgenl.families.netdev.Netdev;
import dev.jgenl.families.netdev.NetdevGroup;
import dev.jgenl.families.netdev.NetdevNotification;
import dev.jgenl.families.netdev.XdpAct;
import dev.jgenl.families.nftables.ExprOps;
import dev.jgenl.families.nftables.MetaKeys;
import dev.jgenl.families.nftables.NewruleRequest;
import dev.jgenl.families.nftables.NewtableRequest;
import dev.jgenl.families.nftables.Nftables;
import dev.jgenl.families.nl80211.GetWiphyReply;
import dev.jgenl.families.nl80211.Nl80211;
import dev.jgenl.families.nlctrl.Nlctrl;
import dev.jgenl.families.ovsflow.OvsFlow;
import dev.jgenl.families.rtlink.GetlinkReply;
import dev.jgenl.families.rtlink.Linkinfo;
import dev.jgenl.families.rtlink.LinkinfoData;
import dev.jgenl.families.rtlink.RtLink;
import dev.jgenl.families.tc.Options;
import dev.jgenl.families.tc.Tc;
import dev.jgenl.families.tcpmetrics.TcpMetrics;
import dev.jgenl.families.wireguard.Wireguard;
import dev.jgenl.families.wireguard.WgpeerFlags;
import dev.jgenl.spec.typed.TypedDump;
import dev.jgenl.spec.typed.TypedSubscription;
import java.net.InetAddress;
import java.util.List;

/** What programs look like; it is compiled, and run by nobody. */
final class Samples {

  private static final int AF_INET = 2;

  private Samples() {}

  static void ethtool() throws Exception {
    try (Ethtool ethtool = Ethtool.open()) {
      LinkinfoGetReply info = ethtool.linkinfoGet(r -> r.header(h -> h.devName("eth0")));
      info.port().ifPresent(port -> System.out.println("port " + port));
      ethtool.featuresSet(
          r ->
              r.header(h -> h.devName("eth0"))
                  .wanted(
                      w -> w.bits(b -> b.bit(x -> x.name("tx-checksum-ip-generic").value(true)))));
      try (TypedDump<StatsGetReply> statistics =
          ethtool.statsGetDump(
              r ->
                  r.groups(
                      g -> g.nomask(true).bits(b -> b.bit(x -> x.name("eth-mac").value(true)))))) {
        for (StatsGetReply s : statistics) {
          s.grp()
              .forEach(
                  g -> System.out.println(s.header().flatMap(h -> h.devName()) + " " + g.stat()));
        }
      }
      List<Outcome<Reply<dev.jgenl.spec.typed.TypedValue>>> outcomes =
          ethtool.batch(
              List.of(
                  RingsSetRequest.of(r -> r.header(h -> h.devName("eth0")).rx(512)),
                  FeaturesSetRequest.of(r -> r.header(h -> h.devName("eth0")))));
      System.out.println(outcomes);
    }
  }

  static void changes() throws Exception {
    try (Ethtool ethtool = Ethtool.open();
        TypedSubscription<EthtoolNotification> changes =
            ethtool.subscribe(EthtoolGroup.MONITOR)) {
      for (; ; ) {
        if (changes.next() instanceof Event.Notification<EthtoolNotification> n
            && n.message() instanceof FeaturesNtf f) {
          System.out.println(f.header().orElseThrow().devName());
        }
      }
    }
  }

  static void netdev() throws Exception {
    try (Netdev netdev = Netdev.open()) {
      for (DevGetReply d : netdev.devGetDump().toList()) {
        boolean redirects = d.xdpFeatures().filter(f -> f.has(XdpAct.REDIRECT)).isPresent();
        System.out.println(d.ifindex() + " " + d.xdpFeatures() + (redirects ? " redirects" : ""));
      }
      netdev.pagePoolGetDump().toList().stream()
          .filter(p -> p.detachTime().isPresent())
          .forEach(p -> System.out.println("leaked: " + p));
      try (TypedSubscription<NetdevNotification> watch =
          netdev.subscribe(DevGetDumpRequest.of(r -> {}), NetdevGroup.MGMT)) {
        if (watch.next() instanceof Event.Listed<NetdevNotification> l
            && l.message() instanceof DevGetReply d) {
          System.out.println(d.ifindex());
        }
      }
    }
  }

  static void nl80211() throws Exception {
    try (Nl80211 wifi = Nl80211.open()) {
      for (GetWiphyReply w : wifi.getWiphyDump(r -> r.splitWiphyDump(true)).merged()) {
        System.out.println(w.wiphyName().orElseThrow() + " " + w.supportedCommands());
      }
    }
  }

  static void wireguard(byte[] key, byte[] peer) throws Exception {
    InetAddress network = InetAddress.getByName("10.0.0.0");
    try (Wireguard wg = Wireguard.open()) {
      wg.setDevice(
          r ->
              r.ifname("wg0")
                  .listenPort(51820)
                  .privateKey(key)
                  .peers(
                      p ->
                          p.publicKey(peer)
                              .flags(WgpeerFlags.REPLACE_ALLOWEDIPS)
                              .allowedips(a -> a.family(AF_INET).ipaddr(network).cidrMask(8))));
      wg.getDeviceDump(r -> r.ifname("wg0")).merged().get(0).peers().forEach(System.out::println);
    }
  }

  static void devlink() throws Exception {
    try (Devlink devlink = Devlink.open()) {
      for (dev.jgenl.families.devlink.GetReply d : devlink.getDump().toList()) {
        InfoGetReply info =
            devlink.infoGet(
                r -> r.busName(d.busName().orElseThrow()).devName(d.devName().orElseThrow()));
        info.infoVersionRunning()
            .forEach(v -> System.out.println(v.infoVersionName() + " " + v.infoVersionValue()));
      }
    }
  }

  static void nlctrl() throws Exception {
    try (Nlctrl ctrl = Nlctrl.open()) {
      ctrl.getpolicyDump(r -> r.familyName("ethtool"))
          .forEach(p -> System.out.println(p.policy()));
    }
  }

  static void tcpMetrics() throws Exception {
    try (TcpMetrics tcp = TcpMetrics.open()) {
      tcp.getDump().forEach(m -> System.out.println(m.addrIpv4() + " " + m.vals()));
      InetAddress address = InetAddress.getByName("192.0.2.7");
      tcp.del(r -> r.addrIpv4(address));
    }
  }

  static void mptcp(InetAddress address) throws Exception {
    try (MptcpPm mptcp = MptcpPm.open()) {
      mptcp.addAddr(
          r -> r.addr(a -> a.family(AF_INET).addr4(address).flags(AddrFlag.SIGNAL)));
      mptcp.getAddrDump().forEach(e -> System.out.println(e.addr().orElseThrow().id()));
    }
  }

  static void ovsFlow(int datapath) throws Exception {
    try (OvsFlow ovs = OvsFlow.open()) {
      ovs.getDump(r -> r.header(h -> h.dpIfindex(datapath)))
          .forEach(f -> System.out.println(f.key() + " -> " + f.actions()));
    }
  }

  static void rtLink() throws Exception {
    try (RtLink links = RtLink.open()) {
      links.newlink(
          r ->
              r.create()
                  .exclusive()
                  .ifname("veth0")
                  .linkinfo(i -> i.data(LinkinfoData.veth(v -> v.peer(p -> p.ifname("veth1"))))));
      int device = links.getlink(r -> r.ifname("veth0")).header().ifiIndex();
      links.newlink(
          r ->
              r.create()
                  .ifname("veth0.7")
                  .link(device)
                  .linkinfo(i -> i.data(LinkinfoData.vlan(v -> v.id(7)))));
      for (GetlinkReply l : links.getlinkDump().toList()) {
        if (l.linkinfo().flatMap(Linkinfo::data).orElse(null) instanceof LinkinfoData.Bridge b) {
          System.out.println(l.header().ifiIndex() + " " + b.fdbNLearned());
        }
      }
    }
  }

  static void tc(int device) throws Exception {
    try (Tc tc = Tc.open()) {
      tc.newqdisc(
          r ->
              r.create()
                  .header(h -> h.ifindex(device).parent(0xffff_ffffL))
                  .options(Options.fqCodel(o -> o.limit(1000))));
      tc.getqdiscDump()
          .forEach(q -> System.out.println(q.kind() + " " + q.stats2().flatMap(s -> s.app())));
    }
  }

  static void nftables() throws Exception {
    try (Nftables nft = Nftables.open()) {
      nft.transaction(
          List.of(
              NewtableRequest.of(r -> r.create().header(h -> h.nfgenFamily(AF_INET)).name("t")),
              NewruleRequest.of(
                  r ->
                      r.create()
                          .append()
                          .table("t")
                          .expressions(
                              e ->
                                  e.elem(
                                      x ->
                                          x.data(
                                              ExprOps.meta(m -> m.key(MetaKeys.LEN).dreg(1))))))));
    }
  }
}
