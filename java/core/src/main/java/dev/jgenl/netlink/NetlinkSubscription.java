package dev.jgenl.netlink;

import dev.jgenl.ClosedException;
import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Subscription;
import dev.jgenl.engine.Listing;
import dev.jgenl.engine.OpenReception;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Reception;
import dev.jgenl.engine.Resolving;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of multicast groups of a protocol. Of an {@link Event.Notification} the family
 * is the name of the protocol, such as "route", and the group its number.
 *
 * <pre>{@code
 * int links = 1; // RTNLGRP_LINK of linux/rtnetlink.h
 * int getLink = 18; // RTM_GETLINK
 * List<NetlinkRequest> list = List.of(NetlinkRequest.of(getLink, new byte[16]));
 * try (Netlink route = Netlink.open(Netlink.ROUTE);
 *     NetlinkSubscription watch = route.subscribe(list, links)) {
 *   Event<NetlinkMessage> event = watch.next();
 *   while (event instanceof Event.Listed<NetlinkMessage> link) {
 *     System.out.println("there is " + link.message().attributes(16).get(3).string());
 *     event = watch.next();
 *   }
 * }
 * }</pre>
 *
 * <p>Any thread may join and leave; otherwise as {@link Subscription}.
 */
public final class NetlinkSubscription implements Subscription<NetlinkMessage> {

  /** Open for as long as somebody listens, also where it is forgotten. */
  private final Netlink netlink;

  private final Groups groups;
  private final OpenReception<NetlinkMessage> events;

  NetlinkSubscription(
      Netlink netlink,
      OwnedConnection connection,
      Groups groups,
      @Nullable Listing<NetlinkMessage> listing) {
    this.netlink = netlink;
    this.groups = groups;
    events =
        new OpenReception<>(
            this,
            "a subscription",
            connection,
            new Reception<>(connection, groups),
            listing,
            new Resolving());
  }

  /**
   * Joins another group.
   *
   * @param group its number, 1 or more
   * @throws IllegalArgumentException if it is less than 1
   * @throws KernelException with EINVAL if the protocol has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public void join(int group) throws NetlinkException {
    try {
      groups.join(group);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Leaves a group; notifications that are queued still come.
   *
   * @param group its number, 1 or more; nothing happens if it was not joined
   * @throws IllegalArgumentException if it is less than 1
   * @throws ClosedException if the subscription is closed
   * @throws NetlinkException for any other failure
   */
  public void leave(int group) throws NetlinkException {
    try {
      groups.leave(group);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public Event<NetlinkMessage> next() throws NetlinkException {
    return events.next();
  }

  @Override
  public Optional<Event<NetlinkMessage>> poll(Duration timeout) throws NetlinkException {
    return events.poll(timeout);
  }

  @Override
  public Flow.Publisher<Event<NetlinkMessage>> publisher(Executor executor) {
    return events.publisher(executor);
  }

  @Override
  public void close() {
    events.close();
  }

  /** Names the protocol and its port, and says whether it is closed. */
  @Override
  public String toString() {
    return "subscription of " + netlink + ", " + groups.connection();
  }
}
