package dev.jgenl.engine;

import dev.jgenl.ClosedException;
import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a subscription as far as its one subscriber requests. The rules are those of Reactive
 * Streams, whose kit tests it.
 */
final class SubscriptionPublisher<M> implements Flow.Publisher<Event<M>> {

  /** How long a task waits until it looks whether the subscriber has said something. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final OpenReception<M> source;
  private final AtomicBoolean taken;
  private final Executor executor;

  /**
   * Creates one.
   *
   * @param taken whether the source has a subscriber already
   */
  SubscriptionPublisher(OpenReception<M> source, AtomicBoolean taken, Executor executor) {
    this.source = source;
    this.taken = taken;
    this.executor = executor;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Event<M>> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (taken.compareAndSet(false, true)) {
      new Demand(subscriber).schedule();
    } else {
      subscriber.onSubscribe(new Refused());
      subscriber.onError(new IllegalStateException("the subscription has a subscriber already"));
    }
  }

  private static final class Refused implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  /** What the subscriber has requested and not yet received; one task at a time serves it. */
  private final class Demand implements Flow.Subscription, Runnable {

    /** Null once all is over, so that it can be collected. */
    private volatile Flow.@Nullable Subscriber<? super Event<M>> subscriber;

    private final AtomicLong requested = new AtomicLong();

    /** How often something has changed that the task has not looked at. */
    private final AtomicInteger news = new AtomicInteger();

    private volatile @Nullable IllegalArgumentException wrongRequest;
    private boolean begun;

    Demand(Flow.Subscriber<? super Event<M>> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        wrongRequest =
            new IllegalArgumentException("request of " + n + ", rule 3.9 wants more than 0");
      } else {
        requested.getAndUpdate(r -> r + n < 0 ? Long.MAX_VALUE : r + n);
      }
      schedule();
    }

    @Override
    public void cancel() {
      subscriber = null;
      source.close();
    }

    void schedule() {
      if (news.getAndIncrement() > 0) {
        return;
      }
      try {
        executor.execute(this);
      } catch (RejectedExecutionException e) {
        Flow.Subscriber<? super Event<M>> told = subscriber;
        cancel();
        if (told != null) {
          if (!begun) {
            told.onSubscribe(new Refused());
          }
          told.onError(e);
        }
      }
    }

    @Override
    public void run() {
      int seen = news.get();
      boolean served = false;
      try {
        do {
          serve();
          seen = news.addAndGet(-seen);
        } while (seen > 0);
        served = true;
      } finally {
        // A subscriber that throws has cancelled (rule 2.13).
        if (!served) {
          cancel();
        }
      }
    }

    private void serve() {
      Flow.Subscriber<? super Event<M>> told = subscriber;
      if (told != null && !begun) {
        begun = true;
        told.onSubscribe(this);
      }
      for (told = subscriber; told != null; told = subscriber) {
        IllegalArgumentException wrong = wrongRequest;
        if (wrong != null) {
          cancel();
          told.onError(wrong);
        } else if (requested.get() == 0) {
          return;
        } else {
          serve(told);
        }
      }
    }

    private void serve(Flow.Subscriber<? super Event<M>> told) {
      Optional<Event<M>> event;
      try {
        event = source.poll(LOOK);
      } catch (ClosedException e) {
        if (subscriber != null) {
          cancel();
          told.onComplete();
        }
        return;
      } catch (NetlinkException | RuntimeException e) {
        cancel();
        told.onError(e);
        return;
      } catch (Error e) {
        cancel();
        told.onError(e);
        throw e;
      }
      if (event.isPresent() && subscriber != null) {
        requested.getAndUpdate(r -> r == Long.MAX_VALUE ? r : r - 1);
        told.onNext(event.get());
      }
    }
  }
}
