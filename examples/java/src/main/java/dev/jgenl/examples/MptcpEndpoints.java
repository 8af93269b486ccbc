package dev.jgenl.examples;

import dev.jgenl.Dump;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Manages the addresses that Multipath TCP may use, through the family "mptcp_pm": privileged
 * requests that change something, answered by an acknowledgement alone. The numbers are those of
 * {@code include/uapi/linux/mptcp_pm.h}.
 *
 * <p>Changes need CAP_NET_ADMIN in the network namespace. Safe to share between threads; must be
 * closed.
 *
 * <pre>
 * mvn package
 * sudo java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.MptcpEndpoints list
 * </pre>
 */
public final class MptcpEndpoints implements AutoCloseable {

  private static final int CMD_ADD_ADDR = 1;
  private static final int CMD_DEL_ADDR = 2;
  private static final int CMD_GET_ADDR = 3;
  private static final int CMD_SET_LIMITS = 5;
  private static final int CMD_GET_LIMITS = 6;

  private static final int ATTR_ADDR = 1;
  private static final int ATTR_RCV_ADD_ADDRS = 2;
  private static final int ATTR_SUBFLOWS = 3;

  private static final int ADDR_ATTR_FAMILY = 1;
  private static final int ADDR_ATTR_ID = 2;
  private static final int ADDR_ATTR_ADDR4 = 3;
  private static final int ADDR_ATTR_ADDR6 = 4;
  private static final int ADDR_ATTR_FLAGS = 6;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private static final String USAGE =
      """
      usage: MptcpEndpoints list
             MptcpEndpoints add ADDRESS [signal] [subflow] [backup] [fullmesh]
             MptcpEndpoints remove ID
             MptcpEndpoints limit ADDRESSES SUBFLOWS

      Manages the addresses that Multipath TCP may use, and lists them. Changes need
      CAP_NET_ADMIN.
      """;

  private final Genl genl;
  private final GenlFamily family;

  private MptcpEndpoints(Genl genl, GenlFamily family) {
    this.genl = genl;
    this.family = family;
  }

  /** What an address is used for: the bits {@code MPTCP_PM_ADDR_FLAG_*}, in their order. */
  public enum Flag {
    SIGNAL,
    SUBFLOW,
    BACKUP,
    FULLMESH,
    IMPLICIT;

    static Set<Flag> of(long bits) {
      Set<Flag> flags = EnumSet.noneOf(Flag.class);
      for (Flag f : values()) {
        if ((bits >>> f.ordinal() & 1) != 0) {
          flags.add(f);
        }
      }
      return flags;
    }

    static long bits(Set<Flag> flags) {
      return flags.stream().mapToLong(f -> 1L << f.ordinal()).sum();
    }
  }

  /** An address, numbered by the kernel. */
  public record Endpoint(int id, InetAddress address, Set<Flag> flags) {}

  /** How many addresses are accepted from a peer, and how many more subflows a connection has. */
  public record Limits(long addresses, long subflows) {}

