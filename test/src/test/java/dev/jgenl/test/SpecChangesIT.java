package dev.jgenl.test;

import static dev.jgenl.spec.RequestFlag.APPEND;
import static dev.jgenl.spec.RequestFlag.CREATE;
import static dev.jgenl.spec.RequestFlag.EXCL;
import static dev.jgenl.spec.RequestFlag.REPLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.KernelException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Value;
import dev.jgenl.transport.Errno;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is made, changed and deleted by the names of the specs, as other programs show it. */
@Timeout(60)
class SpecChangesIT extends InSpecs {

  @Test
  void linkIsMadeChangedAndDeleted() throws Exception {
    change(
        "rt-link",
        "newlink",
        "{ifi-index: 1010, ifname: br0, address: 02:00:00:00:00:10, mtu: 1400,"
            + " linkinfo: {kind: bridge, data: {forward-delay: 1600, stp-state: 1}}}",
        CREATE,
        EXCL);

    Json made = only(namespace.shown("link", "show", "br0"));
    assertThat(made.number("ifindex")).isEqualTo(1010);
    assertThat(made.text("address")).isEqualTo("02:00:00:00:00:10");
    assertThat(made.number("mtu")).isEqualTo(1400);
    Json data = made.object("linkinfo").object("info_data");
    assertThat(data.number("forward_delay")).isEqualTo(1600);
    assertThat(data.number("stp_state")).isEqualTo(1);

    change("rt-link", "newlink", "{ifi-index: 1010, txqlen: 77, ifi-flags: up, ifi-change: 1}");
    Json changed = only(namespace.shown("link", "show", "br0"));
    assertThat(changed.number("txqlen")).isEqualTo(77);
    assertThat(changed.list("flags").contains("UP")).isTrue();

    change("rt-link", "dellink", "{ifi-index: 1010}");
    assertThat(namespace.shown("link")).extracting(l -> l.text("ifname")).containsExactly("lo");
  }

  @Test
  void addressIsMadeReplacedAndDeleted() throws Exception {
    addLink(1010, "br0", "bridge");
    String address = "ifa-index: 1010, ifa-family: 2, ifa-prefixlen: 24, local: 192.0.2.1";

    change(
        "rt-addr",
        "newaddr",
        "{" + address + ", address: 192.0.2.1, label: 'br0:one'}",
        CREATE,
        EXCL);
    Json made = only(only(namespace.shown("addr", "show", "br0")).objects("addr_info"));
    assertThat(made.text("local")).isEqualTo("192.0.2.1");
    assertThat(made.number("prefixlen")).isEqualTo(24);
    assertThat(made.text("label")).isEqualTo("br0:one");

    change(
        "rt-addr",
        "newaddr",
        "{" + address + ", cacheinfo: {ifa-valid: 4000, ifa-prefered: 3000}}",
        REPLACE);
    Json changed = only(only(namespace.shown("addr", "show", "br0")).objects("addr_info"));
    assertThat(changed.number("valid_life_time")).isBetween(3900L, 4000L);

    change("rt-addr", "deladdr", "{" + address + "}");
    assertThat(only(namespace.shown("addr", "show", "br0")).objects("addr_info")).isEmpty();
  }

  @Test
  void routeIsMadeReplacedAndDeleted() throws Exception {
    addLinkWithAddress();
    String route =
        "rtm-family: 2, rtm-dst-len: 24, rtm-table: 254, rtm-protocol: 4, rtm-type: unicast,"
            + " dst: 198.51.100.0, priority: 5";

    change(
        "rt-route",
        "newroute",
        "{" + route + ", gateway: 192.0.2.7, oif: 1010, metrics: {mtu: 1300}}",
        CREATE,
        EXCL);
    Json made = only(namespace.shown("route", "show", "198.51.100.0/24"));
    assertThat(made.text("gateway")).isEqualTo("192.0.2.7");
    assertThat(made.number("metric")).isEqualTo(5);
    assertThat(only(made.objects("metrics")).number("mtu")).isEqualTo(1300);

    change("rt-route", "newroute", "{" + route + ", gateway: 192.0.2.8, oif: 1010}", REPLACE);
    assertThat(only(namespace.shown("route", "show", "198.51.100.0/24")).text("gateway"))
        .isEqualTo("192.0.2.8");

    change("rt-route", "delroute", "{" + route + "}");
    assertThat(namespace.shown("route", "show", "198.51.100.0/24")).isEmpty();
  }

  @Test
  void ruleIsMadeAndDeleted() throws Exception {
    String rule =
        "family: 2, src-len: 24, src: 192.0.2.0, action: to-tbl, table: 100, priority: 77,"
            + " fwmark: 7, fwmask: 255, sport-range: {start: 10, end: 20}, ip-proto: 6";

    change("rt-rule", "newrule", "{" + rule + "}", CREATE, EXCL);
    Json made =
        namespace.shown("rule").stream().filter(r -> r.number("priority") == 77).findAny().get();
    assertThat(made.text("src")).isEqualTo("192.0.2.0");
    assertThat(made.number("fwmark")).isEqualTo(7);
    assertThat(made.number("table")).isEqualTo(100);
    assertThat(made.number("sport_start")).isEqualTo(10);

    change("rt-rule", "delrule", "{" + rule + "}");
    assertThat(namespace.shown("rule")).extracting(r -> r.number("priority")).doesNotContain(77L);
  }

