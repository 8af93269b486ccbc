package dev.jgenl.testkit;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.NetlinkException;
import java.util.ArrayList;
import java.util.List;

/** The ways to ask for something. What holds for one holds for all. */
enum Way {
  REQUEST(false, false, false) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      return List.of(genl.request(request, GenlMessage::copy));
    }
  },
  EXECUTE(false, false, true) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      return genl.execute(request).messages();
    }
  },
  BATCH(false, false, true) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      return genl.batch(List.of(request)).get(0).get().messages();
    }
  },
  BATCH_WITH_READER(false, false, false) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      return List.of(genl.batch(List.of(request), GenlMessage::copy).get(0).get());
    }
  },
  DUMP(true, false, true) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      try (Dump<GenlMessage> dump = genl.dump(request)) {
        return dump.toList();
      }
    }
  },
  LIST(true, false, true) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      try (GenlSubscription s = genl.subscribe(request, "events")) {
        List<GenlMessage> listed = new ArrayList<>();
        for (Event<GenlMessage> e = s.next(); e instanceof Event.Listed<GenlMessage> l; ) {
          listed.add(l.message());
          e = s.next();
        }
        return listed;
      }
    }
  },
  OWNED_REQUEST(false, true, false) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      try (GenlConnection c = genl.connect()) {
        return List.of(c.request(request, GenlMessage::copy));
      }
    }
  },
  OWNED_EXECUTE(false, true, true) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      try (GenlConnection c = genl.connect()) {
        return c.execute(request).messages();
      }
    }
  },
  OWNED_DUMP(true, true, true) {
    @Override
    List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException {
      try (GenlConnection c = genl.connect();
          Dump<GenlMessage> dump = c.dump(request)) {
        return dump.toList();
      }
    }
  };

  private final boolean dump;
  private final boolean owned;
  private final boolean several;

  Way(boolean dump, boolean owned, boolean several) {
    this.dump = dump;
    this.owned = owned;
    this.several = several;
  }

  /** Asks, and returns copies of all messages of the answer. */
  abstract List<GenlMessage> ask(Genl genl, GenlRequest request) throws NetlinkException;

  /** Tells whether it is a dump that is asked for. */
  boolean isDump() {
    return dump;
  }

  /** Tells whether it asks on a connection of its own. */
  boolean isOwned() {
    return owned;
  }

  /** Tells whether an answer may be several messages, or none. */
  boolean takesSeveral() {
    return several;
  }
}
