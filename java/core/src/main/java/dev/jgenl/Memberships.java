package dev.jgenl;

import dev.jgenl.engine.Decoder;
import dev.jgenl.engine.Failures;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Reception;
import dev.jgenl.engine.Resolving;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which groups of which families a connection is a member of. When a family is registered anew its
 * memberships are gone, whatever its numbers: all are joined again, and that is tried until it
 * succeeds.
 *
 * <p>The connection is a member of the controller's group as well, so that it hears of families in
 * the order of its events. Safe to share between threads.
 */
final class Memberships implements Reception.Hearer<GenlMessage> {

  private static final Decoder<GenlMessage> DECODER = GenlMessage::new;

  private static final int CMD_NEWFAMILY = 1;
  private static final int CMD_DELFAMILY = 2;
  private static final int FAMILY_ID = 1;
  private static final int FAMILY_NAME = 2;

  /** {@code genl_bind()} in {@code net/netlink/genetlink.c}. */
  private static final String PRIVILEGE =
      "; the family asks for CAP_NET_ADMIN or CAP_SYS_ADMIN in the user namespace that owns the"
          + " network namespace";

  /** A family, and those of its groups that were joined, with their numbers. */
  private static final class Joined {
    GenlFamily family;
    final Map<String, Integer> groups = new HashMap<>();

    /** It may have been registered anew since. */
    boolean doubtful;

    /** The subscriber was told that it cannot be joined again. */
    boolean told;

    Joined(GenlFamily family) {
      this.family = family;
    }
  }

  private final OwnedConnection connection;
  private final Families families;
  private final Resolving resolving;

  /** How long the controller is waited for, in nanoseconds. */
  private final long timeout;

  private final Map<String, Joined> all = new HashMap<>();

  /**
   * By their numbers, also by those that they have no longer: what was sent under them may come.
   */
  private final Map<Integer, GenlFamily> known = new ConcurrentHashMap<>();

  private boolean hearsController;

  /** Whether the user wants the controller's notifications too. */
  private boolean controllerWanted;

  Memberships(OwnedConnection connection, Families families, Resolving resolving, long timeout) {
    this.connection = connection;
    this.families = families;
    this.resolving = resolving;
    this.timeout = timeout;
  }

  /** Joins a group. */
  void join(String family, String group) throws NetlinkException {
    hearController();
    // Asked behind that, so that no change in between is missed.
    GenlFamily now = families.ask(family, timeout, resolving);
    int id = join(now, group);
    known.put(now.id(), now);
    synchronized (this) {
      Joined joined = all.computeIfAbsent(family, f -> new Joined(now));
      joined.doubtful |= joined.family.id() != now.id();
      joined.groups.put(group, id);
      controllerWanted |= id == Controller.NOTIFY_GROUP;
    }
  }

  /** Leaves a group; nothing happens if it was not joined, or its family is away. */
  void leave(String family, String group) throws NetlinkException {
    int id = numberToLeave(family, group);
    int err = id == 0 ? 0 : connection.leave(id);
    // A group that is gone with its family cannot be left, and need not be.
    if (err < 0 && err != -Errno.EINVAL.number() && err != -Errno.ENOENT.number()) {
      throw Failures.system("leave " + describe(group, family), -err);
    }
    forget(family, group);
  }

  /** Returns the number of a group that the kernel is to be told of, or 0. */
  private synchronized int numberToLeave(String family, String group) {
    Joined joined = all.get(family);
    Integer id = joined == null ? null : joined.groups.get(group);
    if (id == null || id == Controller.NOTIFY_GROUP) {
      return 0;
    }
    // While its family is away, another may have been given the number.
    long holders =
        all.values().stream().flatMap(j -> j.groups.values().stream()).filter(id::equals).count();
    return holders > 1 ? 0 : id;
  }

  private synchronized void forget(String family, String group) {
    Joined joined = all.get(family);
    Integer id = joined == null ? null : joined.groups.remove(group);
    if (joined != null && joined.groups.isEmpty()) {
      all.remove(family);
    }
    if (id != null && id == Controller.NOTIFY_GROUP) {
      controllerWanted = false;
    }
  }

  @Override
  public synchronized boolean isUnsettled() {
    return all.values().stream().anyMatch(joined -> joined.doubtful);
  }

