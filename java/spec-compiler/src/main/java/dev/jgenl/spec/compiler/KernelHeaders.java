package dev.jgenl.spec.compiler;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The headers of the kernel that say what its specs are about. */
final class KernelHeaders {

  /** Of the C library; it clashes with those of the kernel behind them. */
  private static final String FIRST = "netinet/in.h";

  private static final List<String> ALL =
      List.of(
          "drm/drm_ras.h",
          "linux/android/binder_netlink.h",
          "linux/can/netlink.h",
          "linux/dev_energymodel.h",
          "linux/devlink.h",
          "linux/dpll.h",
          "linux/ethtool.h",
          "linux/ethtool_netlink.h",
          "linux/fib_rules.h",
          "linux/fou.h",
          "linux/gen_stats.h",
          "linux/genetlink.h",
          "linux/handshake.h",
          "linux/if.h",
          "linux/if_addr.h",
          "linux/if_arp.h",
          "linux/if_bonding.h",
          "linux/if_bridge.h",
          "linux/if_ether.h",
          "linux/if_link.h",
          "linux/if_macsec.h",
          "linux/if_team.h",
          "linux/if_tunnel.h",
          "linux/if_vlan.h",
          "linux/in.h",
          "linux/in6.h",
          "linux/ip.h",
          "linux/ipv6.h",
          "linux/lockd_netlink.h",
          "linux/lwtunnel.h",
          "linux/mptcp.h",
          "linux/mptcp_pm.h",
          "linux/neighbour.h",
          "linux/net_shaper.h",
          "linux/netdev.h",
          "linux/netfilter.h",
          "linux/netfilter/nf_conntrack_common.h",
          "linux/netfilter/nf_conntrack_sctp.h",
          "linux/netfilter/nf_conntrack_tcp.h",
          "linux/netfilter/nf_log.h",
          "linux/netfilter/nf_nat.h",
          "linux/netfilter/nf_tables.h",
          "linux/netfilter/nf_tables_compat.h",
          "linux/netfilter/nfnetlink.h",
          "linux/netfilter/nfnetlink_conntrack.h",
          "linux/netfilter/xt_LOG.h",
          "linux/netlink.h",
          "linux/nfsd_netlink.h",
          "linux/nl80211.h",
          "linux/openvswitch.h",
          "linux/ovpn.h",
          "linux/pkt_cls.h",
          "linux/pkt_sched.h",
          "linux/psp.h",
          "linux/rtnetlink.h",
          "linux/snmp.h",
          "linux/socket.h",
          "linux/sunrpc_netlink.h",
          "linux/taskstats.h",
          "linux/tc_act/tc_bpf.h",
          "linux/tc_act/tc_connmark.h",
          "linux/tc_act/tc_csum.h",
          "linux/tc_act/tc_ct.h",
          "linux/tc_act/tc_ctinfo.h",
          "linux/tc_act/tc_defact.h",
          "linux/tc_act/tc_gact.h",
          "linux/tc_act/tc_gate.h",
          "linux/tc_act/tc_ife.h",
          "linux/tc_act/tc_mirred.h",
          "linux/tc_act/tc_mpls.h",
          "linux/tc_act/tc_nat.h",
          "linux/tc_act/tc_pedit.h",
          "linux/tc_act/tc_sample.h",
          "linux/tc_act/tc_skbedit.h",
          "linux/tc_act/tc_skbmod.h",
          "linux/tc_act/tc_tunnel_key.h",
          "linux/tc_act/tc_vlan.h",
          "linux/tcp_metrics.h",
          "linux/veth.h",
          "linux/wireguard.h");

  private KernelHeaders() {}

  /**
   * Names those in a folder by their whole path, so that one that it lacks is not found elsewhere.
   */
  static List<String> in(Path folder) {
    return Stream.concat(
            Stream.of(FIRST), ALL.stream().map(h -> folder.resolve(h).toAbsolutePath().toString()))
        .toList();
  }
}
