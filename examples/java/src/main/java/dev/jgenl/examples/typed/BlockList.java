package dev.jgenl.examples.typed;

import dev.jgenl.Outcome;
import dev.jgenl.families.nftables.*;
import dev.jgenl.spec.typed.Acknowledged;
import dev.jgenl.spec.typed.TypedRequest;
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
 * Puts addresses into a set of nftables, in place of those that were in it: a transaction, so that
 * packets meet the old set or the new one, and nothing between.
 */
public final class BlockList {

  private static final String USAGE =
      """
      usage: BlockList [FILE | --remove]

      Puts 10,000 addresses of IPv4 into the set "blocklist" of the table "jgenl" of nftables; or
      those of a file, one a line; or removes the table. Needs CAP_NET_ADMIN.
      """;

  private static final String TABLE = "jgenl";
  private static final String SET = "blocklist";
  private static final Consumer<Nfgenmsg.Builder> IPV4 = h -> h.nfgenFamily(2); // NFPROTO_IPV4
  private static final int IPV4_ADDR = 7; // what nft calls ipv4_addr: the kernel keeps the number

  /** An attribute, so also a list of elements, has at most 64 KiB; an element takes 16 bytes. */
  private static final int ELEMENTS_PER_MESSAGE = 4000;

  private static final String ADDRESS = "((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?=\\d)|$)){4}";

  private BlockList() {}

  /** Fills the set, or removes its table. */
  public static void main(String[] args) {
    Program.run(BlockList.class, USAGE, "|--remove|[^- ]\\S*", args, () -> run(args));
  }

  private static void run(String... args) throws IOException {
    boolean remove = args.length > 0 && args[0].equals("--remove");
    List<byte[]> addresses = args.length == 0 ? generated() : remove ? List.of() : read(args[0]);
    List<TypedRequest<Acknowledged>> requests = new ArrayList<>();
    // Does no harm where there is one already; and what is removed has to be there.
    requests.add(NewtableRequest.of(r -> r.create().header(IPV4).name(TABLE)));
    if (remove) {
      requests.add(DeltableRequest.of(r -> r.header(IPV4).name(TABLE)));
    } else {
      requests.add(NewsetRequest.of(BlockList::set));
      requests.add(DelsetelemRequest.of(r -> r.header(IPV4).table(TABLE).set(SET))); // all in it
    }
    for (int i = 0; i < addresses.size(); i += ELEMENTS_PER_MESSAGE) {
      int end = Math.min(i + ELEMENTS_PER_MESSAGE, addresses.size());
      requests.add(add(addresses.subList(i, end)));
    }
    long start = System.nanoTime();
    try (Nftables nftables = Nftables.open()) {
      for (Outcome<?> outcome : nftables.transaction(requests)) {
        outcome.get(); // throws if it is not done, and then none is
      }
    }
    if (!remove) {
      System.out.printf(
          "%d addresses in %d requests, one transaction: %.1f ms%n",
          addresses.size(), requests.size(), (System.nanoTime() - start) / 1e6);
    }
  }

  private static void set(NewsetRequest.Builder set) {
    set.create().header(IPV4).table(TABLE).name(SET).keyType(IPV4_ADDR).keyLen(4).id(1);
  }

  private static NewsetelemRequest add(List<byte[]> addresses) {
    List<Setelem> elements =
        addresses.stream().map(a -> Setelem.of(e -> e.key(k -> k.value(a)))).toList();
    return NewsetelemRequest.of(
        r -> r.create().header(IPV4).table(TABLE).set(SET).elements(l -> l.elem(elements)));
  }

  /** Those of 198.18.0.0/15, which is for benchmarks, from its begin on. */
  private static List<byte[]> generated() {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> new byte[] {(byte) 198, 18, (byte) (i >> 8), (byte) i})
        .toList();
  }

  private static List<byte[]> read(String file) throws IOException {
    List<byte[]> addresses = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(file))) {
      if (!line.matches(ADDRESS)) {
        throw new IOException("no address: '" + Printable.escape(line) + "'");
      }
      addresses.add(InetAddress.getByName(line).getAddress());
    }
    return addresses;
  }
}
