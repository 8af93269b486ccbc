package dev.jgenl.testkit;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import java.util.ArrayList;
import java.util.List;

/** The ways to ask another protocol for something. What holds for one holds for all. */
enum NetlinkWay {
  REQUEST(false, false, false) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      return List.of(netlink.request(request));
    }
  },
  EXECUTE(false, false, true) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      return netlink.execute(request).messages();
    }
  },
  BATCH(false, false, true) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      return netlink.batch(List.of(request)).get(0).get().messages();
    }
  },
  BATCH_WITH_READER(false, false, false) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      return List.of(netlink.batch(List.of(request), NetlinkMessage::copy).get(0).get());
    }
  },
  DUMP(true, false, true) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      try (Dump<NetlinkMessage> dump = netlink.dump(request)) {
        return dump.toList();
      }
    }
  },
  LIST(true, false, true) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      try (NetlinkSubscription s = netlink.subscribe(List.of(request), ScriptedRoute.LINKS)) {
        List<NetlinkMessage> listed = new ArrayList<>();
        for (Event<NetlinkMessage> e = s.next(); e instanceof Event.Listed<NetlinkMessage> l; ) {
          listed.add(l.message());
          e = s.next();
        }
        return listed;
      }
    }
  },
  OWNED_REQUEST(false, true, false) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      try (NetlinkConnection c = netlink.connect()) {
        return List.of(c.request(request));
      }
    }
  },
  OWNED_EXECUTE(false, true, true) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      try (NetlinkConnection c = netlink.connect()) {
        return c.execute(request).messages();
      }
    }
  },
  OWNED_DUMP(true, true, true) {
    @Override
    List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request) throws NetlinkException {
      try (NetlinkConnection c = netlink.connect();
          Dump<NetlinkMessage> dump = c.dump(request)) {
        return dump.toList();
      }
    }
  };

  private final boolean dump;
  private final boolean owned;
  private final boolean several;

  NetlinkWay(boolean dump, boolean owned, boolean several) {
    this.dump = dump;
    this.owned = owned;
    this.several = several;
  }

  /** Asks, and returns copies of all messages of the answer. */
  abstract List<NetlinkMessage> ask(Netlink netlink, NetlinkRequest request)
      throws NetlinkException;

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
