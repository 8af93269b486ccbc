package dev.jgenl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the families that were asked for. A request looks here for the number that its
 * family has now: after a module was loaded anew it is another one.
 */
final class Families {

  /** A family, and the generation of families in which it was resolved. */
  private record Known(GenlFamily family, int generation) {}

  private final FamilyWatch watch;
  private final RequestSockets sockets;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  Families(FamilyWatch watch, RequestSockets sockets) {
    this.watch = watch;
    this.sockets = sockets;
  }

  /** Asks the kernel unless nothing has changed since it was last asked. */
  GenlFamily resolve(String name) throws NetlinkException {
    Known entry = known.get(name);
    if (entry != null && entry.generation == watch.generation()) {
      return entry.family;
    }
    // Read before the kernel is asked: a change in between is seen by the next request.
    int generation = watch.generation();
    RequestSocket socket = sockets.take();
    try {
      GenlFamily family = socket.resolve(name);
      known.put(name, new Known(family, generation));
      return family;
    } finally {
      sockets.give(socket);
    }
  }

  /** Returns the family as it is now. */
  GenlFamily current(GenlFamily family) throws NetlinkException {
    return family.id() == Controller.ID ? family : resolve(family.name());
  }
}
