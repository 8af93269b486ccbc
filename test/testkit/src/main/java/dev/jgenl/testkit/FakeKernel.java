package dev.jgenl.testkit;

import dev.jgenl.Genl;
import dev.jgenl.GenlOptions;
import dev.jgenl.NetlinkException;
import dev.jgenl.internal.Transport;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
  private final AtomicInteger nextGroup = new AtomicInteger(CONTROLLER + 1);
  private final AtomicInteger opened = new AtomicInteger();
  private final Queue<FakeTransport> open = new ConcurrentLinkedQueue<>();

  /** Creates a kernel that knows the controller only. */
  public FakeKernel() {
    FakeFamily controller = new FakeFamily("nlctrl", CONTROLLER, this);
    controller.groups().put("notify", CONTROLLER);
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
    FakeFamily family = new FakeFamily(name, nextFamily.getAndIncrement(), this);
    families.put(family.id(), family);
    tellOfFamilies(FakeController.NEWFAMILY, family);
    return family;
  }

  /**
   * Unregisters a family, as unloading its module does.
   *
   * @param family the family
   */
  public void unregister(FakeFamily family) {
    families.remove(family.id());
    family.groups().values().forEach(group -> open.forEach(socket -> socket.leave(group)));
    tellOfFamilies(FakeController.DELFAMILY, family);
  }

  /**
   * Registers a family again under another number, with the same script and groups, as loading its
   * module anew does.
   *
   * @param family a family that was unregistered
   * @return the family as it is now
   */
  public FakeFamily registerAgain(FakeFamily family) {
    FakeFamily again = new FakeFamily(family, nextFamily.getAndIncrement());
    families.put(again.id(), again);
    tellOfFamilies(FakeController.NEWFAMILY, again);
    return again;
  }

  /**
   * Registers another family under the number of one that was unregistered.
   *
   * @param gone the family that was unregistered
   * @param name the name of the other
   * @return the other, for its script
   */
  public FakeFamily takeOver(FakeFamily gone, String name) {
    FakeFamily family = new FakeFamily(name, gone.id(), this);
    families.put(family.id(), family);
    tellOfFamilies(FakeController.NEWFAMILY, family);
    return family;
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

  Collection<FakeFamily> families() {
    return families.values().stream().sorted(Comparator.comparing(FakeFamily::id)).toList();
  }

  @Nullable FakeFamily familyWithId(int id) {
    return families.get(id);
  }

  @Nullable FakeFamily familyWithName(String name) {
    return families.values().stream().filter(f -> f.name().equals(name)).findFirst().orElse(null);
  }

  int newGroup() {
    return nextGroup.getAndIncrement();
  }

  /** Sends what the script says to every member of a group. */
  void multicast(int group, FakeFamily family, Consumer<? super FakeAnswer> script) {
    for (FakeTransport socket : open) {
      if (socket.isMember(group)) {
        script.accept(FakeAnswer.notification(socket, family.id()));
      }
    }
  }

  void closed(FakeTransport transport) {
    open.remove(transport);
  }

  private void tellOfFamilies(int command, FakeFamily family) {
    FakeFamily controller = families.get(CONTROLLER);
    if (controller != null) {
      multicast(
          CONTROLLER, controller, n -> n.message(command, a -> FakeController.describe(family, a)));
    }
  }

  private FakeTransport openTransport(Transport.Purpose purpose) {
    FakeTransport transport = new FakeTransport(this, nextPort.getAndIncrement());
    opened.incrementAndGet();
    open.add(transport);
    return transport;
  }
}
