package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.internal.LibnlTransports;
import dev.jgenl.transport.Datagrams;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.Transport.Purpose;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.MessageWriter;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport on libnl, on the running kernel's controller. */
@Timeout(60)
class TransportIT {

  private static final int GENERIC = 16;
  private static final int CONTROLLER = 16;
  private static final int GETFAMILY = 3;
  private static final int FAMILY_NAME = 2;
  private static final long SECOND = 1_000_000_000;
  private static final long FOR_EVER = Long.MAX_VALUE;

  private LibnlTransports factory;
  private Transport transport;
  private Datagrams datagrams;

  @BeforeEach
  void open() throws TransportException {
    factory = LibnlTransports.inNamespace(null);
    transport = factory.open(GENERIC, Purpose.REQUESTS);
    datagrams = datagrams(transport);
  }

  @AfterEach
  void close() {
    factory.close();
    transport.close();
  }

  @Test
  void requestIsAnswered() {
    assertThat(transport.exchange(request(7), datagrams, 1)).isEqualTo(1);
    assertThat(datagrams.sender(0)).isZero();
    assertThat(datagrams.group(0)).isZero();
    assertThat(sequence()).isEqualTo(7);
  }

  @Test
  @DisplayName("T38 a resolution takes its own answer, whatever was left behind")
  void resolutionTakesItsOwnAnswer() {
    assertThat(transport.send(request(7))).isZero();
    assertThat(transport.resolve("no such family", 8, datagrams, SECOND))
        .isEqualTo(-Errno.ENOENT.number());
    assertThat(transport.send(request(9))).isZero();
    assertThat(transport.resolve("nlctrl", 10, datagrams, SECOND)).isEqualTo(1);
    assertThat(sequence()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\0", "\ud800", "a\udc00"})
  @DisplayName("T56 what is no string of C is refused")
  void namesThatAreNoStringsAreRefused(String name) {
    assertThat(transport.resolve(name, 1, datagrams, SECOND)).isEqualTo(-Errno.EINVAL.number());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 10_000, 1_000_000})
  @DisplayName("T56 a name that is too long is refused")
  void longNamesAreRefused(int length) {
    assertThat(transport.resolve("x".repeat(length), 1, datagrams, SECOND))
        .isEqualTo(-Errno.ENAMETOOLONG.number());
  }

  @Test
  @DisplayName("T56 null and memory of the heap are refused")
  @SuppressWarnings("NullAway")
  void garbageIsRefused() {
    int size = Datagrams.size(1, 4096);
    Datagrams onHeap =
        new Datagrams(ByteBuffer.allocate(size).order(ByteOrder.nativeOrder()), 1, 4096);

    assertThat(transport.resolve(null, 1, datagrams, SECOND)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.resolve("nlctrl", 1, onHeap, SECOND)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.exchange(request(1), onHeap, 1)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.receive(onHeap, 1, SECOND)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.send(new MessageWriter(ByteBuffer.allocate(64))))
        .isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.receive(datagrams, 0, 0)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.receive(datagrams, -1, SECOND)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.join(0)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.join(Integer.MIN_VALUE)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.setBuffers(-1, 0)).isEqualTo(-Errno.EINVAL.number());
    assertThat(transport.allocate(0)).isNull();
    assertThat(transport.allocate(-1)).isNull();
  }

  @Test
  @DisplayName("T57 whatever is called after close, it is EBADF")
  void closedTransportIsEbadf() {
    MessageWriter request = request(1);
    transport.close();
    transport.close();

    assertThat(transport.exchange(request, datagrams, 1)).isEqualTo(-Errno.EBADF.number());
    assertThat(transport.send(request)).isEqualTo(-Errno.EBADF.number());
    assertThat(transport.receive(datagrams, 1, SECOND)).isEqualTo(-Errno.EBADF.number());
    assertThat(transport.resolve("nlctrl", 1, datagrams, SECOND)).isEqualTo(-Errno.EBADF.number());
    assertThat(transport.resolve("", 1, datagrams, SECOND)).isEqualTo(-Errno.EBADF.number());
    assertThat(transport.join(1)).isEqualTo(-Errno.EBADF.number());
    assertThat(transport.leave(1)).isEqualTo(-Errno.EBADF.number());
    assertThat(transport.setBuffers(1, 1)).isEqualTo(-Errno.EBADF.number());
    assertThat(transport.allocate(1)).isNull();
    transport.wake();
  }