  @Test
  void neighbourIsMadeReplacedAndDeleted() throws Exception {
    addLinkWithAddress();
    String neighbour = "ndm-family: 2, ndm-ifindex: 1010, dst: 192.0.2.7";

    change(
        "rt-neigh",
        "newneigh",
        "{" + neighbour + ", ndm-state: permanent, lladdr: 02:00:00:00:00:07}",
        CREATE,
        EXCL);
    assertThat(only(namespace.shown("neigh")).text("lladdr")).isEqualTo("02:00:00:00:00:07");

    change(
        "rt-neigh",
        "newneigh",
        "{" + neighbour + ", ndm-state: permanent, lladdr: 02:00:00:00:00:08}",
        REPLACE);
    assertThat(only(namespace.shown("neigh")).text("lladdr")).isEqualTo("02:00:00:00:00:08");

    change("rt-neigh", "delneigh", "{" + neighbour + "}");
    assertThat(namespace.shown("neigh")).isEmpty();
  }

  @Test
  void queueingIsMadeReplacedAndDeleted() throws Exception {
    addLink(1010, "br0", "bridge");
    String root = "ifindex: 1010, parent: 0xffffffff";

    change(
        "tc",
        "newqdisc",
        "{" + root + ", handle: 0x10000, kind: pfifo, options: {limit: 10}}",
        CREATE,
        EXCL);
    Json made = only(queueing());
    assertThat(made.text("handle")).isEqualTo("1:");
    assertThat(made.object("options").number("limit")).isEqualTo(10);

    change(
        "tc",
        "newqdisc",
        "{" + root + ", handle: 0x20000, kind: bfifo, options: {limit: 5000}}",
        CREATE,
        REPLACE);
    Json replaced = only(queueing());
    assertThat(replaced.text("kind")).isEqualTo("bfifo");
    assertThat(replaced.object("options").number("limit")).isEqualTo(5000);

    change("tc", "delqdisc", "{" + root + "}");
    assertThat(queueing()).isEmpty();
  }

  private List<Json> queueing() throws Exception {
    return Json.parse(namespace.run("tc", "-j", "qdisc", "show", "dev", "br0"));
  }

  @Test
  void firewallIsMadeAndDeletedAsAWhole() throws Exception {
    transact(
        request("newtable", "{nfgen-family: 2, name: filter}", CREATE, EXCL),
        request(
            "newchain",
            "{nfgen-family: 2, table: filter, name: input, type: filter,"
                + " hook: {num: 1, priority: 5}, policy: 0}",
            CREATE),
        request(
            "newset",
            "{nfgen-family: 2, table: filter, name: addresses, id: 1, key-type: 7, key-len: 4,"
                + " flags: []}",
            CREATE),
        request(
            "newsetelem",
            "{nfgen-family: 2, table: filter, set: addresses,"
                + " elements: {elem: [{key: {value: c0000201}}, {key: {value: c0000202}}]}}",
            CREATE),
        request(
            "newrule",
            "{nfgen-family: 2, table: filter, chain: input, expressions: {elem: ["
                + "{name: payload,"
                + " data: {dreg: reg-1, base: network-header, offset: 12, len: 4}},"
                + " {name: lookup, data: {set: addresses, sreg: 1}},"
                + " {name: counter, data: {packets: 3, bytes: 4}},"
                + " {name: immediate, data: {dreg: 0, data: {verdict: {code: accept}}}}]}}",
            CREATE,
            APPEND));

    assertThat(namespace.run("nft", "list", "ruleset").lines().map(String::strip))
        .contains(
            "type filter hook input priority filter + 5; policy drop;",
            "elements = { 192.0.2.1, 192.0.2.2 }",
            "ip saddr @addresses counter packets 3 bytes 4 accept");

    transact(request("deltable", "{nfgen-family: 2, name: filter}"));
    assertThat(namespace.run("nft", "list", "ruleset")).isEmpty();
  }

  @Test
  void timesOfASetAreThoseThatNftShows() throws Exception {
    transact(
        request("newtable", "{nfgen-family: 2, name: filter}", CREATE),
        request(
            "newset",
            "{nfgen-family: 2, table: filter, name: s, id: 1, key-type: 13, key-len: 2,"
                + " flags: [timeout], timeout: 10000, gc-interval: 7000}",
            CREATE),
        request(
            "newsetelem",
            "{nfgen-family: 2, table: filter, set: s,"
                + " elements: {elem: [{key: {value: '01bb'}, timeout: 65000}]}}",
            CREATE));

    assertThat(namespace.run("nft", "list", "ruleset"))
        .contains("timeout 10s", "gc-interval 7s", "timeout 1m5s");
    Value set =
        family("nftables")
            .request("getset", Value.parse("{nfgen-family: 2, table: filter, name: s}"));
    assertThat(set.at("timeout").asLong()).isEqualTo(10_000);
    assertThat(set.at("gc-interval").asLong()).isEqualTo(7_000);
  }

