package dev.jgenl;

import dev.jgenl.engine.Listing;
import dev.jgenl.engine.OpenReception;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Reception;
import dev.jgenl.engine.Resolving;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one or several groups of families of Generic Netlink. When a family is
 * registered anew, because its module was loaded again, its groups are joined again, behind a
 * {@link Event.Gap}.
 *
 * <pre>{@code
 * try (GenlSubscription families = genl.subscribe(genl.family("nlctrl"), "notify")) {
 *   Optional<Event<GenlMessage>> event = families.poll(Duration.ofMillis(100));
 *   if (event.orElse(null) instanceof Event.Notification<GenlMessage> n) {
 *     System.out.println(n.family() + "/" + n.group() + ": " + n.message());
 *   }
 * }
 * }</pre>
 *
 * <p>A group tells what its family wants to tell. That a link goes up or down, or a device or an
 * address comes or goes, no family does: rtnetlink tells it, which is not Generic Netlink: {@link
 * dev.jgenl.netlink.Netlink}. The group "monitor" of ethtool tells of settings.
 *
 * <p>Any thread may join and leave; otherwise as {@link Subscription}.
 */
public final class GenlSubscription implements Subscription<GenlMessage> {

  /** Open for as long as somebody listens, also where it is forgotten. */
  @SuppressWarnings({"unused", "UnusedVariable"})
  private final Genl genl;

  private final Memberships memberships;
  private final OpenReception<GenlMessage> events;

  GenlSubscription(
      Genl genl,
      OwnedConnection connection,
      Memberships memberships,
      @Nullable Listing<GenlMessage> listing,
      Resolving resolving) {
    this.genl = genl;
    this.memberships = memberships;
    events =
        new OpenReception<>(
            this,
            "a subscription",
            connection,
            new Reception<>(connection, memberships),
            listing,
            resolving);
  }

  /**
   * Joins another group, of the same or of another family.
   *
   * @param family the family
   * @param group the name of the group
   * @throws FamilyNotFoundException if the family is not registered
   * @throws KernelException with ENOENT if the family has no such group, with EPERM if the caller
   *     may not join it
   * @throws NetlinkException for any other failure
   */
  public void join(GenlFamily family, String group) throws NetlinkException {
    try {
      memberships.join(family.name(), Objects.requireNonNull(group, "group"));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Leaves a group; notifications that are queued still come.
   *
   * @param family the family; there is nothing to leave while its module is away
   * @param group the name of the group; nothing happens if it was not joined
   * @throws ClosedException if the subscription is closed
   */
  public void leave(GenlFamily family, String group) throws NetlinkException {
    try {
      memberships.leave(family.name(), Objects.requireNonNull(group, "group"));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public Event<GenlMessage> next() throws NetlinkException {
    return events.next();
  }

  @Override
  public Optional<Event<GenlMessage>> poll(Duration timeout) throws NetlinkException {
    return events.poll(timeout);
  }

  @Override
  public Flow.Publisher<Event<GenlMessage>> publisher(Executor executor) {
    return events.publisher(executor);
  }

  @Override
  public void close() {
    events.close();
  }

  /** Names the groups and its port, and says whether it is closed. */
  @Override
  public String toString() {
    return "subscription to " + memberships;
  }
}
