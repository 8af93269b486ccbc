/**
 * Generic Netlink for Java: the way in which Linux lets programs talk to ethtool, WireGuard, Wi-Fi,
 * taskstats, devlink and any module that registers a family of its own.
 *
 * <p>{@link dev.jgenl.Genl} is the entry point:
 *
 * <pre>{@code
 * int devGet = 1; // NETDEV_CMD_DEV_GET of linux/netdev.h
 * int ifindex = 1; // NETDEV_A_DEV_IFINDEX
 * int xdpFeatures = 3; // NETDEV_A_DEV_XDP_FEATURES
 * try (Genl genl = Genl.open()) {
 *   GenlFamily netdev = genl.family("netdev");
 *   GenlMessage device = genl.request(netdev, devGet, a -> a.putU32(ifindex, 1));
 *   System.out.println(device.attributes().get(xdpFeatures).u64());
 * }
 * }</pre>
 *
 * <p>Links, addresses, routes, the firewall and sockets are other protocols of netlink: {@link
 * dev.jgenl.netlink.Netlink}.
 *
 * <p>What fails for a reason outside of the program is checked: a {@link
 * dev.jgenl.NetlinkException}, such as {@link dev.jgenl.KernelException} for a refusal. Unchecked
 * are
 *
 * <ul>
 *   <li>{@link dev.jgenl.wire.MalformedMessageException}, where a program looks into a message for
 *       an attribute that is not there or of another length; thrown within the reader that is
 *       handed to a request, it comes out as {@link dev.jgenl.ProtocolException}
 *   <li>{@link java.io.UncheckedIOException} around a {@code NetlinkException}, from the iterator
 *       and the stream of a {@link dev.jgenl.Dump}, which have no other way
 *   <li>{@link UnsatisfiedLinkError} from {@link dev.jgenl.Genl#open()}, where the native library
 *       cannot be loaded; its message names the remedy
 *   <li>{@link IllegalArgumentException} and {@link IllegalStateException} for a mistake of the
 *       program: a value out of range, a message used after the call that lent it
 * </ul>
 */
@NullMarked
package dev.jgenl;

import org.jspecify.annotations.NullMarked;
