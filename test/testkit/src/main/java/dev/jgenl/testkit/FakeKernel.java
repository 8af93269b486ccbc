package dev.jgenl.testkit;

import dev.jgenl.Genl;
import dev.jgenl.GenlOptions;
import dev.jgenl.NetlinkException;
import dev.jgenl.internal.Transport;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that does what a test's script says. It registers families, answers the controller's
 * questions about them, and hands requests to the script.
 *
 * <p>Safe to share between threads; a script runs in the thread that sends the request, as the real
 * kernel does.
 */
public final class FakeKernel {

  /** The number of the controller; {@code GENL_ID_CTRL}. */
  static final int CONTROLLER = 16;

  private final Map<Integer, FakeFamily> families = new ConcurrentHashMap<>();
  private final AtomicInteger nextFamily = new AtomicInteger(CONTROLLER + 1);
  private final AtomicInteger nextPort = new AtomicInteger(4000);
  private final AtomicInteger opened = new AtomicInteger();
  private final Queue<FakeTransport> open = new ConcurrentLinkedQueue<>();

  /** Creates a kernel that knows the controller only. */
  public FakeKernel() {
    FakeFamily controller = new FakeFamily("nlctrl", CONTROLLER);
    families.put(CONTROLLER, controller);
    FakeController.install(controller, this);
  }

  /**
   * Registers a family, with the next free number and version 1.
   *
   * @param name its name
   * @return the family, for its script
   */
  public FakeFamily family(String name) {
    FakeFamily family = new FakeFamily(name, nextFamily.getAndIncrement());
    families.put(family.id(), family);
    return family;
  }

  /**
   * Unregisters a family, as unloading its module does.
   *
   * @param family the family
   */
  public void unregister(FakeFamily family) {
    families.remove(family.id());
  }

  /**
   * Connects to this kernel.
   *
   * @return an open instance
   * @throws NetlinkException never, at present
   */
  public Genl open() throws NetlinkException {
    return open(GenlOptions.DEFAULTS);
  }

  /**
   * Connects to this kernel.
   *
   * @param options how the instance behaves
   * @return an open instance
   * @throws NetlinkException never, at present
   */
  public Genl open(GenlOptions options) throws NetlinkException {
    return Genl.open(options, this::openTransport);
  }

  /**
   * Returns how many sockets are open.
   *
   * @return 0 when all that was opened is closed
   */
  public int openSockets() {
    return open.size();
  }

  /**
   * Returns how many sockets were ever opened.
   *
   * @return the number, closed ones included
   */
  public int openedSockets() {
    return opened.get();
  }

  @Nullable FakeFamily familyWithId(int id) {
    return families.get(id);
  }

  @Nullable FakeFamily familyWithName(String name) {
    return families.values().stream().filter(f -> f.name().equals(name)).findFirst().orElse(null);
  }

  void closed(FakeTransport transport) {
    open.remove(transport);
  }

  private FakeTransport openTransport(Transport.Purpose purpose) {
    FakeTransport transport = new FakeTransport(this, nextPort.getAndIncrement());
    opened.incrementAndGet();
    open.add(transport);
    return transport;
  }
}