  /** Joins again what may have been registered anew. */
  @Override
  public @Nullable Event<GenlMessage> settle(long patience) throws NetlinkException {
    Joined joined = nextDoubtful();
    if (joined == null) {
      return null;
    }
    String name = joined.family.name();
    try {
      GenlFamily now = families.ask(name, Math.min(patience, timeout), resolving);
      if (now.id() == joined.family.id()) {
        return null;
      }
      rejoin(joined, now);
      joined.told = false;
      return new Event.Gap<>(
          Event.Reason.RELOADED,
          "family '"
              + Printable.escape(name)
              + "' was registered anew: its groups were joined again");
    } catch (FamilyNotFoundException e) {
      // The controller will tell when it comes back.
      return null;
    } catch (ClosedException | RequestInterruptedException e) {
      doubt(joined);
      throw e;
    } catch (NetlinkException e) {
      doubt(joined);
      boolean early = e instanceof RequestTimeoutException && patience < timeout;
      if (joined.told || early) {
        return null;
      }
      joined.told = true;
      return new Event.Gap<>(
          Event.Reason.NOT_REJOINED,
          "family '"
              + Printable.escape(name)
              + "' cannot be joined again, which is tried on: "
              + e.getMessage());
    }
  }

  @Override
  public @Nullable Event<GenlMessage> heard(MessageReader message, int group) {
    GenlFamily family = known.get(message.type());
    if (family == null) {
      family = families.known(message.type());
    }
    GenlMessage copy = DECODER.copy(message, family.headerLength());
    if (group == Controller.NOTIFY_GROUP) {
      hearOfFamily(copy);
      if (!isControllerWanted()) {
        return null;
      }
    }
    return new Event.Notification<>(copy, family.name(), groupName(group).orElse(""));
  }

  @Override
  public synchronized void lost() {
    all.values().forEach(joined -> joined.doubtful = true);
  }

  /** News of a number that is not joined, or not any more, is old. */
  private synchronized void hearOfFamily(GenlMessage message) {
    if (message.command() != CMD_NEWFAMILY && message.command() != CMD_DELFAMILY) {
      return;
    }
    Joined joined = all.get(message.attributes().get(FAMILY_NAME).string());
    if (joined != null) {
      boolean same = message.attributes().get(FAMILY_ID).u16() == joined.family.id();
      if (message.command() == CMD_NEWFAMILY) {
        joined.doubtful |= !same;
      } else if (same) {
        // Nothing is asked before it is back: that could load its module.
        joined.doubtful = false;
      }
    }
  }

  private synchronized boolean isControllerWanted() {
    return controllerWanted;
  }

  private synchronized Optional<String> groupName(int group) {
    return all.values().stream()
        .flatMap(joined -> joined.groups.entrySet().stream())
        .filter(entry -> entry.getValue() == group)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Names the groups, and the connection. */
  @Override
  public synchronized String toString() {
    String groups =
        all.values().stream()
            .flatMap(j -> j.groups.keySet().stream().map(g -> j.family.name() + "/" + g))
            .sorted()
            .collect(Collectors.joining(", "));
    return (groups.isEmpty() ? "no group" : Printable.escape(groups)) + ", " + connection;
  }

  private synchronized @Nullable Joined nextDoubtful() {
    for (Joined joined : all.values()) {
      if (joined.doubtful) {
        joined.doubtful = false;
        return joined;
      }
    }
    return null;
  }

  private synchronized void doubt(Joined joined) {
    joined.doubtful = true;
  }

  private void rejoin(Joined joined, GenlFamily now) throws NetlinkException {
    Map<String, Integer> groups;
    synchronized (this) {
      groups = new HashMap<>(joined.groups);
    }
    for (String group : groups.keySet()) {
      int id = join(now, group);
      synchronized (this) {
        joined.groups.replace(group, id);
      }
    }
    known.put(now.id(), now);
    joined.family = now;
  }

  private int join(GenlFamily family, String group) throws NetlinkException {
    int id = family.group(group).map(MulticastGroup::id).orElse(0);
    if (id == 0) {
      List<String> there = family.groups().stream().map(g -> Printable.escape(g.name())).toList();
      throw new KernelException(
          "join "
              + describe(group, family.name())
              + ", which has "
              + (there.isEmpty() ? "no groups" : there),
          Errno.ENOENT.number());
    }
    int err = connection.join(id);
    if (err < 0) {
      String what = "join " + describe(group, family.name());
      throw Failures.system(what, -err, err == -Errno.EPERM.number() ? PRIVILEGE : "");
    }
    return id;
  }

  private void hearController() throws NetlinkException {
    synchronized (this) {
      if (hearsController) {
        return;
      }
    }
    int err = connection.join(Controller.NOTIFY_GROUP);
    if (err < 0) {
      throw Failures.system("join the controller's notifications", -err);
    }
    synchronized (this) {
      hearsController = true;
    }
  }

  private static String describe(String group, String family) {
    return "group '" + Printable.escape(group) + "' of family '" + Printable.escape(family) + "'";
  }
}
