package dev.jgenl;

import dev.jgenl.engine.Engine;
import dev.jgenl.engine.OwnedConnection;
import dev.jgenl.engine.Reception;
import dev.jgenl.engine.Resolving;
import dev.jgenl.transport.Transport.Purpose;
import dev.jgenl.wire.Lease;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the families that were asked for. A request looks here for the number that its
 * family has now: after a module was loaded anew it is another one.
 *
 * <p>There is no thread. A number just resolved is used as it is. For one that is used again later,
 * a socket listens to the controller's notifications, and is read before a request unless that was
 * done within the last millisecond. Numbers are given in turn ({@code idr_alloc_cyclic()} in {@code
 * genl_register_family()}), so one that is out of date fails long before it can reach another
 * family.
 *
 * <p>Safe to share between threads.
 */
final class Families {

  /** Of the controller's answer; no lambda, as everything before the first one. */
  private static final Function<MessageReader, GenlFamily> READER =
      new Function<>() {
        @Override
        public GenlFamily apply(MessageReader m) {
          Lease lease = new Lease(m.buffer());
          int header = Controller.NLCTRL.headerLength();
          return Controller.family(new GenlMessage(lease, m.start(), m.end(), header).attributes());
        }
      };

  private record Known(GenlFamily family, int generation, long resolvedAt) {}

  /** How long a number just resolved is used as it is, in nanoseconds: a whole short program. */
  private static final long FRESH = 100_000_000;

  /** How long nobody listens whether families have changed, in nanoseconds. */
  private static final long GRACE = 1_000_000;

  private final Engine engine;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable OwnedConnection watch;
  private volatile long heardAt;

  /** Changes whenever a family may have come or gone. */
  private final AtomicInteger generation = new AtomicInteger();

  Families(Engine engine) {
    this.engine = engine;
  }

  /** Returns how long an answer is waited for if the request does not say, in nanoseconds. */
  long timeout() {
    return engine.settings().timeout();
  }

  /**
   * Asks the kernel, unless nothing has changed since it was last asked.
   *
   * @param limit how long to wait, in nanoseconds
   * @param resolving knows who may end the wait
   */
  GenlFamily resolve(String name, long limit, @Nullable Resolving resolving)
      throws NetlinkException {
    Known entry = known.get(name);
    if (entry != null && isFresh(entry)) {
      return entry.family;
    }
    if (entry != null && watch == null) {
      startWatching();
    }
    return ask(name, limit, resolving);
  }

  /** Returns the family as it is now. */
  GenlFamily current(GenlFamily family, long limit, @Nullable Resolving resolving)
      throws NetlinkException {
    return family.id() == Controller.ID ? family : resolve(family.name(), limit, resolving);
  }

  /** Asks the kernel. */
  GenlFamily ask(String name, long limit, @Nullable Resolving resolving) throws NetlinkException {
    // Read before the kernel is asked: a change in between is seen by the next request.
    int before = generation.get();
    GenlFamily family = isString(name) ? engine.resolve(name, limit, resolving, READER) : null;
    if (family == null) {
      known.remove(name);
      throw new FamilyNotFoundException(name, WellKnownFamilies.remedy(name));
    }
    if (!family.name().equals(name)) {
      throw new ProtocolException(
          "resolve family '"
              + Printable.escape(name)
              + "': the controller answers for '"
              + Printable.escape(family.name())
              + "'");
    }
    known.put(name, new Known(family, before, engine.nanoTime()));
    return family;
  }

  /**
   * Returns the family if it has another number than a request was sent to; else null.
   *
   * @param since when the request was refused, by {@link Engine#nanoTime()}
   */
  @Nullable GenlFamily changed(
      GenlFamily sent, long since, long limit, @Nullable Resolving resolving)
      throws NetlinkException {
    if (sent.id() == Controller.ID) {
      return null;
    }
    Known entry = known.get(sent.name());
    GenlFamily now =
        entry != null && entry.resolvedAt - since > 0
            ? entry.family
            : ask(sent.name(), limit, resolving);
    return now.id() == sent.id() ? null : now;
  }

  /** Returns the family that has a number, or one without a name. */
  GenlFamily known(int familyId) {
    for (Known entry : known.values()) {
      if (entry.family.id() == familyId) {
        return entry.family;
      }
    }
    return familyId == Controller.ID ? Controller.NLCTRL : Controller.UNKNOWN;
  }

  /** Tells whether C can say the name: no family has another. */
  private static boolean isString(String name) {
    return name.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  private boolean isFresh(Known entry) {
    long now = engine.nanoTime();
    OwnedConnection socket = watch;
    if (socket == null) {
      return now - entry.resolvedAt <= FRESH;
    }
    if (now - heardAt > GRACE) {
      hear(socket, now);
    }
    return entry.generation == generation.get();
  }

  private void hear(OwnedConnection socket, long now) {
    lock.lock();
    try {
      if (socket == watch && now - heardAt > 0) {
        socket.hear(0, () -> false);
        heardAt = now;
      }
    } catch (NetlinkException e) {
      // Without it, a number that is used later is asked for anew.
      stopWatching();
    } finally {
      lock.unlock();
    }
  }

  /** If there is no socket to be had, the kernel is asked each time. */
  private void startWatching() {
    lock.lock();
    try {
      if (watch == null) {
        OwnedConnection socket = engine.own(Purpose.NOTIFICATIONS, 0);
        boolean joined = false;
        try {
          new Reception<GenlMessage>(socket, new Watching());
          joined = socket.join(Controller.NOTIFY_GROUP) == 0;
        } finally {
          if (!joined) {
            socket.close();
          }
        }
        if (joined) {
          heardAt = engine.nanoTime();
          watch = socket;
          generation.incrementAndGet();
        }
      }
    } catch (NetlinkException e) {
      // Without it, a number that is used later is asked for anew.
    } finally {
      lock.unlock();
    }
  }

  private void stopWatching() {
    lock.lock();
    try {
      OwnedConnection socket = watch;
      if (socket != null) {
        watch = null;
        generation.incrementAndGet();
        socket.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whatever the controller says, a family may have another number. */
  private final class Watching implements Reception.Hearer<GenlMessage> {

    @Override
    public @Nullable Event<GenlMessage> heard(MessageReader message, int group) {
      lost();
      return null;
    }

    @Override
    public void lost() {
      generation.incrementAndGet();
    }
  }
}
