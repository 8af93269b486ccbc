package dev.jgenl;

import dev.jgenl.internal.Datagrams;
import dev.jgenl.internal.Errno;
import dev.jgenl.internal.LibnlTransport;
import dev.jgenl.internal.Transport;
import dev.jgenl.internal.TransportException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the controller's notifications of families that come and go. Each raises {@link
 * #generation()}, so that a request sees with one read whether what it knows of its family may be
 * out of date.
 *
 * <p>The kernel hands out the numbers of families in turn ({@code idr_alloc_cyclic()} in {@code
 * genl_register_family()}), so one that is freed is given to another family only after a thousand
 * registrations: far later than its notification arrives.
 *
 * <p>All instances of {@link Genl} on this machine's kernel share one watch, a daemon thread with a
 * socket, which ends a while after the last of them is closed.
 */
final class FamilyWatch {

  /** The watch of this machine's kernel. */
  static final FamilyWatch KERNEL = new FamilyWatch(LibnlTransport::open, Duration.ofSeconds(10));

  /** Notifications are small, and only that one came matters. */
  private static final int SLOT_SIZE = 16 * 1024;

  private final Transport.Factory transports;
  private final Duration linger;
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  private volatile int generation;
  private int users;
  private @Nullable Thread thread;
  private @Nullable Transport transport;

  /**
   * Creates a watch that does nothing yet.
   *
   * @param linger how long it goes on without a user, because the next often comes soon
   */
  FamilyWatch(Transport.Factory transports, Duration linger) {
    this.transports = transports;
    this.linger = linger;
  }

  /** Returns a number that changes whenever a family was registered or unregistered. */
  int generation() {
    return generation;
  }

  /** Has an action run, in the watch's thread, whenever {@link #generation()} has changed. */
  void addListener(Runnable listener) {
    listeners.add(listener);
  }

  void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  /** Counts a user; {@link #exit()} must follow. */
  synchronized void enter() throws NetlinkException {
    users++;
    if (thread == null) {
      try {
        start();
      } catch (NetlinkException | RuntimeException | Error e) {
        users--;
        throw e;
      }
    }
  }

  synchronized void exit() {
    users--;
    if (users == 0 && linger.isZero() && transport != null) {
      transport.close();
    }
  }

  /** Joins before the first family is resolved, so that no change is missed. */
  private synchronized void start() throws NetlinkException {
    Transport opened;
    try {
      opened = transports.open(Transport.Purpose.NOTIFICATIONS);
    } catch (TransportException e) {
      throw Failures.system("open a netlink socket", e.errno());
    }
    int err = opened.join(Controller.NOTIFY_GROUP);
    if (err < 0) {
      opened.close();
      throw Failures.system("join the controller's notifications", -err);
    }
    generation++;
    transport = opened;
    thread = new Thread(() -> follow(opened), "jgenl-family-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow(Transport opened) {
    Datagrams datagrams = new Datagrams(1, SLOT_SIZE);
    for (; ; ) {
      int n = opened.receive(datagrams, 1, linger.isZero() ? -1 : linger.toNanos());
      if (n != 0 && opened.isOpen()) {
        // Also if some were lost: then any family may have changed.
        changed();
      }
      boolean broken = n < 0 && n != -Errno.ENOBUFS;
      if (n <= 0 && mayEnd(opened, broken)) {
        return;
      }
    }
  }

  private void changed() {
    synchronized (this) {
      generation++;
    }
    listeners.forEach(Runnable::run);
  }

  private synchronized boolean mayEnd(Transport opened, boolean broken) {
    if (users > 0 && !broken) {
      return false;
    }
    opened.close();
    if (transport == opened) {
      transport = null;
      thread = null;
    }
    return true;
  }
}
