package links;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.families.netdev.DevGetReply;
import dev.jgenl.families.netdev.Netdev;
import dev.jgenl.families.rtlink.GetlinkReply;
import dev.jgenl.families.rtlink.RtLink;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;

/**
 * Lists the network's devices as a family of Generic Netlink has them, and one of rtnetlink, and
 * asks for one by name.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws NetlinkException {
    System.out.println(Netdev.class.getModule());
    try (Netdev netdev = Netdev.open()) {
      for (DevGetReply device : netdev.devGetDump()) {
        System.out.println("netdev " + device.ifindex().orElseThrow());
      }
    }
    try (RtLink links = RtLink.open()) {
      for (GetlinkReply link : links.getlinkDump()) {
        System.out.println("rt-link " + link.ifname().orElseThrow());
      }
    }
    try (DynamicClient client = DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.bundled())) {
      Value lo = client.family("rt-link").request("getlink", Value.parse("{ifname: lo}"));
      System.out.println("by name " + lo.at("ifname").asText());
    }
  }
}
