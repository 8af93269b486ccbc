package dev.jgenl.spec;

import static dev.jgenl.spec.Models.attribute;
import static dev.jgenl.spec.Models.bytes;
import static dev.jgenl.spec.Models.member;
import static dev.jgenl.spec.Models.named;
import static dev.jgenl.spec.Models.repeated;
import static dev.jgenl.spec.Models.scalar;

import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Continuation;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.SubMessage;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.model.Type.Width;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Slices of families, of most of which dev.jgenl.spec.sample has the typed classes. */
public final class SampleModels {

  private SampleModels() {}

  /**
   * Nests, many of one attribute, enumerations, notifications.
   *
   * @return a slice of ethtool
   */
  public static Family ethtool() {
    Models models =
        new Models()
            .flags("header-flags", "compact-bitsets", "omit-reply", "stats")
            .enumeration("tcp-data-split", "unknown", "disabled", "enabled")
            .set(
                "header",
                attribute("dev-index", 1, scalar(Width.U32)),
                attribute("dev-name", 2, new Type.Text()),
                attribute("flags", 3, named(Width.U32, "header-flags", true)),
                attribute("phy-index", 4, scalar(Width.U32)))
            .set(
                "bitset-bit",
                attribute("index", 1, scalar(Width.U32)),
                attribute("name", 2, new Type.Text()),
                attribute("value", 3, new Type.Flag()))
            .set("bitset-bits", repeated("bit", 1, new Type.Nest("bitset-bit")))
            .set(
                "bitset",
                attribute("nomask", 1, new Type.Flag()),
                attribute("size", 2, scalar(Width.U32)),
                attribute("bits", 3, new Type.Nest("bitset-bits")),
                attribute("value", 4, bytes()),
                attribute("mask", 5, bytes()))
            .set(
                "rings",
                attribute("header", 1, new Type.Nest("header")),
                attribute("rx-max", 2, scalar(Width.U32)),
                attribute("rx", 6, scalar(Width.U32)),
                attribute("tcp-data-split", 11, named(Width.U8, "tcp-data-split", false)),
                attribute("tx-push", 13, scalar(Width.U8)))
            .set(
                "features",
                attribute("header", 1, new Type.Nest("header")),
                attribute("hw", 2, new Type.Nest("bitset")),
                attribute("wanted", 3, new Type.Nest("bitset")),
                attribute("active", 4, new Type.Nest("bitset")),
                attribute("nochange", 5, new Type.Nest("bitset")));
    models.name = "ethtool";
    models.protocol = new Protocol.Generic("ethtool", 1);
    models.groups.add(new Group("monitor", OptionalInt.empty()));
    models.operations.add(operation("rings-get", "rings", "", call(15, 16), call(15, 16)));
    models.operations.add(operation("rings-set", "rings", "", call(16), null));
    models.operations.add(event("rings-ntf", "rings", "", 17));
    models.operations.add(operation("features-set", "features", "", call(12, 12), null));
    return models.family();
  }

  /**
   * A fixed header, structs, addresses, sub-messages.
   *
   * @return a slice of rt-link
   */
  public static Family rtLink() {
    Models models =
        new Models()
            .flags("ifinfo-flags", "up", "broadcast", "debug", "loopback")
            .struct(
                "ifinfomsg",
                member("ifi-family", 1, scalar(Width.U8)),
                member("pad", 1, new Type.Pad(1)),
                member("ifi-type", 2, scalar(Width.U16)),
                member("ifi-index", 4, scalar(Width.S32)),
                member("ifi-flags", 4, named(Width.U32, "ifinfo-flags", true)),
                member("ifi-change", 4, scalar(Width.U32)))
            .struct(
                "rtnl-link-stats64",
                member("rx-packets", 8, scalar(Width.U64)),
                member("tx-packets", 8, scalar(Width.U64)),
                member("rx-bytes", 8, scalar(Width.U64)),
                member("tx-bytes", 8, scalar(Width.U64)))
            .set(
                "linkinfo-bridge-attrs",
                attribute("forward-delay", 1, scalar(Width.U32)),
                attribute("vlan-filtering", 7, scalar(Width.U8)))
            .set("linkinfo-vlan-attrs", attribute("id", 1, scalar(Width.U16)))
            .set(
                "linkinfo-attrs",
                attribute("kind", 1, new Type.Text()),
                attribute("data", 2, new Type.Selected("linkinfo-data-msg", "kind")))
            .set(
                "link-attrs",
                attribute("address", 1, bytes(), Hint.MAC),
                attribute("ifname", 3, new Type.Text()),
                attribute("mtu", 4, scalar(Width.U32)),
                attribute("linkinfo", 18, new Type.Nest("linkinfo-attrs")),
                attribute("stats64", 23, new Type.StructValue("rtnl-link-stats64")));
    models.name = "rt-link";
    models.protocol = new Protocol.Raw(0);
    models.groups.add(new Group("rtnlgrp-link", OptionalInt.of(1)));
    models.groups.add(new Group("rtnlgrp-stats", OptionalInt.of(36)));
    models.subMessages.add(
        new SubMessage(
            "linkinfo-data-msg",
            List.of(
                new SubMessage.Format(
                    "bridge", Optional.empty(), Optional.of("linkinfo-bridge-attrs")),
                new SubMessage.Format(
                    "vlan", Optional.empty(), Optional.of("linkinfo-vlan-attrs")))));
    models.operations.add(operation("newlink", "link-attrs", "ifinfomsg", call(16), null));
    models.operations.add(
        operation("getlink", "link-attrs", "ifinfomsg", call(18, 16), call(18, 16)));
    models.operations.add(event("newlink-ntf", "link-attrs", "ifinfomsg", 16));
    return models.family();
  }

