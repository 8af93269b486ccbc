package dev.jgenl;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a subscription as far as its one subscriber requests. */
final class SubscriptionPublisher implements Flow.Publisher<Subscription.Event> {

  private final Subscription source;
  private final Executor executor;
  private final AtomicBoolean taken = new AtomicBoolean();

  SubscriptionPublisher(Subscription source, Executor executor) {
    this.source = source;
    this.executor = executor;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Subscription.Event> subscriber) {
    if (taken.compareAndSet(false, true)) {
      Demand demand = new Demand(subscriber);
      executor.execute(() -> subscriber.onSubscribe(demand));
    } else {
      executor.execute(() -> refuse(subscriber));
    }
  }

  private static void refuse(Flow.Subscriber<? super Subscription.Event> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    subscriber.onError(new IllegalStateException("this publisher has a subscriber already"));
  }

  /** What the subscriber has requested and not yet received; one task at a time serves it. */
  private final class Demand implements Flow.Subscription {

    private final Flow.Subscriber<? super Subscription.Event> subscriber;
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean ended;

    Demand(Flow.Subscriber<? super Subscription.Event> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        end(() -> subscriber.onError(new IllegalArgumentException("request of " + n)));
        return;
      }
      long before = requested.getAndUpdate(r -> r + n < 0 ? Long.MAX_VALUE : r + n);
      if (before == 0 && !ended) {
        executor.execute(this::serve);
      }
    }

    @Override
    public void cancel() {
      end(() -> {});
    }

    private void serve() {
      long served = 0;
      long left = requested.get();
      while (left > 0 && !ended) {
        try {
          subscriber.onNext(source.next());
        } catch (ClosedException e) {
          end(subscriber::onComplete);
          return;
        } catch (NetlinkException | RuntimeException e) {
          end(() -> subscriber.onError(e));
          return;
        }
        served++;
        if (--left == 0) {
          // Only when all is served another request() starts a task.
          left = requested.addAndGet(-served);
          served = 0;
        }
      }
    }

    private void end(Runnable signal) {
      if (!ended) {
        ended = true;
        source.close();
        signal.run();
      }
    }
  }
}
