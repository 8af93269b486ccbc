package dev.jgenl;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What provides the families of the kernel itself, for who misses one. */
final class WellKnownFamilies {

  /** By the name of the family: the module that registers it, or the option of the kernel. */
  private static final Map<String, String> PROVIDERS = new HashMap<>();

  static {
    put("batadv", "batman-adv");
    put("cifs", "cifs");
    put("fou", "fou");
    put("gtp", "gtp");
    put("HSR", "hsr");
    put("ila", "ila");
    put("IPVS", "ip_vs");
    put("l2tp", "l2tp_netlink");
    put("MAC80211_HWSIM", "mac80211_hwsim");
    put("macsec", "macsec");
    put("nbd", "nbd");
    put("NET_DM", "drop_monitor");
    put("nfc", "nfc");
    put("nfsd", "nfsd");
    put("nl80211", "cfg80211");
    put("nl802154", "ieee802154");
    put("ovpn", "ovpn");
    put("psample", "psample");
    put("SMC_GEN_NETLINK", "smc");
    put("team", "team");
    put("TIPCv2", "tipc");
    put("vdpa", "vdpa");
    put("wireguard", "wireguard");
    for (String part : new String[] {"ct_limit", "datapath", "flow", "meter", "packet", "vport"}) {
      put("ovs_" + part, "openvswitch");
    }
    put("acpi_event", "CONFIG_ACPI");
    put("devlink", "CONFIG_NET_DEVLINK");
    put("dpll", "CONFIG_DPLL");
    put("ethtool", "CONFIG_ETHTOOL_NETLINK (Linux 5.6)");
    put("handshake", "CONFIG_NET_HANDSHAKE (Linux 6.4)");
    put("IOAM6", "CONFIG_IPV6 (Linux 5.15)");
    put("mptcp_pm", "CONFIG_MPTCP (Linux 5.6)");
    put("NCSI", "CONFIG_NET_NCSI");
    put("net-shaper", "CONFIG_NET_SHAPER (Linux 6.13)");
    put("netdev", "CONFIG_NET (Linux 6.3)");
    put("SEG6", "CONFIG_IPV6");
    put("TASKSTATS", "CONFIG_TASKSTATS");
    put("tcp_metrics", "CONFIG_INET");
    put("thermal", "CONFIG_THERMAL_NETLINK (Linux 5.9)");
    put("VFS_DQUOT", "CONFIG_QUOTA_NETLINK_INTERFACE");
  }

  private WellKnownFamilies() {}

  /** Returns what to do where a family is not registered. */
  static String remedy(String family) {
    @Nullable String provider = PROVIDERS.get(family);
    if (provider == null) {
      return "is the kernel module that provides it loaded?";
    }
    return provider.startsWith("CONFIG_")
        ? "it comes with a kernel that is built with " + provider
        : "load the kernel module that provides it: sudo modprobe " + provider;
  }

  private static void put(String family, String provider) {
    PROVIDERS.put(family, provider);
  }
}
