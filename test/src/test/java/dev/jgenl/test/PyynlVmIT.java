package dev.jgenl.test;

import static dev.jgenl.spec.RequestFlag.CREATE;
import static dev.jgenl.spec.RequestFlag.EXCL;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** What the kernel of the virtual machine answers, by jgenl and by pyynl. */
@Tag("vm")
@Timeout(240)
class PyynlVmIT extends PyynlComparison {

  private static final Path NETDEVSIM = Path.of("/sys/bus/netdevsim");

  PyynlVmIT() {
    super("vm");
  }

  @Override
  void fill() throws Exception {
    Prerequisite.require(
        Files.exists(
            Repository.path("target/oracles/netdevsim")
                .resolve(Command.succeed("uname", "-r").strip())
                .resolve("netdevsim.ko")),
        "netdevsim is not built for this kernel: test/oracles/netdevsim.sh");
    super.fill();
    addSwitch();
    change(
        "rt-link",
        "newlink",
        "{ifi-index: 61, ifname: netkit0, linkinfo: {kind: netkit, data: {mode: l2}}}",
        CREATE,
        EXCL);
    addRadio();
  }

  /** A switch of Open vSwitch, whose program may not be there, with a port and a flow. */
  private void addSwitch() throws NetlinkException {
    change("ovs_datapath", "new", "{name: dp0, ifindex: 60, upcall-pid: 0}");
    change(
        "ovs_vport", "new", "{dp-ifindex: 60, name: port1, type: internal, upcall-pid: 00000000}");
    change(
        "ovs_flow",
        "new",
        "{dp-ifindex: 60, key: {in-port: 0, ethernet: {eth-src: 020000000001, eth-dst:"
            + " 020000000002}, ethertype: 0x800, ipv4: {ipv4-proto: 17, ipv4-ttl: 64}, udp:"
            + " {udp-src: 53}}, actions: {push-vlan: {vlan-tpid: 0x8100, vlan-tci: 0x1005},"
            + " output: 1}}");
  }

  private void change(String family, String operation, String value, RequestFlag... flags)
      throws NetlinkException {
    client.family(family).execute(operation, Value.parse(value), flags);
  }

  /** One that is simulated; all come in the first namespace. */
  private void addRadio() throws Exception {
    Command.succeed("modprobe", "mac80211_hwsim", "radios=1");
    String index = Command.succeed("sh", "-c", "cat /sys/class/ieee80211/*/index").strip();
    try (DynamicClient first =
        DynamicClient.open(NetlinkOptions.DEFAULTS, Prerequisite.requireSpecs())) {
      first
          .family("nl80211")
          .execute(
              "set-wiphy-netns", Value.parse("{wiphy: %s, pid: %d}".formatted(index, pyynl.pid())));
    }
  }

  @AfterAll
  void removeHardware() throws Exception {
    if (Files.exists(NETDEVSIM.resolve("devices/netdevsim1"))) {
      Files.writeString(NETDEVSIM.resolve("del_device"), "1");
      Command.succeed("rmmod", "netdevsim");
    }
    if (Files.exists(Path.of("/sys/module/mac80211_hwsim"))) {
      Command.succeed("modprobe", "-r", "mac80211_hwsim");
    }
  }
}
