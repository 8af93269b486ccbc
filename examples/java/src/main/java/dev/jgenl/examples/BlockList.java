package dev.jgenl.examples;

import static dev.jgenl.wire.NetlinkConstants.NLM_F_CREATE;

import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Puts addresses of IPv4 into a set of nftables, in place of those that were in it, in one
 * transaction: packets meet the old set or the new one, and nothing between. Drops nothing by
 * itself, but for a rule that names the set. The numbers are those of {@code
 * linux/netfilter/nf_tables.h} and {@code linux/netfilter/nfnetlink.h}.
 *
 * <p>Needs CAP_NET_ADMIN in the network namespace.
 *
 * <pre>
 * sudo java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.BlockList
 * sudo nft list set ip jgenl blocklist
 * </pre>
 */
public final class BlockList {

  private static final int NFNL_SUBSYS_NFTABLES = 10;
  private static final int NFT_MSG_NEWTABLE = 0;
  private static final int NFT_MSG_DELTABLE = 2;
  private static final int NFT_MSG_NEWSET = 9;
  private static final int NFT_MSG_NEWSETELEM = 12;
  private static final int NFT_MSG_DELSETELEM = 14;

  private static final int NFTA_TABLE_NAME = 1;
  private static final int NFTA_SET_TABLE = 1;
  private static final int NFTA_SET_NAME = 2;
  private static final int NFTA_SET_KEY_TYPE = 4;
  private static final int NFTA_SET_KEY_LEN = 5;
  private static final int NFTA_SET_ID = 10;
  private static final int NFTA_SET_ELEM_LIST_TABLE = 1;
  private static final int NFTA_SET_ELEM_LIST_SET = 2;
  private static final int NFTA_SET_ELEM_LIST_ELEMENTS = 3;
  private static final int NFTA_LIST_ELEM = 1;
  private static final int NFTA_SET_ELEM_KEY = 1;
  private static final int NFTA_DATA_VALUE = 1;

  /** {@code struct nfgenmsg}: NFPROTO_IPV4, version 0. */
  private static final byte[] HEADER = {2, 0, 0, 0};

  /** What nft calls {@code ipv4_addr}: the kernel keeps the number for it. */
  private static final int IPV4_ADDR = 7;

  private static final String TABLE = "jgenl";
  private static final String SET = "blocklist";

  /** An attribute, so also a list of elements, has at most 64 KiB; an element takes 16 bytes. */
  private static final int ELEMENTS_PER_MESSAGE = 4000;

  private static final String ADDRESS = "((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?=\\d)|$)){4}";

  private static final String USAGE =
      """
      usage: BlockList [FILE | --remove]

      Puts 10,000 addresses of IPv4 into the set "blocklist" of the table "jgenl" of nftables; or
      those of a file, one a line; or removes the table. Needs CAP_NET_ADMIN.
      """;

  private BlockList() {}

  /** Fills the set, or removes its table. */
  public static void main(String[] args) {
    String words = String.join(" ", args);
    if (words.equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (args.length > 1 || (words.startsWith("-") && !words.equals("--remove"))) {
      System.err.print(USAGE);
      System.exit(2);
    }
    try (Netlink netlink = Netlink.open(Netlink.NETFILTER)) {
      if (words.equals("--remove")) {
        // What is removed has to be there, so it is made first.
        transact(
            netlink,
            List.of(
                create(NFT_MSG_NEWTABLE, BlockList::putTable),
                request(NFT_MSG_DELTABLE, BlockList::putTable)));
      } else {
        fill(netlink, words.isEmpty() ? generated() : read(Path.of(words)));
      }
    } catch (NetlinkException | IllegalArgumentException | UnsatisfiedLinkError e) {
      fail(e.getMessage());
    } catch (IOException e) {
      fail("cannot read the addresses: " + e);
    }
  }

  private static void fill(Netlink netlink, List<byte[]> addresses) throws NetlinkException {
    List<NetlinkRequest> requests = new ArrayList<>();
    requests.add(create(NFT_MSG_NEWTABLE, BlockList::putTable));
    requests.add(create(NFT_MSG_NEWSET, BlockList::putSet));
    requests.add(request(NFT_MSG_DELSETELEM, BlockList::putElementsOf)); // all that are in it
    for (int i = 0; i < addresses.size(); i += ELEMENTS_PER_MESSAGE) {
      int end = Math.min(i + ELEMENTS_PER_MESSAGE, addresses.size());
      List<byte[]> part = addresses.subList(i, end);
      requests.add(create(NFT_MSG_NEWSETELEM, a -> putElements(a, part)));
    }
    long start = System.nanoTime();
    transact(netlink, requests);
    System.out.printf(
        "%d addresses in %d requests, one transaction: %.1f ms%n",
        addresses.size(), requests.size(), (System.nanoTime() - start) / 1e6);
  }

  private static void transact(Netlink netlink, List<NetlinkRequest> requests)
      throws NetlinkException {
    for (Outcome<?> outcome : netlink.transaction(NFNL_SUBSYS_NFTABLES, requests)) {
      outcome.get(); // throws if it is not done, and then none is
    }
  }

  /** Does no harm where there is one already. */
  private static NetlinkRequest create(int message, Consumer<AttributeWriter> attributes) {
    return request(message, attributes).withFlags(NLM_F_CREATE);
  }

  private static NetlinkRequest request(int message, Consumer<AttributeWriter> attributes) {
    return NetlinkRequest.of(NFNL_SUBSYS_NFTABLES << 8 | message, HEADER, attributes);
  }

  private static void putTable(AttributeWriter a) {
    a.putString(NFTA_TABLE_NAME, TABLE);
  }

  private static void putSet(AttributeWriter a) {
    a.putString(NFTA_SET_TABLE, TABLE)
        .putString(NFTA_SET_NAME, SET)
        .putU32Be(NFTA_SET_KEY_TYPE, IPV4_ADDR)
        .putU32Be(NFTA_SET_KEY_LEN, 4)
        .putU32Be(NFTA_SET_ID, 1);
  }

  private static void putElementsOf(AttributeWriter a) {
    a.putString(NFTA_SET_ELEM_LIST_TABLE, TABLE).putString(NFTA_SET_ELEM_LIST_SET, SET);
  }

  private static void putElements(AttributeWriter a, List<byte[]> addresses) {
    putElementsOf(a);
    a.putNested(
        NFTA_SET_ELEM_LIST_ELEMENTS,
        list -> addresses.forEach(address -> putElement(list, address)));
  }

  private static void putElement(AttributeWriter list, byte[] address) {
    list.putNested(
        NFTA_LIST_ELEM,
        e -> e.putNested(NFTA_SET_ELEM_KEY, k -> k.putBytes(NFTA_DATA_VALUE, address)));
  }

  /** Those of 198.18.0.0/15, which is for benchmarks, from its begin on. */
  private static List<byte[]> generated() {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> new byte[] {(byte) 198, 18, (byte) (i >> 8), (byte) i})
        .toList();
  }

  private static List<byte[]> read(Path file) throws IOException {
    List<byte[]> addresses = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.matches(ADDRESS)) {
        throw new IllegalArgumentException("no address: '" + Printable.escape(line) + "'");
      }
      addresses.add(InetAddress.getByName(line).getAddress());
    }
    return addresses;
  }

  private static void fail(String message) {
    System.err.println("BlockList: " + message);
    System.exit(1);
  }
}
