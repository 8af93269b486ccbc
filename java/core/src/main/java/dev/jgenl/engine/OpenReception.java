package dev.jgenl.engine;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription or a connection that a user has receives, and what it is closed with; watched
 * over in case that it is forgotten. The methods are those of {@link dev.jgenl.Subscription}.
 */
public final class OpenReception<M> implements AutoCloseable {

  private final Object owner;
  private final OwnedConnection connection;
  private final Reception<M> reception;
  private final @Nullable Listing<M> listing;
  private final Resolving resolving;
  private final Cleaner.Cleanable leak;
  private final AtomicBoolean published = new AtomicBoolean();

  /**
   * Takes over what is open.
   *
   * @param owner what the user has
   * @param what its name for people
   */
  public OpenReception(
      Object owner,
      String what,
      OwnedConnection connection,
      Reception<M> reception,
      @Nullable Listing<M> listing,
      Resolving resolving) {
    this.owner = owner;
    this.connection = connection;
    this.reception = reception;
    this.listing = listing;
    this.resolving = resolving;
    leak = Leaks.watch(owner, what, () -> free(connection, listing, resolving));
  }

  private static boolean free(
      OwnedConnection connection, @Nullable Listing<?> listing, Resolving resolving) {
    boolean open = !connection.isClosed();
    connection.close();
    resolving.close();
    if (listing != null) {
      listing.close();
    }
    return open;
  }

  /** Waits for the next event, for ever. */
  public Event<M> next() throws NetlinkException {
    return Objects.requireNonNull(next(Deadline.FOREVER));
  }

  /** Waits for the next event. */
  public Optional<Event<M>> poll(Duration timeout) throws NetlinkException {
    return Optional.ofNullable(next(Deadline.nanos(timeout)));
  }

  /** Views the events as a publisher for one subscriber. */
  public Flow.Publisher<Event<M>> publisher(Executor executor) {
    return new SubscriptionPublisher<>(this, published, executor);
  }

  @Override
  public void close() {
    free(connection, listing, resolving);
    leak.clean();
  }

  private @Nullable Event<M> next(long nanos) throws NetlinkException {
    try {
      return reception.next(nanos, listing);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }
}
