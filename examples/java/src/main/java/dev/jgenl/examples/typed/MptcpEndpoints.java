package dev.jgenl.examples.typed;

import dev.jgenl.NetlinkException;
import dev.jgenl.families.mptcppm.*;
import dev.jgenl.spec.IpPrefix;
import dev.jgenl.spec.typed.Flags;
import java.net.Inet4Address;
import java.util.Arrays;

/** Manages the addresses that Multipath TCP may use: requests that change something. */
public final class MptcpEndpoints {

  private static final String USAGE =
      """
      usage: MptcpEndpoints list
             MptcpEndpoints add ADDRESS [signal] [subflow] [backup] [fullmesh]
             MptcpEndpoints remove ID
             MptcpEndpoints limit ADDRESSES SUBFLOWS

      Manages the addresses that Multipath TCP may use, and lists them. Changes need
      CAP_NET_ADMIN.
      """;

  private static final String WORDS =
      "list|add [0-9a-fA-F.:]+( (signal|subflow|backup|fullmesh))*|remove \\d{1,3}"
          + "|limit \\d{1,9} \\d{1,9}";

  private MptcpEndpoints() {}

  /** Does what the words say, then lists the addresses. */
  public static void main(String[] args) {
    Program.run(MptcpEndpoints.class, USAGE, WORDS, args, () -> manage(args));
  }

  private static void manage(String... args) throws NetlinkException {
    try (MptcpPm mptcp = MptcpPm.open()) {
      switch (args[0]) {
        case "add" -> {
          String flags = String.join(",", Arrays.asList(args).subList(2, args.length));
          mptcp.addAddr(
              r -> r.addr(a -> set(a, args[1]).flags(Flags.parse(AddrFlag.class, flags))));
        }
        case "remove" -> mptcp.delAddr(r -> r.addr(a -> a.id(Integer.parseInt(args[1]))));
        case "limit" ->
            mptcp.setLimits(
                r -> r.rcvAddAddrs(Long.parseLong(args[1])).subflows(Long.parseLong(args[2])));
        default -> {}
      }
      mptcp.getAddrDump().toList().stream()
          .flatMap((GetAddrReply reply) -> reply.addr().stream())
          .forEach(MptcpEndpoints::print);
      GetLimitsReply limits = mptcp.getLimits(r -> {});
      System.out.printf(
          "limits: %d addresses accepted, %d subflows%n",
          limits.rcvAddAddrs().orElseThrow(), limits.subflows().orElseThrow());
    }
  }

  private static Address.Builder set(Address.Builder a, String text) {
    IpPrefix ip = IpPrefix.parse(text);
    a.family(ip.family());
    return ip.address() instanceof Inet4Address ? a.addr4(ip.address()) : a.addr6(ip.address());
  }

  private static void print(Address a) {
    String address = IpPrefix.of(a.addr4().or(a::addr6).orElseThrow()).hostAddress();
    String flags = a.flags().map(f -> " " + f.toString().replace(',', ' ')).orElse("");
    System.out.println("endpoint " + a.id().orElseThrow() + ": " + address + flags);
  }
}
