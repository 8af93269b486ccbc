/**
 * Generic Netlink for Java: the way in which Linux lets programs talk to ethtool, WireGuard, Wi-Fi,
 * taskstats, devlink and any module that registers a family of its own.
 *
 * <p>{@link dev.jgenl.Genl} is the entry point:
 *
 * <pre>{@code
 * try (Genl genl = Genl.open()) {
 *   GenlFamily netdev = genl.family("netdev");
 *   GenlMessage device = genl.request(netdev, DEV_GET, a -> a.putU32(IFINDEX, 1));
 *   System.out.println(device.attributes().get(XDP_FEATURES).u64());
 * }
 * }</pre>
 *
 * <p>Every failure is a {@link dev.jgenl.NetlinkException}.
 */
@NullMarked
package dev.jgenl;

import org.jspecify.annotations.NullMarked;
