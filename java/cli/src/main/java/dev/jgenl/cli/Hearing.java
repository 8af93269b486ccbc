package dev.jgenl.cli;

import dev.jgenl.ClosedException;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.Message;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Subscription;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkSubscription;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Subscriptions to many groups, of several protocols, and what they tell. */
final class Hearing implements AutoCloseable {

  /** Opens sockets, each time others. */
  interface Sockets {
    Transport.Factory open() throws NetlinkException;
  }

  /** A protocol, and what there is to be closed. */
  private record Source(int protocol, Subscription<? extends Message> subscription) {}

  private static final int GENERIC = 16;
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final NetlinkOptions options;
  private final Sockets sockets;
  private final List<Runnable> closers = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Object turn = new Object();
  private volatile boolean ended;

  private Hearing(NetlinkOptions options, Sockets sockets) {
    this.options = options;
    this.sockets = sockets;
  }

  /**
   * Joins groups.
   *
   * @param lenient whether to go on without those that the kernel refuses
   */
  static Hearing open(NetlinkOptions options, Sockets sockets, GroupNames groups, boolean lenient)
      throws NetlinkException {
    Hearing hearing = new Hearing(options, sockets);
    try {
      hearing.joinGeneric(groups.generic(), lenient);
      for (Map.Entry<Integer, Map<Integer, GroupNames.RawGroup>> e : groups.raw().entrySet()) {
        hearing.joinRaw(e.getKey(), e.getValue(), lenient);
      }
      return hearing;
    } catch (NetlinkException | RuntimeException | Error e) {
      hearing.close();
      throw e;
    }
  }

  private void joinGeneric(Map<GenlFamily, Set<String>> groups, boolean lenient)
      throws NetlinkException {
    if (groups.isEmpty()) {
      return;
    }
    Genl genl = Genl.open(options, sockets.open());
    closers.add(genl::close);
    @Nullable GenlSubscription subscription = null;
    for (Map.Entry<GenlFamily, Set<String>> entry : groups.entrySet()) {
      for (String group : entry.getValue()) {
        try {
          if (subscription == null) {
            subscription = genl.subscribe(entry.getKey(), group);
            sources.add(new Source(GENERIC, subscription));
          } else {
            subscription.join(entry.getKey(), group);
          }
        } catch (KernelException e) {
          refuse(entry.getKey().name() + ":" + group, e, lenient);
        }
      }
    }
  }

  private void joinRaw(int protocol, Map<Integer, GroupNames.RawGroup> groups, boolean lenient)
      throws NetlinkException {
    Netlink netlink;
    try {
      netlink = Netlink.open(protocol, options, sockets.open());
    } catch (KernelException e) {
      refuse("protocol " + protocol, e, lenient);
      return;
    }
    closers.add(netlink::close);
    @Nullable NetlinkSubscription subscription = null;
    for (GroupNames.RawGroup group : groups.values()) {
      try {
        if (subscription == null) {
          subscription = netlink.subscribe(group.number());
          sources.add(new Source(protocol, subscription));
        } else {
          subscription.join(group.number());
        }
      } catch (KernelException e) {
        refuse(group.family() + ":" + group.name(), e, lenient);
      }
    }
  }

  /** What an older kernel lacks is not worth a word among all that there is. */
  private void refuse(String what, KernelException e, boolean lenient) throws KernelException {
    if (!lenient) {
      throw e;
    }
    if (e.error() == Errno.EPERM) {
      refused.add(what);
    }
  }

  /** Returns which groups the caller may not hear. */
  List<String> refused() {
    return refused;
  }

  /** Hears until there is enough, time is over, or something fails. */
  void run(@Nullable Duration duration, Ear ear) throws IOException {
    long end = duration == null ? 0 : System.nanoTime() + duration.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (Source source : sources.subList(Math.min(1, sources.size()), sources.size())) {
      Thread thread = new Thread(() -> hear(source, duration != null, end, ear), "hearing");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    if (!sources.isEmpty()) {
      hear(sources.get(0), duration != null, end, ear);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    rethrow();
  }

  private void rethrow() throws IOException {
    Exception e = failure.get();
    if (e instanceof IOException io) {
      throw io;
    } else if (e instanceof RuntimeException runtime) {
      throw runtime;
    }
  }

  private void hear(Source source, boolean limited, long end, Ear ear) {
    try {
      while (!ended && !(limited && end - System.nanoTime() < 0)) {
        @Nullable Event<? extends Message> event = poll(source, Duration.ZERO);
        if (event == null) {
          synchronized (turn) {
            ear.idle();
          }
          Duration left = limited ? Duration.ofNanos(end - System.nanoTime()) : FOREVER;
          event = left.isNegative() ? null : poll(source, left);
          if (event == null) {
            return;
          }
        }
        tell(source.protocol, event, ear);
      }
    } catch (ClosedException e) {
      // Another thread has heard enough.
      return;
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
      end();
    }
  }

  private static @Nullable Event<? extends Message> poll(Source source, Duration timeout)
      throws NetlinkException {
    return source.subscription.poll(timeout).orElse(null);
  }

  private void tell(int protocol, Event<? extends Message> event, Ear ear) throws IOException {
    boolean more = true;
    synchronized (turn) {
      if (ended) {
        return;
      }
      if (event instanceof Event.Notification<? extends Message> n) {
        more = ear.heard(protocol, n.family(), n.group(), n.message());
      } else if (event instanceof Event.Gap<? extends Message> gap) {
        ear.lost(gap);
      }
      if (!more) {
        ended = true;
      }
    }
    if (!more) {
      end();
    }
  }

  private void end() {
    ended = true;
    for (Source source : sources) {
      source.subscription.close();
    }
  }

  @Override
  public void close() {
    end();
    closers.forEach(Runnable::run);
  }
}