  @Test
  void closedFactoryOpensNoneAndLeavesThoseThereAre() {
    factory.close();

    assertThatExceptionOfType(TransportException.class)
        .isThrownBy(() -> factory.open(GENERIC, Purpose.REQUESTS))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBADF.number()));
    assertThat(transport.exchange(request(1), datagrams, 1)).isEqualTo(1);
  }

  @Test
  @DisplayName("T52 a wake before the first wait ends it")
  void wakeBeforeTheFirstWait() {
    transport.wake();

    assertThat(transport.receive(datagrams, 1, FOR_EVER)).isZero();
  }

  @Test
  @DisplayName("T10 a wake by another thread ends a wait")
  void wakeEndsTheWait() {
    CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(transport::wake);

    assertThat(transport.receive(datagrams, 1, FOR_EVER)).isZero();
  }

  @Test
  @DisplayName("T10 an interrupt, before or during a wait, ends it, and the next one waits")
  void interruptEndsTheWait() {
    Thread waiting = Thread.currentThread();
    for (int i = 0; i < 3; i++) {
      waiting.interrupt();
      assertThat(transport.receive(datagrams, 1, FOR_EVER)).isZero();
      assertThat(Thread.interrupted()).isTrue();

      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(waiting::interrupt);
      assertThat(transport.receive(datagrams, 1, FOR_EVER)).isZero();
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(millisOf(() -> transport.receive(datagrams, 1, SECOND / 10))).isGreaterThan(90);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  @DisplayName("T51 no time is no wait")
  void noTimeIsNoWait(long nanos) {
    assertThat(millisOf(() -> transport.receive(datagrams, 1, nanos))).isLessThan(1000);
  }

  @Test
  @DisplayName("T58 a buffer is only ever raised")
  void buffersAreOnlyRaised() {
    int first = transport.setBuffers(0, 0);
    int raised = transport.setBuffers(first, first);

    assertThat(raised).isGreaterThan(first);
    assertThat(transport.setBuffers(first / 2, 1)).isEqualTo(raised);
    assertThat(transport.setBuffers(Integer.MAX_VALUE, Integer.MAX_VALUE))
        .isGreaterThanOrEqualTo(raised);
  }

  @Test
  @DisplayName("T53 descriptors and memory return at close, without the collector")
  void closeFreesEverything() throws Exception {
    openUseAndClose();
    long descriptors = Descriptors.count();
    long before = Held.RESIDENT.now();
    for (int i = 0; i < 3000; i++) {
      openUseAndClose();
    }

    // The JVM opens a few files of its own.
    assertThat(Descriptors.count()).isLessThan(descriptors + 100);
    assertThat(Held.RESIDENT.now() - before).isLessThan(100_000);
  }

  private void openUseAndClose() throws TransportException {
    try (Transport one = factory.open(GENERIC, Purpose.REQUESTS)) {
      ByteBuffer memory = one.allocate(1 << 20);
      memory.putLong(0, 1).putLong((1 << 20) - 8, 1);
      assertThat(one.receive(datagrams(one), 1, 1)).isZero();
    }
  }

  @Test
  @DisplayName("T55 nothing holds the class loader of one that has closed, though others wait on")
  void classLoaderIsNotHeld() throws Exception {
    CompletableFuture<Integer> waits =
        CompletableFuture.supplyAsync(() -> transport.receive(datagrams, 1, FOR_EVER));
    WeakReference<ClassLoader> held = waitInAnApplication();
    for (int i = 0; i < 50 && held.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }

    assertThat(held.get()).isNull();
    transport.wake();
    assertThat(waits.get()).isZero();
  }

  /** Waits, the first of all, in a class and a thread of another class loader. */
  private WeakReference<ClassLoader> waitInAnApplication() throws Exception {
    URL here = Waiter.class.getProtectionDomain().getCodeSource().getLocation();
    URLClassLoader loader = new ApplicationLoader(here);
    @SuppressWarnings("unchecked")
    Callable<Boolean> waiter =
        (Callable<Boolean>)
            loader.loadClass(Waiter.class.getName()).getDeclaredConstructor().newInstance();
    FutureTask<Boolean> task = new FutureTask<>(waiter);
    Thread thread = new Thread(task);
    thread.setContextClassLoader(loader);
    thread.start();
    thread.join();
    assertThat(task.get()).isTrue();
    return new WeakReference<>(loader);
  }

  /** Loads {@link Waiter} itself and all else from its parent. */
  private static final class ApplicationLoader extends URLClassLoader {

    ApplicationLoader(URL url) {
      super(new URL[] {url}, TransportIT.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(Waiter.class.getName()) ? findClass(name) : super.loadClass(name, resolve);
    }
  }

  /** An application that waits, in a virtual thread too where there are any. */
  public static final class Waiter implements Callable<Boolean> {

    private static final InheritableThreadLocal<Object> LOCAL = new InheritableThreadLocal<>();

    /** Called by reflection. */
    public Waiter() {}

    @Override
    public Boolean call() throws Exception {
      LOCAL.set(this);
      try (LibnlTransports factory = LibnlTransports.inNamespace(null);
          Transport transport = factory.open(16, Purpose.REQUESTS)) {
        ByteBuffer memory = transport.allocate(Datagrams.size(1, 4096));
        Datagrams datagrams = new Datagrams(memory, 1, 4096);
        Runnable wait = () -> transport.receive(datagrams, 1, 1);
        wait.run();
        try {
          Class<?> type = Thread.class;
          ((Thread) type.getMethod("startVirtualThread", Runnable.class).invoke(null, wait)).join();
        } catch (NoSuchMethodException e) {
          // A JDK without.
        }
      }
      return true;
    }
  }

  @Test
  @DisplayName("T55 no thread of ours is left after the last close")
  void noThreadIsLeft() throws Exception {
    new Waiter().call();
    transport.close();
    for (int i = 0; i < 100 && threadsOfOurs() > 0; i++) {
      Thread.sleep(20);
    }

    assertThat(threadsOfOurs()).isZero();
  }

  private static long threadsOfOurs() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("jgenl-"))
        .count();
  }

  private MessageWriter request(int sequence) {
    MessageWriter writer = new MessageWriter(transport.allocate(4096));
    writer.begin(CONTROLLER, 1, sequence, 0, GETFAMILY, 1).putString(FAMILY_NAME, "nlctrl");
    writer.end();
    return writer;
  }

  private int sequence() {
    return datagrams.memory().getInt(datagrams.offset(0) + 8);
  }

  private static Datagrams datagrams(Transport transport) {
    @Nullable ByteBuffer memory = transport.allocate(Datagrams.size(1, Datagrams.SLOT_SIZE));
    return new Datagrams(memory, 1, Datagrams.SLOT_SIZE);
  }

  private static long millisOf(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }
}
