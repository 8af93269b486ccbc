package dev.jgenl.examples.typed;

import dev.jgenl.Outcome;
import dev.jgenl.families.nftables.*;
import dev.jgenl.spec.IpPrefix;
import dev.jgenl.spec.typed.Acknowledged;
import dev.jgenl.spec.typed.TypedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Replaces the addresses of a set of nftables at once: packets meet the old ones or the new. */
public final class BlockList {

  private static final String USAGE =
      """
      usage: BlockList [FILE | --remove]

      Puts 10,000 addresses of IPv4 into the set "blocklist" of the table "jgenl" of nftables; or
      those of a file, one a line; or removes the table. Needs CAP_NET_ADMIN.
      """;
  private static final String TABLE = "jgenl";
  private static final String SET = "blocklist";
  private static final Nfgenmsg IPV4 = Nfgenmsg.of(h -> h.nfgenFamily(2)); // NFPROTO_IPV4

  private BlockList() {}

  /** Fills the set, or removes its table. */
  public static void main(String[] args) {
    Program.run(BlockList.class, USAGE, "|--remove|[^- ]\\S*", args, () -> run(args));
  }

  private static void run(String... args) throws IOException {
    // Does no harm where there is one already; and what is removed has to be there.
    NewtableRequest table = NewtableRequest.of(r -> r.create().header(IPV4).name(TABLE));
    if (args.length == 1 && args[0].equals("--remove")) {
      send(List.of(table, DeltableRequest.of(r -> r.header(IPV4).name(TABLE))));
      return;
    }
    IntStream range = IntStream.range(0, 10_000);
    List<String> addresses =
        args.length == 1
            ? Files.readAllLines(Path.of(args[0]))
            : range.mapToObj(i -> "198.18." + i / 256 + "." + i % 256).toList();
    List<TypedRequest<Acknowledged>> requests = new ArrayList<>(List.of(table));
    requests.add(
        NewsetRequest.of( // of what nft calls ipv4_addr: the kernel keeps the number 7
            r -> r.create().header(IPV4).table(TABLE).name(SET).keyType(7).keyLen(4).id(1)));
    requests.add(DelsetelemRequest.of(r -> r.header(IPV4).table(TABLE).set(SET))); // all in it
    for (int i = 0; i < addresses.size(); i += 4000) { // of 16 bytes: an attribute has 64 KiB
      List<Setelem> some = addresses.stream().skip(i).limit(4000).map(BlockList::element).toList();
      requests.add(
          NewsetelemRequest.of(
              r -> r.create().header(IPV4).table(TABLE).set(SET).elements(l -> l.elem(some))));
    }
    long start = System.nanoTime();
    send(requests);
    System.out.printf(
        "%d addresses in %d requests, one transaction: %.1f ms%n",
        addresses.size(), requests.size(), (System.nanoTime() - start) / 1e6);
  }

  private static void send(List<TypedRequest<Acknowledged>> requests) throws IOException {
    try (Nftables nftables = Nftables.open()) {
      Outcome.values(nftables.transaction(requests));
    }
  }

  private static Setelem element(String address) {
    IpPrefix ip = IpPrefix.parse(address);
    if (ip.family() != 2 || ip.length() != 32) {
      throw new IllegalArgumentException(ip + " is not an address of IPv4");
    }
    return Setelem.of(e -> e.key(k -> k.value(ip.address().getAddress())));
  }
}
