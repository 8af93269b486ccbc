package dev.jgenl.test;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_CREATE;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_EXCL;

import dev.jgenl.RequestNames;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.Attribute;
import dev.jgenl.wire.AttributeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Requests of nftables ({@code linux/netfilter/nf_tables.h}): tables of the family ip, chains and
 * sets of addresses in them.
 */
final class Nftables {

  /** {@code NFNL_SUBSYS_NFTABLES}. */
  static final int SUBSYSTEM = 10;

  /** {@code NFNLGRP_NFTABLES}. */
  static final int GROUP = 7;

  static final int NEW_TABLE = SUBSYSTEM << 8;
  static final int GET_TABLE = NEW_TABLE + 1;
  static final int DELETE_TABLE = NEW_TABLE + 2;
  static final int NEW_CHAIN = NEW_TABLE + 3;
  static final int NEW_SET = NEW_TABLE + 9;
  static final int NEW_ELEMENTS = NEW_TABLE + 12;
  static final int GET_ELEMENTS = NEW_TABLE + 13;
  static final int DELETE_ELEMENTS = NEW_TABLE + 14;
  static final int NEW_GENERATION = NEW_TABLE + 15;

  /** {@code NFT_TABLE_F_OWNER}: gone with the socket that has made it. */
  static final int OWNED = 2;

  /** {@code NFT_SET_ANONYMOUS | NFT_SET_CONSTANT}. */
  private static final int ANONYMOUS_AND_CONSTANT = 3;

  /** {@code struct nfgenmsg}: 4 bytes. */
  static final int HEADER = 4;

  /** {@code NFTA_TABLE_NAME}, {@code NFTA_CHAIN_TABLE}, and so of all others. */
  static final int TABLE = 1;

  private static final int TABLE_FLAGS = 2;
  private static final int CHAIN_NAME = 3;
  private static final int SET_NAME = 2;
  private static final int SET_FLAGS = 3;
  private static final int SET_KEY_TYPE = 4;
  private static final int SET_KEY_LENGTH = 5;
  private static final int SET_DESCRIPTION = 9;
  private static final int SET_ID = 10;
  private static final int DESCRIPTION_SIZE = 1;
  private static final int ELEMENTS = 3;
  private static final int LIST_ELEMENT = 1;
  private static final int ELEMENT_KEY = 1;
  private static final int DATA_VALUE = 1;

  /** What nft calls ipv4_addr. */
  private static final int IPV4_ADDRESS = 7;

  /** As many elements as an attribute holds, with its 64 KiB, and some less. */
  static final int ELEMENTS_MAX = 4000;

  private static final byte[] IPV4 = {2, 0, 0, 0};

  private Nftables() {}

  /** Makes a table that is not there yet. */
  static NetlinkRequest newTable(String name) {
    return newTable(name, 0);
  }

  static NetlinkRequest newTable(String name, int flags) {
    return request(
            NEW_TABLE,
            "newtable",
            Map.of(List.of(TABLE), "name", List.of(TABLE_FLAGS), "flags"),
            a -> a.putString(TABLE, name).putU32Be(TABLE_FLAGS, flags))
        .withFlags(NLM_F_CREATE | NLM_F_EXCL);
  }

  static NetlinkRequest deleteTable(String name) {
    return request(
        DELETE_TABLE, "deltable", Map.of(List.of(TABLE), "name"), a -> a.putString(TABLE, name));
  }

  /** Makes a chain that no hook calls. */
  static NetlinkRequest newChain(String table, String name) {
    return request(
            NEW_CHAIN,
            "newchain",
            Map.of(List.of(TABLE), "table", List.of(CHAIN_NAME), "name"),
            a -> a.putString(TABLE, table).putString(CHAIN_NAME, name))
        .withFlags(NLM_F_CREATE);
  }

  /** Makes a set of addresses of IPv4, of a size that is not to grow: dumps repeat what moves. */
  static NetlinkRequest newSet(String table, String name) {
    return request(
            NEW_SET,
            "newset",
            Map.of(List.of(TABLE), "table", List.of(SET_NAME), "name"),
            a ->
                a.putString(TABLE, table)
                    .putString(SET_NAME, name)
                    .putU32Be(SET_KEY_TYPE, IPV4_ADDRESS)
                    .putU32Be(SET_KEY_LENGTH, 4)
                    .putNested(SET_DESCRIPTION, d -> d.putU32Be(DESCRIPTION_SIZE, 100_000))
                    .putU32Be(SET_ID, 1))
        .withFlags(NLM_F_CREATE);
  }

