package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import dev.jgenl.DumpInterruptedException;
import dev.jgenl.DumpPolicy;
import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestInterruptedException;
import dev.jgenl.RequestTimeoutException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of a subscription that lists, then watches: a dump that is read anew whenever something
 * was lost. One that fails is begun again, at once and then ever less often, and what it fails by
 * is told once.
 *
 * <p>One thread at a time reads; any thread may close, which ends a wait.
 *
 * @param <M> the type of the messages
 */
public final class Listing<M> implements AutoCloseable {

  /** The first pause behind a list that has failed again, and the longest, in nanoseconds. */
  private static final long PAUSE = 100_000_000;

  private static final long PAUSE_MAX = 10_000_000_000L;

  private final Engine engine;
  private final List<Envelope.Source> sources;
  private final Decoder<M> decoder;
  private final DumpPolicy policy;

  private volatile boolean closed;
  private volatile @Nullable DumpReader<M> dump;
  private boolean wanted = true;
  private int retries;

  /** What it has failed by, until it is complete. */
  private @Nullable NetlinkException failure;

  private long pause = PAUSE;
  private @Nullable Deadline pausing;

  /** Which of the sources is read, and whether those before it stayed the same. */
  private int current;

  private boolean consistent = true;

  /**
   * Prepares a list, which is wanted.
   *
   * @param engine has the connections
   * @param sources make the requests, one dump after the other; at least one
   * @param decoder makes the messages
   */
  public Listing(Engine engine, List<Envelope.Source> sources, Decoder<M> decoder) {
    this.engine = engine;
    this.sources = sources;
    this.decoder = decoder;
    policy = engine.settings().dumpPolicy();
    retries = retries();
  }

  /** Has it listed from the start. */
  public void begin() {
    restart();
    wanted = true;
    pausing = null;
  }

  /**
   * Returns how long to do something else, because it has failed.
   *
   * @return nanoseconds; 0 if {@link #next} is to be called, for ever if nothing is wanted
   */
  long pause() {
    if (!wanted) {
      return Deadline.FOREVER;
    }
    return pausing == null ? 0 : pausing.left();
  }

  /**
   * Reads the next entry.
   *
   * @param patience how long to wait, in nanoseconds
   * @return the entry, the end of the list, or a gap where it begins anew; null if patience ran
   *     out, or it has failed as before
   * @throws dev.jgenl.DumpInterruptedException if the list changed, and the policy is neither to
   *     mark it nor to try again
   * @throws NetlinkException for any other failure; the next call lists again
   */
  public @Nullable Event<M> next(long patience) throws NetlinkException {
    pausing = null;
    try {
      return read(patience);
    } catch (ClosedException | RequestInterruptedException e) {
      throw e;
    } catch (NetlinkException e) {
      NetlinkException before = failure;
      failure = e;
      if (before != null) {
        pausing = engine.deadline(pause);
        pause = Math.min(2 * pause, PAUSE_MAX);
      }
      if (before == null || !isSame(before, e)) {
        throw e;
      }
      return null;
    }
  }

  /** That the list changed is told each time, where that is the policy. */
  private static boolean isSame(NetlinkException before, NetlinkException now) {
    if (now instanceof KernelException refusal && before instanceof KernelException refused) {
      return refusal.errno() == refused.errno();
    }
    return now.getClass() == before.getClass() && !(now instanceof DumpInterruptedException);
  }

  private @Nullable Event<M> read(long patience) throws NetlinkException {
    boolean going = false;
    try {
      DumpReader<M> reader = dump != null ? dump : start(patience);
      if (reader == null) {
        abandon();
        going = true;
        return null;
      }
      M message = reader.read(patience);
      if (message != null) {
        going = true;
        return new Event.Listed<>(message);
      }
      going = !reader.isDone() || isFollowed(reader);
      return going ? null : end(reader);
    } finally {
      if (!going) {
        restart();
      }
    }
  }

  /** Goes on to the next dump, if there is one. */
  private boolean isFollowed(DumpReader<M> reader) {
    consistent &= reader.isConsistent();
    boolean isLast = current + 1 == sources.size();
    if (isLast || !(consistent || policy.marks())) {
      return false;
    }
    current++;
    dump = null;
    return true;
  }

  /** Ends it, and a wait. */
  @Override
  public void close() {
    closed = true;
    abandon();
  }

  /** Sends the request; null if the controller did not say within that time whereto. */
  private @Nullable DumpReader<M> start(long patience) throws NetlinkException {
    DumpReader<M> reader = engine.dump(sources.get(current), decoder);
    dump = reader;
    if (closed) {
      throw Failures.closed();
    }
    try {
      reader.start(patience);
      return reader;
    } catch (RequestTimeoutException e) {
      if (patience < engine.settings().timeout()) {
        return null;
      }
      throw e;
    }
  }

  private Event<M> end(DumpReader<M> reader) throws NetlinkException {
    if (consistent || policy.marks()) {
      wanted = false;
      retries = retries();
      failure = null;
      pause = PAUSE;
      return new Event.Synchronized<>(consistent);
    }
    if (retries-- > 0) {
      return new Event.Gap<>(
          Event.Reason.LIST_CHANGED, "the list changed while it was read: it is listed anew");
    }
    retries = retries();
    throw reader.inconsistent(List.of());
  }

  private int retries() {
    return policy.retries();
  }

  private void restart() {
    current = 0;
    consistent = true;
    abandon();
  }

  private void abandon() {
    DumpReader<M> reader = dump;
    if (reader != null) {
      reader.close();
      dump = null;
    }
  }
}
