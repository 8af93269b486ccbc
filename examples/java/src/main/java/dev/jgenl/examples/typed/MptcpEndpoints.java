package dev.jgenl.examples.typed;

import dev.jgenl.NetlinkException;
import dev.jgenl.families.mptcppm.AddrFlag;
import dev.jgenl.families.mptcppm.Address;
import dev.jgenl.families.mptcppm.GetAddrReply;
import dev.jgenl.families.mptcppm.GetLimitsReply;
import dev.jgenl.families.mptcppm.MptcpPm;
import dev.jgenl.spec.typed.Flags;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.stream.Stream;

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

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private MptcpEndpoints() {}

  /** Does what the words say, then lists the addresses. */
  public static void main(String[] args) {
    Program.run(MptcpEndpoints.class, USAGE, WORDS, args, () -> manage(args));
  }

  private static void manage(String... args) throws NetlinkException, UnknownHostException {
    try (MptcpPm mptcp = MptcpPm.open()) {
      switch (args[0]) {
        case "add" -> {
          InetAddress address = InetAddress.getByName(args[1]);
          long bits = Stream.of(args).skip(2).mapToLong(MptcpEndpoints::bit).distinct().sum();
          mptcp.addAddr(
              r -> r.addr(a -> set(a, address).flags(Flags.ofBits(AddrFlag.class, bits))));
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

  private static Address.Builder set(Address.Builder a, InetAddress address) {
    return address instanceof Inet4Address
        ? a.family(AF_INET).addr4(address)
        : a.family(AF_INET6).addr6(address);
  }

  private static long bit(String word) {
    return AddrFlag.valueOf(word.toUpperCase(Locale.ROOT)).bit();
  }

  private static void print(Address a) {
    String address = a.addr4().or(a::addr6).map(InetAddress::getHostAddress).orElse("?");
    String flags = a.flags().map(f -> " " + f.toString().replace(',', ' ')).orElse("");
    System.out.println("endpoint " + a.id().orElseThrow() + ": " + address + flags);
  }
}