  /** Makes a set without a name of its own, which no rule uses: that is refused at the commit. */
  static NetlinkRequest newUnboundSet(String table) {
    return request(
            NEW_SET,
            "newset",
            Map.of(List.of(TABLE), "table", List.of(SET_NAME), "name"),
            a ->
                a.putString(TABLE, table)
                    .putString(SET_NAME, "__set%d")
                    .putU32Be(SET_FLAGS, ANONYMOUS_AND_CONSTANT)
                    .putU32Be(SET_KEY_TYPE, IPV4_ADDRESS)
                    .putU32Be(SET_KEY_LENGTH, 4)
                    .putU32Be(SET_ID, 1))
        .withFlags(NLM_F_CREATE);
  }

  /** Adds addresses: 10.0.0.0, to which numbers from {@code from} on are added. */
  static NetlinkRequest newElements(String table, String set, int from, int to) {
    return elements(NEW_ELEMENTS, "newsetelem", table, set, from, to).withFlags(NLM_F_CREATE);
  }

  static NetlinkRequest deleteElements(String table, String set, int from, int to) {
    return elements(DELETE_ELEMENTS, "delsetelem", table, set, from, to);
  }

  /** The same as more than one request, since no attribute holds them all. */
  static List<NetlinkRequest> manyElements(String table, String set, int from, int to) {
    List<NetlinkRequest> requests = new ArrayList<>();
    for (int i = from; i < to; i += ELEMENTS_MAX) {
      requests.add(newElements(table, set, i, Math.min(to, i + ELEMENTS_MAX)));
    }
    return requests;
  }

  private static NetlinkRequest elements(
      int type, String command, String table, String set, int from, int to) {
    Map<List<Integer>, String> names =
        Map.of(
            List.of(TABLE), "table",
            List.of(SET_NAME), "set",
            List.of(ELEMENTS), "elements",
            List.of(ELEMENTS, LIST_ELEMENT), "element");
    return request(
        type,
        command,
        names,
        a ->
            a.putString(TABLE, table)
                .putString(SET_NAME, set)
                .putNested(
                    ELEMENTS,
                    list -> {
                      for (int i = from; i < to; i++) {
                        byte[] address = address(i);
                        list.putNested(
                            LIST_ELEMENT,
                            e -> e.putNested(ELEMENT_KEY, k -> k.putBytes(DATA_VALUE, address)));
                      }
                    }));
  }

  /** Asks for all elements of a set: a dump. */
  static NetlinkRequest getElements(String table, String set) {
    return request(
        GET_ELEMENTS,
        "getsetelem",
        Map.of(List.of(TABLE), "table", List.of(SET_NAME), "set"),
        a -> a.putString(TABLE, table).putString(SET_NAME, set));
  }

  static NetlinkRequest getTable(String name) {
    return request(
        GET_TABLE, "gettable", Map.of(List.of(TABLE), "name"), a -> a.putString(TABLE, name));
  }

  /** Asks for all tables: a dump. */
  static NetlinkRequest getTables() {
    return NetlinkRequest.of(GET_TABLE, IPV4);
  }

  private static NetlinkRequest request(
      int type,
      String command,
      Map<List<Integer>, String> attributes,
      Consumer<? super AttributeWriter> content) {
    RequestNames names =
        new RequestNames() {
          @Override
          public Optional<String> command(int number) {
            return Optional.of(command);
          }

          @Override
          public Optional<String> attribute(List<Integer> path) {
            return Optional.ofNullable(attributes.get(path));
          }
        };
    return NetlinkRequest.of(type, IPV4, content).withNames(names);
  }

  private static byte[] address(int i) {
    return new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
  }

  /** The name of the chain that a message is about. */
  static String chainName(NetlinkMessage chain) {
    return chain.attributes(HEADER).get(CHAIN_NAME).string();
  }

  /** The addresses in a part of a list of elements. */
  static List<String> addresses(NetlinkMessage part) {
    List<String> addresses = new ArrayList<>();
    for (Attribute element : part.attributes(HEADER).get(ELEMENTS).nested()) {
      Attribute key = element.nested().get(ELEMENT_KEY).nested().get(DATA_VALUE);
      addresses.add(key.inetAddress().getHostAddress());
    }
    return addresses;
  }

  /** The addresses that numbers stand for. */
  static Set<String> addresses(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255))
        .collect(Collectors.toSet());
  }
}
