package dev.jgenl.examples;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Shows what network devices can do with XDP, through the family "netdev": a request, a dump, and a
 * list that is kept up to date by notifications. The numbers are those of {@code
 * include/uapi/linux/netdev.h}.
 *
 * <p>Safe to share between threads; must be closed.
 *
 * <pre>
 * mvn package
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.NetDevices
 * </pre>
 */
public final class NetDevices implements AutoCloseable {

  private static final int CMD_DEV_GET = 1;
  private static final int CMD_DEV_ADD_NTF = 2;
  private static final int CMD_DEV_DEL_NTF = 3;
  private static final int CMD_DEV_CHANGE_NTF = 4;
  private static final String GROUP_MGMT = "mgmt";

  private static final int A_DEV_IFINDEX = 1;
  private static final int A_DEV_XDP_FEATURES = 3;
  private static final int A_DEV_XDP_ZC_MAX_SEGS = 4;

  private static final String USAGE =
      """
      usage: NetDevices [INDEX | --monitor [COUNT]]

      Prints what all network devices, or one, can do with XDP.
        INDEX       the number of a device, as "ip link" shows it
        --monitor   goes on with what changes, for ever or for COUNT changes
      """;

  private final Genl genl;
  private final GenlFamily family;

  private NetDevices(Genl genl, GenlFamily family) {
    this.genl = genl;
    this.family = family;
  }

  /** What a device may be able to do: the bits of {@code enum netdev_xdp_act}, in their order. */
  public enum XdpFeature {
    /** Run a program that drops, passes or sends back. */
    BASIC,
    /** Send to another device. */
    REDIRECT,
    /** Be the device that is sent to. */
    NDO_XMIT,
    /** Share memory with a socket of AF_XDP. */
    XSK_ZEROCOPY,
    /** Run the program itself. */
    HW_OFFLOAD,
    /** Receive packets of several buffers. */
    RX_SG,
    /** Be sent packets of several buffers. */
    NDO_XMIT_SG;

    static Set<XdpFeature> of(long bits) {
      Set<XdpFeature> features = EnumSet.noneOf(XdpFeature.class);
      for (XdpFeature f : values()) {
        if ((bits >>> f.ordinal() & 1) != 0) {
          features.add(f);
        }
      }
      return features;
    }
  }

  /**
   * A network device.
   *
   * @param index its number, unique within the network namespace
   * @param xdpFeatures what it can do; features that this class does not know are left out
   * @param zeroCopySegments of how many buffers a packet may be with zero copy; absent without
   */
  public record Device(long index, Set<XdpFeature> xdpFeatures, OptionalLong zeroCopySegments) {}

  /**
   * Connects.
   *
   * @return an open client
   * @throws FamilyNotFoundException if the kernel lacks the family
   * @throws NetlinkException for any other failure
   */
  public static NetDevices open() throws NetlinkException {
    Genl genl = Genl.open();
    try {
      return new NetDevices(genl, genl.family("netdev"));
    } catch (FamilyNotFoundException e) {
      genl.close();
      throw e.withRemedy("it is part of Linux from 6.3 on, and no module");
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
  }

  /**
   * Asks for one device.
   *
   * @param index its number
   * @return the device
   * @throws KernelException with ENODEV if there is none
   * @throws NetlinkException for any other failure
   */
  public Device device(long index) throws NetlinkException {
    GenlRequest get = GenlRequest.of(family, CMD_DEV_GET, a -> a.putU32(A_DEV_IFINDEX, index));
    return genl.request(get.withoutAck(), NetDevices::deviceOf);
  }

  /**
   * Lists the devices of this network namespace.
   *
   * @return all devices
   * @throws NetlinkException if the dump fails
   */
  public List<Device> devices() throws NetlinkException {
    List<Device> devices = new ArrayList<>();
    try (Dump<GenlMessage> dump = genl.dump(family, CMD_DEV_GET)) {
      for (GenlMessage m : dump.toList()) {
        devices.add(deviceOf(m));
      }
    }
    return devices;
  }

  /**
   * Lists the devices and goes on with what changes.
   *
   * @return devices for {@link #deviceOf}, which must be closed
   * @throws NetlinkException if the kernel refuses
   */
  public GenlSubscription watch() throws NetlinkException {
    return genl.subscribe(GenlRequest.of(family, CMD_DEV_GET), GROUP_MGMT);
  }

  /**
   * Reads a device.
   *
   * @param message an answer, an entry of a dump or a notification
   * @return the device
   * @throws MalformedMessageException if it is none
   */
  public static Device deviceOf(GenlMessage message) {
    Attributes a = message.attributes();
    return new Device(
        a.get(A_DEV_IFINDEX).u32(),
        XdpFeature.of(a.findU64(A_DEV_XDP_FEATURES).orElse(0)),
        a.findU32(A_DEV_XDP_ZC_MAX_SEGS));
  }

  @Override
  public void close() {
    genl.close();
  }

  /**
   * Prints devices.
   *
   * @param args a number, or {@code --monitor} with or without a count
   */
  public static void main(String[] args) {
    String words = String.join(" ", args);
    if (words.equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (!words.matches("|\\d{1,9}|--monitor( \\d{1,9})?")) {
      System.err.print(USAGE);
      System.exit(2);
    }
    try (NetDevices client = open()) {
      if (words.startsWith("--monitor")) {
        monitor(client, args.length == 2 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE);
      } else if (args.length == 1) {
        print("device", client.device(Long.parseLong(words)));
      } else {
        client.devices().forEach(d -> print("device", d));
      }
    } catch (NetlinkException | MalformedMessageException | UnsatisfiedLinkError e) {
      System.err.println("NetDevices: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void monitor(NetDevices client, int count) throws NetlinkException {
    try (GenlSubscription changes = client.watch()) {
      for (int seen = 0; seen < count; ) {
        Event<GenlMessage> event = changes.next();
        if (event instanceof Event.Listed<GenlMessage> listed) {
          print("device", deviceOf(listed.message()));
        } else if (event instanceof Event.Synchronized<GenlMessage>) {
          System.out.println("that is all; now what changes:");
        } else if (event instanceof Event.Gap<GenlMessage> gap) {
          System.out.println("changes were lost, so once more: " + gap.text());
        } else if (event instanceof Event.Notification<GenlMessage> notification) {
          print(changeOf(notification.message()), deviceOf(notification.message()));
          seen++;
        }
      }
    }
  }

  private static String changeOf(GenlMessage message) {
    return switch (message.command()) {
      case CMD_DEV_ADD_NTF -> "added";
      case CMD_DEV_DEL_NTF -> "removed";
      case CMD_DEV_CHANGE_NTF -> "changed";
      default -> "notification " + message.command() + " of";
    };
  }

  private static void print(String what, Device d) {
    System.out.println(what + " " + d.index() + ": XDP " + d.xdpFeatures());
  }
}
