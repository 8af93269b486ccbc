package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.Event;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;

/** A subscription as a publisher, by the rules of Reactive Streams. */
class PublisherTest extends Scripted {

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private GenlSubscription subscription;

  @BeforeEach
  void subscribe() throws NetlinkException {
    subscription = genl.subscribe(demo, "events");
  }

  @AfterEach
  void shutDown() throws InterruptedException {
    genl.close();
    executor.shutdownNow();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  /** The kit is written for TestNG, of which no more is used than its annotations. */
  @TestFactory
  @DisplayName("T48 the rules of Reactive Streams")
  Stream<DynamicTest> rules() {
    List<Method> rules = rules(FlowPublisherVerification.class);
    assertThat(rules).hasSizeGreaterThan(30);
    return rules.stream()
        .map(rule -> DynamicTest.dynamicTest("T48 " + rule.getName(), () -> verify(rule)));
  }

  private static List<Method> rules(Class<?> kit) {
    return Arrays.stream(kit.getMethods())
        .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private void verify(Method rule) throws Throwable {
    Verification verification = new Verification();
    verification.setUp();
    try {
      rule.invoke(verification);
    } catch (InvocationTargetException e) {
      boolean mayBeSkipped = !rule.getName().startsWith("required_");
      if (mayBeSkipped && e.getCause() instanceof SkipException skipped) {
        throw new TestAbortedException(skipped.getMessage());
      }
      throw e.getCause();
    }
  }

  private final class Verification extends FlowPublisherVerification<Event<GenlMessage>> {

    Verification() {
      super(new TestEnvironment(2000, 30), 5000);
    }

    @Override
    public Flow.Publisher<Event<GenlMessage>> createFlowPublisher(long elements) {
      return new Finite(another(), elements);
    }

    @Override
    public Flow.Publisher<Event<GenlMessage>> createFailedFlowPublisher() {
      GenlSubscription taken = another();
      taken.publisher(executor).subscribe(new Recorder());
      return taken.publisher(executor);
    }
  }

  private GenlSubscription another() {
    try {
      return genl.subscribe(demo, "events");
    } catch (NetlinkException e) {
      throw new AssertionError(e);
    }
  }

  /** So many events, one after the other, and then the end of the subscription. */
  private final class Finite implements Flow.Publisher<Event<GenlMessage>> {

    private final GenlSubscription source;
    private long left;

    Finite(GenlSubscription source, long elements) {
      this.source = source;
      left = elements;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Event<GenlMessage>> subscriber) {
      var publisher = source.publisher(executor);
      if (subscriber == null) {
        publisher.subscribe(null);
      }
      feed();
      publisher.subscribe(
          new Flow.Subscriber<Event<GenlMessage>>() {
            @Override
            public void onSubscribe(Flow.Subscription s) {
              subscriber.onSubscribe(s);
            }

            @Override
            public void onNext(Event<GenlMessage> event) {
              left--;
              feed();
              subscriber.onNext(event);
            }

            @Override
            public void onError(Throwable error) {
              subscriber.onError(error);
            }

            @Override
            public void onComplete() {
              subscriber.onComplete();
            }
          });
    }

    private void feed() {
      if (left == 0) {
        source.close();
      } else {
        PublisherTest.this.notify("events", left);
      }
    }
  }

  @Test
  @DisplayName("T48 null as a subscriber is refused, and changes nothing")
  void nullIsRefused() throws Exception {
    Flow.Publisher<Event<GenlMessage>> publisher = subscription.publisher(executor);
    assertThatThrownBy(() -> publisher.subscribe(null)).isInstanceOf(NullPointerException.class);
    Recorder recorder = new Recorder();
    publisher.subscribe(recorder);
    recorder.demand().request(1);
    notify("events", 1);

    assertThat(recorder.take()).isEqualTo("event 1");
  }

  @Test
  @DisplayName("T48 a second subscriber, of this or another publisher, gets an error")
  void secondSubscriberGetsAnError() throws Exception {
    Flow.Publisher<Event<GenlMessage>> publisher = subscription.publisher(executor);
    Recorder first = new Recorder();
    publisher.subscribe(first);
    for (var other : List.of(publisher, subscription.publisher(executor))) {
      Recorder second = new Recorder();
      other.subscribe(second);
      second.demand().request(1);
      second.demand().cancel();
      assertThat(second.take()).contains("IllegalStateException");
    }

    first.demand().request(1);
    notify("events", 1);
    assertThat(first.take()).isEqualTo("event 1");
  }

  @Test
  @DisplayName("T48 an Error in onNext closes the subscription, and nothing more is delivered")
  void errorInOnNextCloses() throws Exception {
    Recorder recorder =
        new Recorder() {
          @Override
          public void onNext(Event<GenlMessage> event) {
            super.onNext(event);
            throw new OutOfMemoryError("of the subscriber");
          }
        };
    int before = kernel.openSockets();
    BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    subscription
        .publisher(
            task ->
                executor.execute(
                    () -> {
                      try {
                        task.run();
                      } catch (Throwable e) {
                        thrown.add(e);
                      }
                    }))
        .subscribe(recorder);
    recorder.demand().request(10);
    notify("events", 1, 2);

    assertThat(recorder.take()).isEqualTo("event 1");
    assertThat(thrown.poll(5, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
    assertThat(recorder.seen).isEmpty();
    assertThat(kernel.openSockets()).isEqualTo(before - 1);
    assertThatThrownBy(subscription::next).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T48 a request for nothing is an error, and closes the subscription")
  void requestForNothingIsAnError() throws Exception {
    Recorder recorder = new Recorder();
    subscription.publisher(executor).subscribe(recorder);
    recorder.demand().request(0);

    assertThat(recorder.take()).contains("IllegalArgumentException").contains("3.9");
    assertThatThrownBy(subscription::next).isInstanceOf(ClosedException.class);
  }

  @Test
  @DisplayName("T48 cancelling closes the subscription, and nothing more is delivered")
  void cancelCloses() throws Exception {
    Recorder recorder = new Recorder();
    subscription.publisher(executor).subscribe(recorder);
    recorder.demand().request(1);
    recorder.demand().cancel();
    recorder.demand().cancel();
    recorder.demand().request(1);

    assertThatThrownBy(subscription::next).isInstanceOf(ClosedException.class);
    executor.shutdown();
    assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    assertThat(recorder.seen).isEmpty();
  }

  @Test
  @DisplayName("T48 cancelling ends the wait of its thread at once")
  void cancelEndsTheWait() throws Exception {
    Recorder recorder = new Recorder();
    subscription.publisher(executor).subscribe(recorder);
    recorder.demand().request(1);
    recorder.demand().cancel();
    executor.shutdown();

    assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("T48 an executor that refuses: the subscriber is told, after onSubscribe")
  void executorThatRefuses() throws Exception {
    ExecutorService gone = Executors.newSingleThreadExecutor();
    gone.shutdown();
    Recorder recorder = new Recorder();
    subscription.publisher(gone).subscribe(recorder);

    assertThat(recorder.demand()).isNotNull();
    assertThat(recorder.take()).contains("RejectedExecutionException");
  }

  @Test
  @DisplayName("T48 an executor that refuses later: the subscriber is told")
  void executorThatRefusesLater() throws Exception {
    ExecutorService gone = Executors.newSingleThreadExecutor();
    Recorder recorder = new Recorder();
    subscription.publisher(gone).subscribe(recorder);
    recorder.demand();
    gone.shutdown();
    assertThat(gone.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    recorder.demand().request(1);

    assertThat(recorder.take()).contains("RejectedExecutionException");
  }

  @Test
  @DisplayName("T48 a failed list is an error")
  void failedListIsAnError() throws Exception {
    family.onDump(COMMAND, (request, answer) -> answer.refuse(16));
    Recorder recorder = new Recorder();
    genl.subscribe(ask(0), "events").publisher(executor).subscribe(recorder);
    recorder.demand().request(1);

    assertThat(recorder.take()).contains("EBUSY");
  }

  @Test
  @DisplayName("T48 an executor that runs in the calling thread")
  void executorThatRunsInTheCallingThread() throws Exception {
    notify("events", 1, 2);
    Recorder recorder =
        new Recorder() {
          @Override
          public void onSubscribe(Flow.Subscription s) {
            super.onSubscribe(s);
            s.request(2);
          }

          @Override
          public void onNext(Event<GenlMessage> event) {
            super.onNext(event);
            if (seen.size() == 2) {
              subscription.close();
            }
          }
        };
    subscription.publisher(Runnable::run).subscribe(recorder);

    assertThat(recorder.seen).containsExactly("event 1", "event 2");
  }

  private static class Recorder implements Flow.Subscriber<Event<GenlMessage>> {

    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> demand = new CompletableFuture<>();

    Flow.Subscription demand() throws Exception {
      return demand.get(5, TimeUnit.SECONDS);
    }

    String take() throws InterruptedException {
      String taken = seen.poll(5, TimeUnit.SECONDS);
      assertThat(taken).as("what the subscriber is told").isNotNull();
      return taken;
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
      demand.complete(s);
    }

    @Override
    public void onNext(Event<GenlMessage> event) {
      seen.add(show(event));
    }

    @Override
    public void onError(Throwable error) {
      seen.add(error.toString());
    }

    @Override
    public void onComplete() {
      seen.add("complete");
    }
  }
}