  @Test
  void firewallStaysAsItIsWhenAPartIsRefused() throws Exception {
    List<Outcome<Reply<Value>>> outcomes =
        family("nftables")
            .transaction(
                List.of(
                    request("newtable", "{nfgen-family: 2, name: filter}", CREATE),
                    request("newchain", "{nfgen-family: 2, table: none, name: c}", CREATE)));

    assertThat(outcomes).allMatch(o -> o instanceof Outcome.Failure);
    KernelException refused = (KernelException) ((Outcome.Failure<?>) outcomes.get(1)).cause();
    assertThat(refused.error()).isEqualTo(Errno.ENOENT);
    assertThat(refused).hasMessageContaining("newchain").hasMessageContaining("table");
    assertThat(namespace.run("nft", "list", "ruleset")).isEmpty();
  }

  private static DynamicRequest request(String operation, String value, RequestFlag... flags) {
    return DynamicRequest.of(operation, Value.parse(value), flags);
  }

  private void transact(DynamicRequest... requests) throws Exception {
    for (var outcome : family("nftables").transaction(List.of(requests))) {
      outcome.get();
    }
  }

  @Test
  void endpointsOfMptcpComeAndGo() throws Exception {
    Prerequisite.requireFamily("mptcp_pm");
    // It reads one byte of the two of the family (print_mptcp_addrinfo() of ip/ipmptcp.c).
    Prerequisite.require(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN,
        "iproute2 does not show addresses of MPTCP on a processor of big-endian order");
    change("mptcp_pm", "set-limits", "{rcv-add-addrs: 2, subflows: 5}");
    change("mptcp_pm", "add-addr", "{addr: {family: 2, addr4: 0xc0000201, id: 5, flags: 1}}");
    change(
        "mptcp_pm",
        "add-addr",
        "{addr: {family: 10, addr6: 20010db8000000000000000000000001, flags: 2}}");

    assertThat(namespace.run("ip", "mptcp", "limits").strip())
        .isEqualTo("add_addr_accepted 2 subflows 5");
    assertThat(endpoints())
        .extracting(e -> e.text("address"))
        .containsExactlyInAnyOrder("192.0.2.1", "2001:db8::1");
    assertThat(endpoints().stream().filter(e -> e.number("id") == 5))
        .allMatch(e -> e.has("signal") && !e.has("backup"));

    change("mptcp_pm", "set-flags", "{addr: {family: 2, addr4: 0xc0000201, flags: 5}}");
    assertThat(endpoints().stream().filter(e -> e.number("id") == 5))
        .allMatch(e -> e.has("signal") && e.has("backup"));

    change("mptcp_pm", "del-addr", "{addr: {id: 5}}");
    assertThat(endpoints()).extracting(e -> e.text("address")).containsExactly("2001:db8::1");
  }

  private List<Json> endpoints() throws Exception {
    return Json.parse(namespace.run("ip", "-j", "mptcp", "endpoint"));
  }

  @Test
  void featuresOfADeviceAreSwitched() throws Exception {
    namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
    assertThat(feature("rx-gro-list")).isFalse();

    change(
        "ethtool",
        "features-set",
        "{header: {dev-name: v0}, wanted: {bits: {bit: [{name: rx-gro-list, value: true},"
            + " {name: tx-checksum-ip-generic}]}}}");

    assertThat(feature("rx-gro-list")).isTrue();
    assertThat(feature("tx-checksum-ip-generic")).isFalse();
  }

  private boolean feature(String name) throws Exception {
    Json features = only(Json.parse(namespace.run("ethtool", "--json", "-k", "v0")));
    return features.object(name).is("active");
  }

  @Test
  void statisticsAreThoseOfAllGroupsThatAreAskedFor() throws Exception {
    Prerequisite.requireLinux(5, 13, "have stats-get of ethtool");
    Value answer =
        family("ethtool")
            .request(
                "stats-get",
                Value.parse(
                    "{header: {dev-name: lo}, groups: {nomask: true,"
                        + " bits: {bit: [{name: eth-phy}, {name: eth-mac}, {name: rmon}]}}}"));

    assertThat(answer.at("grp").asList())
        .extracting(group -> group.at("id").asLong())
        .containsExactly(0L, 1L, 3L);
  }

  @Test
  void whatIsThereAlreadyIsRefused() throws Exception {
    addLink(1010, "br0", "bridge");

    KernelException refused =
        catchThrowableOfType(KernelException.class, () -> addLink(1011, "br0", "bridge"));

    assertThat(refused.error()).isEqualTo(Errno.EEXIST);
    assertThat(namespace.shown("link")).hasSize(2);
  }

  private void addLinkWithAddress() throws Exception {
    addLink(1010, "br0", "bridge");
    setUp(1010);
    change(
        "rt-addr",
        "newaddr",
        "{ifa-index: 1010, ifa-family: 2, ifa-prefixlen: 24, local: 192.0.2.1, address: 192.0.2.1}",
        CREATE);
  }
}
