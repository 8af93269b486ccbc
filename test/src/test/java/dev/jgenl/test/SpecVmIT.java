package dev.jgenl.test;

import static dev.jgenl.spec.RequestFlag.CREATE;
import static dev.jgenl.spec.RequestFlag.EXCL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.spec.Value;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is changed by the names of the specs on the kernel of the virtual machine, which has more
 * families.
 */
@Tag("vm")
@Timeout(240)
class SpecVmIT extends InSpecs {

  @Nested
  class Changes extends SpecChangesIT {}

  @Test
  void wireGuardHasThePeersThatWgShows() throws Exception {
    String first = "11".repeat(32);
    String second = "22".repeat(32);
    String key = "30" + "33".repeat(30) + "73"; // with the bits that the kernel would set and clear
    addLink(1010, "wg0", "wireguard");

    change(
        "wireguard",
        "set-device",
        ("{ifname: wg0, private-key: %s, listen-port: 51820, fwmark: 0x10, peers: ["
                + "{public-key: %s, persistent-keepalive-interval: 25, allowedips: ["
                + "{family: 2, ipaddr: 10.1.0.0, cidr-mask: 16},"
                + " {family: 10, ipaddr: 'fd00:1::', cidr-mask: 64}]},"
                + " {public-key: %s, allowedips: []}]}")
            .formatted(key, first, second));

    List<String> shown = wg();
    assertThat(shown.get(0).split("\t")[0]).isEqualTo(base64(key));
    assertThat(shown.get(0)).endsWith("\t51820\t0x10");
    assertThat(shown.get(1)).startsWith(base64(first)).endsWith("\t25");
    assertThat(shown.get(1).split("\t")[3].split(","))
        .containsExactlyInAnyOrder("10.1.0.0/16", "fd00:1::/64");
    assertThat(shown.get(2)).startsWith(base64(second));

    change(
        "wireguard",
        "set-device",
        "{ifname: wg0, fwmark: 0, peers: [{public-key: %s, flags: [remove-me]}]}".formatted(first));
    assertThat(wg()).hasSize(2);
    assertThat(wg().get(0)).endsWith("\t51820\toff");
    assertThat(wg().get(1)).startsWith(base64(second));
  }

  @Test
  void wireGuardTakesFiveThousandAddressesOfAPeerInParts() throws Exception {
    addLink(1010, "wg0", "wireguard");
    List<Map<String, Object>> addresses =
        IntStream.range(0, 5000)
            .mapToObj(
                i -> {
                  String address = "10.%d.%d.0".formatted(i / 256, i % 256);
                  return Map.<String, Object>of("family", 2, "ipaddr", address, "cidr-mask", 24);
                })
            .toList();
    Map<String, Object> peer =
        Map.of(
            "public-key", "11".repeat(32), "flags", "replace-allowedips", "allowedips", addresses);
    Value device =
        Value.of(Map.of("ifname", "wg0", "flags", "replace-peers", "peers", List.of(peer)));

    assertThat(family("wireguard").requestInParts("set-device", device)).isGreaterThan(1);

    assertThat(wg().get(1).split("\t")[3].split(",")).hasSize(5000);
    List<Value> devices =
        family("wireguard").dump("get-device", Value.parse("{ifname: wg0}")).merged();
    assertThat(devices.get(0).at("peers").asList()).hasSize(1);
    assertThat(devices.get(0).at("peers").at(0).at("allowedips").asList()).hasSize(5000);
  }

  private List<String> wg() throws Exception {
    return namespace.run("wg", "show", "wg0", "dump").lines().toList();
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  @Test
  void portOfFouComesAndGoes() throws Exception {
    Command.succeed("modprobe", "fou");

    change("fou", "add", "{port: 5555, ipproto: 4, type: 1, af: 2}");
    Json made = only(Json.parse(namespace.run("ip", "-j", "fou", "show")));
    assertThat(made.number("port")).isEqualTo(5555);
    assertThat(made.number("ipproto")).isEqualTo(4);

    change("fou", "del", "{port: 5555, af: 2}");
    assertThat(namespace.run("ip", "fou", "show")).isEmpty();
  }

  @Test
  void bondOfAnOddModeHasItsPort() throws Exception {
    change(
        "rt-link",
        "newlink",
        "{ifi-index: 1010, ifname: bond0, linkinfo: {kind: bond, data: {mode: 5, miimon: 77}}}",
        CREATE,
        EXCL);
    addLink(1011, "d0", "dummy");
    change("rt-link", "newlink", "{ifi-index: 1011, master: 1010}");

    Json bond = only(namespace.shown("link", "show", "bond0")).object("linkinfo");
    assertThat(bond.object("info_data").text("mode")).isEqualTo("balance-tlb");
    assertThat(bond.object("info_data").number("miimon")).isEqualTo(77);
    assertThat(only(namespace.shown("link", "show", "d0")).text("master")).isEqualTo("bond0");
  }

  @Test
  void filterWithAnActionIsAsTcShowsIt() throws Exception {
    addLink(1010, "d0", "dummy");
    change("tc", "newqdisc", "{ifindex: 1010, parent: 0xfffffff1, kind: clsact}", CREATE, EXCL);

    change(
        "tc",
        "newtfilter",
        "{ifindex: 1010, parent: 0xfffffff2, info: 0x00070008, handle: 1, kind: flower,"
            + " options: {key-eth-type: 0x800, key-ip-proto: 6, key-tcp-dst: 80,"
            + " key-ipv4-src: 192.0.2.0, key-ipv4-src-mask: 255.255.255.0,"
            + " act: {1: {kind: vlan, options: {parms: {action: 3, v-action: 2},"
            + " push-vlan-id: 5}}}}}",
        CREATE,
        EXCL);

    Json filter =
        Json.parse(namespace.run("tc", "-j", "filter", "show", "dev", "d0", "ingress")).stream()
            .filter(f -> f.has("options"))
            .findAny()
            .orElseThrow();
    assertThat(filter.number("pref")).isEqualTo(7);
    Json keys = filter.object("options").object("keys");
    assertThat(keys.text("src_ip")).isEqualTo("192.0.2.0/24");
    assertThat(keys.number("dst_port")).isEqualTo(80);
    Json action = only(filter.object("options").objects("actions"));
    assertThat(action.text("vlan_action")).isEqualTo("push");
    assertThat(action.number("id")).isEqualTo(5);

    change("tc", "delqdisc", "{ifindex: 1010, parent: 0xfffffff1}");
    assertThat(namespace.run("tc", "filter", "show", "dev", "d0", "ingress")).isEmpty();
  }
}