  /** Connects; throws {@link FamilyNotFoundException} if the kernel lacks the family. */
  public static MptcpEndpoints open() throws NetlinkException {
    Genl genl = Genl.open();
    try {
      return new MptcpEndpoints(genl, genl.family("mptcp_pm"));
    } catch (FamilyNotFoundException e) {
      genl.close();
      throw e.withRemedy("it is part of a kernel from 5.6 on with CONFIG_MPTCP");
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
  }

  /** Adds an address. */
  public void add(InetAddress address, Set<Flag> flags) throws NetlinkException {
    boolean ipv4 = address instanceof Inet4Address;
    genl.execute(
        GenlRequest.of(
            family,
            CMD_ADD_ADDR,
            a ->
                a.putNested(
                    ATTR_ADDR,
                    n ->
                        n.putU16(ADDR_ATTR_FAMILY, ipv4 ? AF_INET : AF_INET6)
                            .putInetAddress(ipv4 ? ADDR_ATTR_ADDR4 : ADDR_ATTR_ADDR6, address)
                            .putU32(ADDR_ATTR_FLAGS, Flag.bits(flags)))));
  }

  /** Removes the address of a number; throws {@link KernelException} if there is none. */
  public void remove(int id) throws NetlinkException {
    genl.execute(
        GenlRequest.of(
            family, CMD_DEL_ADDR, a -> a.putNested(ATTR_ADDR, n -> n.putU8(ADDR_ATTR_ID, id))));
  }

  /** Lists the addresses. */
  public List<Endpoint> list() throws NetlinkException {
    List<Endpoint> endpoints = new ArrayList<>();
    try (Dump<GenlMessage> dump = genl.dump(family, CMD_GET_ADDR)) {
      for (GenlMessage m : dump.toList()) {
        endpoints.add(endpointOf(m.attributes().get(ATTR_ADDR).nested()));
      }
    }
    return endpoints;
  }

  /** Asks for the limits. */
  public Limits limits() throws NetlinkException {
    return genl.request(
        GenlRequest.of(family, CMD_GET_LIMITS).withoutAck(),
        m ->
            new Limits(
                m.attributes().get(ATTR_RCV_ADD_ADDRS).u32(),
                m.attributes().get(ATTR_SUBFLOWS).u32()));
  }

  /** Sets the limits, each to at most 8. */
  public void setLimits(Limits limits) throws NetlinkException {
    genl.execute(
        GenlRequest.of(
            family,
            CMD_SET_LIMITS,
            a ->
                a.putU32(ATTR_RCV_ADD_ADDRS, limits.addresses())
                    .putU32(ATTR_SUBFLOWS, limits.subflows())));
  }

  @Override
  public void close() {
    genl.close();
  }

  private static Endpoint endpointOf(Attributes a) {
    return new Endpoint(
        a.get(ADDR_ATTR_ID).u8(),
        a.findInetAddress(ADDR_ATTR_ADDR4).orElseGet(() -> a.get(ADDR_ATTR_ADDR6).inetAddress()),
        Flag.of(a.findU32(ADDR_ATTR_FLAGS).orElse(0)));
  }

  /** Does what the words say, then lists the addresses. */
  public static void main(String[] args) {
    String words = String.join(" ", args);
    if (words.equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    String syntax =
        "list|add [0-9a-fA-F.:]+( (signal|subflow|backup|fullmesh))*|remove \\d{1,3}"
            + "|limit \\d{1,9} \\d{1,9}";
    if (!words.matches(syntax)) {
      System.err.print(USAGE);
      System.exit(2);
    }
    try (MptcpEndpoints client = open()) {
      switch (args[0]) {
        case "add" -> client.add(InetAddress.getByName(args[1]), flagsOf(args));
        case "remove" -> client.remove(Integer.parseInt(args[1]));
        case "limit" ->
            client.setLimits(new Limits(Long.parseLong(args[1]), Long.parseLong(args[2])));
        default -> {}
      }
      print(client);
    } catch (NetlinkException
        | UnknownHostException
        | IllegalArgumentException
        | MalformedMessageException
        | UnsatisfiedLinkError e) {
      System.err.println("MptcpEndpoints: " + e.getMessage());
      System.exit(1);
    }
  }

  private static Set<Flag> flagsOf(String[] args) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (String word : List.of(args).subList(2, args.length)) {
      flags.add(Flag.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return flags;
  }

  private static void print(MptcpEndpoints client) throws NetlinkException {
    for (Endpoint e : client.list()) {
      System.out.println(
          "endpoint " + e.id() + ": " + e.address().getHostAddress() + " " + e.flags());
    }
    Limits limits = client.limits();
    System.out.println(
        "limits: "
            + limits.addresses()
            + " addresses accepted, "
            + limits.subflows()
            + " subflows");
  }
}