  /**
   * Arrays of nests within each other, and what goes on in other messages.
   *
   * @return a slice of wireguard
   */
  public static Family wireguard() {
    Models models =
        new Models()
            .flags("wgdevice-flags", "replace-peers")
            .flags("wgpeer-flags", "remove-me", "replace-allowedips", "update-only")
            .struct(
                "--kernel-timespec",
                member("sec", 8, scalar(Width.U64)),
                member("nsec", 8, scalar(Width.U64)))
            .set(
                "wgallowedip",
                attribute("family", 1, scalar(Width.U16)),
                attribute("ipaddr", 2, bytes(), Hint.IPV4_OR_V6),
                attribute("cidr-mask", 3, scalar(Width.U8)))
            .set(
                "wgpeer",
                attribute("public-key", 1, bytes(32), Hint.HEX),
                attribute("flags", 3, named(Width.U32, "wgpeer-flags", true)),
                attribute("last-handshake-time", 6, new Type.StructValue("--kernel-timespec")),
                attribute("rx-bytes", 7, scalar(Width.U64)),
                attribute("allowedips", 9, new Type.IndexedArray(new Type.Nest("wgallowedip"), 0)))
            .set(
                "wgdevice",
                attribute("ifindex", 1, scalar(Width.U32)),
                attribute("ifname", 2, new Type.Text()),
                attribute("flags", 5, named(Width.U32, "wgdevice-flags", true)),
                attribute("listen-port", 6, scalar(Width.U16)),
                attribute("peers", 8, new Type.IndexedArray(new Type.Nest("wgpeer"), 0)));
    models.name = "wireguard";
    models.protocol = new Protocol.Generic("wireguard", 1);
    models.operations.add(
        continued(operation("get-device", "wgdevice", "", null, call(0, 0)), List.of()));
    models.operations.add(
        continued(
            operation("set-device", "wgdevice", "", call(1), null), List.of("ifindex", "ifname")));
    return models.family();
  }

  /**
   * Changes that are done together.
   *
   * @return a slice of nftables
   */
  public static Family nftables() {
    Models models =
        new Models()
            .struct(
                "nfgenmsg",
                member("nfgen-family", 1, scalar(Width.U8)),
                member("version", 1, scalar(Width.U8)),
                member("res-id", 2, Models.bigEndian(Width.U16)))
            .set("table-attrs", attribute("name", 1, new Type.Text()));
    models.name = "nftables";
    models.protocol = new Protocol.Raw(12);
    models.operations.add(operation("newtable", "table-attrs", "nfgenmsg", call(0xa00), null));
    return models.family();
  }

  private static Call call(int request) {
    return new Call(new Layout(request, List.of()), Optional.empty());
  }

  private static Call call(int request, int reply) {
    return new Call(new Layout(request, List.of()), Optional.of(new Layout(reply, List.of())));
  }

  private static Operation operation(
      String name, String set, String header, @Nullable Call doCall, @Nullable Call dump) {
    return new Operation(
        name,
        "",
        Optional.of(set),
        Optional.of(header).filter(h -> !h.isEmpty()),
        Optional.ofNullable(doCall),
        Optional.ofNullable(dump),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        "");
  }

  private static Operation event(String name, String set, String header, int id) {
    Operation operation = operation(name, set, header, null, null);
    return new Operation(
        name,
        "",
        operation.set(),
        operation.header(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Layout(id, List.of())),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        "");
  }

  private static Operation continued(Operation operation, List<String> key) {
    return new Operation(
        operation.name(),
        "",
        operation.set(),
        operation.header(),
        operation.doCall(),
        operation.dump(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.of(new Continuation(key, Map.of("peers", "public-key"))),
        "");
  }
}
