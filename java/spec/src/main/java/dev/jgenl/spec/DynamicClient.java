package dev.jgenl.spec;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.transport.Transport;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of every family that has a spec, by the names of the spec.
 *
 * <pre>{@code
 * try (DynamicClient client = DynamicClient.open(NetlinkOptions.DEFAULTS, Specs.bundled())) {
 *   DynamicFamily ethtool = client.family("ethtool");
 *   Value rings = ethtool.request("rings-get", Value.parse("{header: {dev-name: eth0}}"));
 *   System.out.println(rings.at("rx").asLong() + " " + rings.toJson());
 * }
 * }</pre>
 *
 * <p>Safe to share between threads. What is needed of {@link Genl} and {@link Netlink} is opened
 * when it is asked for; in which network namespace is settled by the options, or by the thread that
 * asks first. Must be closed, which ends the waits of all threads.
 */
public final class DynamicClient implements AutoCloseable {

  private final NetlinkOptions options;
  private final Specs specs;
  private final Transport.@Nullable Factory sockets;
  private final Map<Integer, Netlink> protocols = new HashMap<>();
  private final Map<String, DynamicFamily> families = new HashMap<>();
  private @Nullable Genl genl;
  private boolean closed;

  private DynamicClient(NetlinkOptions options, Specs specs, Transport.@Nullable Factory sockets) {
    this.options = options;
    this.specs = specs;
    this.sockets = sockets;
  }

  /**
   * Opens.
   *
   * @param options time limits and the like
   * @param specs what is known of families
   * @return an open instance
   */
  public static DynamicClient open(NetlinkOptions options, Specs specs) {
    return new DynamicClient(options, specs, null);
  }

  /**
   * Opens with sockets of another make, such as those of a scripted kernel.
   *
   * @param options time limits and the like
   * @param specs what is known of families
   * @param sockets opens them
   * @return an open instance
   */
  public static DynamicClient open(NetlinkOptions options, Specs specs, Transport.Factory sockets) {
    return new DynamicClient(options, specs, sockets);
  }

  /**
   * Returns what is known of families.
   *
   * @return as it was given
   */
  public Specs specs() {
    return specs;
  }

  /**
   * Returns a family.
   *
   * @param name of the spec, or that by which the kernel knows it
   * @return the family, which needs no closing
   * @throws IllegalArgumentException if no spec has the name; the message says which there are
   * @throws dev.jgenl.FamilyNotFoundException if the kernel does not have the family
   * @throws IllegalStateException if this is closed
   * @throws NetlinkException if the kernel cannot be asked
   */
  public DynamicFamily family(String name) throws NetlinkException {
    Family model = specs.family(name);
    synchronized (this) {
      DynamicFamily known = families.get(model.name());
      if (known != null) {
        return known;
      }
    }
    // The kernel is asked without the lock, so that close() need not wait.
    DynamicFamily family = open(model);
    synchronized (this) {
      requireOpen();
      families.putIfAbsent(model.name(), family);
      return families.get(model.name());
    }
  }

  private DynamicFamily open(Family model) throws NetlinkException {
    return model.protocol() instanceof Protocol.Raw raw
        ? DynamicFamily.of(model, netlink(raw.number()))
        : DynamicFamily.of(model, genl());
  }

  private synchronized Genl genl() throws NetlinkException {
    requireOpen();
    Genl opened = genl == null ? openGenl() : genl;
    genl = opened;
    return opened;
  }

  private synchronized Netlink netlink(int protocol) throws NetlinkException {
    requireOpen();
    Netlink netlink = protocols.get(protocol);
    if (netlink == null) {
      netlink = openNetlink(protocol);
      protocols.put(protocol, netlink);
    }
    return netlink;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
  }

  private Genl openGenl() throws NetlinkException {
    return sockets == null ? Genl.open(options) : Genl.open(options, sockets);
  }

  private Netlink openNetlink(int protocol) throws NetlinkException {
    return sockets == null
        ? Netlink.open(protocol, options)
        : Netlink.open(protocol, options, sockets);
  }

  /** Closes it, its dumps and subscriptions. More than once does no harm. */
  @Override
  public synchronized void close() {
    closed = true;
    protocols.values().forEach(Netlink::close);
    protocols.clear();
    families.clear();
    if (genl != null) {
      genl.close();
      genl = null;
    }
  }

  @Override
  public String toString() {
    return "a client of " + specs.names().size() + " families";
  }
}
