/**
 * Netlink protocols beside Generic Netlink: links, addresses and routes ({@code NETLINK_ROUTE}),
 * the firewall ({@code NETLINK_NETFILTER}), sockets ({@code NETLINK_SOCK_DIAG}), and any other that
 * speaks in messages with {@code nlmsghdr}. There is no family to find by name: a message has a
 * type, a header of the protocol's own, and attributes.
 */
@NullMarked
package dev.jgenl.netlink;

import org.jspecify.annotations.NullMarked;
