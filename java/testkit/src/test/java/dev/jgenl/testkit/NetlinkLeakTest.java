package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Dump;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.netlink.NetlinkSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is forgotten of another protocol is freed when the collector finds it. */
class NetlinkLeakTest extends ScriptedRoute {

  private static final List<NetlinkRequest> LISTS = List.of(get(0), get(0));

  @BeforeEach
  void manyLinks() {
    route.onDump(GETLINK, HEADER, links(1, 2, 3, 4, 5));
  }

  /** What a program may forget to close. */
  enum Forgotten {
    DUMP {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        Dump<NetlinkMessage> dump = t.netlink.dump(get(0));
        dump.next();
        return dump;
      }
    },
    OWNED_DUMP {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        Dump<NetlinkMessage> dump = t.netlink.connect().dump(get(0));
        dump.next();
        return dump;
      }
    },
    SUBSCRIPTION {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        NetlinkSubscription s = t.netlink.subscribe(LINKS);
        s.poll(Duration.ZERO);
        return s;
      }
    },
    LIST {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        NetlinkSubscription s = t.netlink.subscribe(LISTS, LINKS);
        shown(s, 7);
        return s;
      }
    },
    PUBLISHER {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        return t.netlink.subscribe(LINKS).publisher(Runnable::run);
      }
    },
    CONNECTION {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        NetlinkConnection c = t.netlink.connect();
        c.join(LINKS);
        c.request(get(1));
        return c;
      }
    },
    NETLINK {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        Netlink netlink = t.route.open();
        netlink.request(get(1));
        return netlink;
      }
    },
    SUBSCRIPTION_OF_A_FORGOTTEN_NETLINK {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        NetlinkSubscription s = t.route.open().subscribe(LISTS, LINKS);
        s.next();
        return s;
      }
    },
    CONNECTION_OF_A_FORGOTTEN_NETLINK {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        NetlinkConnection c = t.route.open().connect();
        c.request(get(1));
        return c;
      }
    },
    DUMP_OF_A_FORGOTTEN_NETLINK {
      @Override
      Object open(NetlinkLeakTest t) throws NetlinkException {
        Dump<NetlinkMessage> dump = t.route.open().dump(get(0));
        dump.next();
        return dump;
      }
    };

    abstract Object open(NetlinkLeakTest t) throws NetlinkException;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("T43 what was forgotten is freed when the collector finds it")
  void forgottenIsFreed(Forgotten forgotten) throws Exception {
    List<Object> held = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      held.add(forgotten.open(this));
    }
    System.gc();
    // What is held stays open.
    assertThat(kernel.openSockets()).isGreaterThanOrEqualTo(5);
    assertThat(held).hasSize(5);
    held.clear();

    awaitFreed();
    assertThat(index(netlink.request(get(7)))).isEqualTo(7);
  }

  private void awaitFreed() throws InterruptedException {
    for (int i = 0; i < 500 && kernel.openSockets() > 1; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(kernel.openSockets()).isLessThanOrEqualTo(1);
  }

  @Test
  @DisplayName("T43 what a Netlink that nobody refers to has opened goes on until it is closed")
  void childrenKeepTheirNetlinkOpen() throws Exception {
    useOfForgotten();
    awaitFreed();
  }

  /** Its variables would hold what they refer to. */
  private void useOfForgotten() throws Exception {
    try (NetlinkSubscription s = route.open().subscribe(LISTS, LINKS);
        NetlinkConnection c = route.open().connect();
        Dump<NetlinkMessage> dump = route.open().dump(get(0))) {
      for (int i = 0; i < 10; i++) {
        System.gc();
        Thread.sleep(10);
      }
      assertThat(shown(s, 11)).last().isEqualTo("synchronized true");
      assertThat(c.request(get(1))).isNotNull();
      assertThat(dump.toList()).hasSize(5);
    }
  }

  @Test
  @DisplayName("T43 what is in use while nobody refers to it is not freed under its user")
  void inUseIsNotFreed() throws Exception {
    for (int i = 0; i < 10; i++) {
      Interruptible<String> waiting =
          startInterruptible(() -> show(netlink.subscribe(LINKS).next()));
      awaitWaiting(waiting.thread());
      System.gc();
      route.notify(LINKS, link(i));
      assertThat(await(waiting.future())).isEqualTo("event " + i);
    }
    awaitFreed();
  }
}
