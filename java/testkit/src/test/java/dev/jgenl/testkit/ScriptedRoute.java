package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.Event;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Subscription;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Links on a scripted kernel, and what is connected to it: in the end nothing may be left. */
abstract class ScriptedRoute extends Threaded {

  // linux/rtnetlink.h
  static final int NEWLINK = 16;
  static final int GETLINK = 18;
  static final int LINKS = 1;
  static final int ADDRESSES = 5;

  // linux/if_link.h
  static final int NAME = 3;
  static final int LINKINFO = 18;
  static final int KIND = 1;

  /** {@code struct ifinfomsg}. */
  static final int HEADER = 16;

  private static final int INDEX = 4;

  final FakeKernel kernel = new FakeKernel();
  final FakeProtocol route = kernel.protocol(Netlink.ROUTE);
  Netlink netlink;

  @BeforeEach
  void openNetlink() throws NetlinkException {
    route
        .onDo(GETLINK, HEADER, ScriptedRoute::show)
        .onDo(NEWLINK, HEADER, (request, answer) -> {})
        .onDump(GETLINK, HEADER, ScriptedRoute::show);
    netlink = route.open(options());
  }

  /** Returns how the instance behaves. */
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS;
  }

  @AfterEach
  void closeNetlink() throws InterruptedException {
    netlink.close();
    endThreads();
    assertThat(kernel.openSockets()).isZero();
  }

  /** Answers with the link that was asked for. */
  static void show(FakeRequest request, FakeAnswer answer) {
    answer.message(NEWLINK, request.header(), a -> a.putString(NAME, "eth"));
  }

  /** Answers with links of these indices. */
  static FakeFamily.Script links(int... indices) {
    return (request, answer) -> {
      for (int index : indices) {
        link(index).accept(answer);
      }
    };
  }

  /** Sends a link. */
  static Consumer<FakeAnswer> link(int index) {
    return answer -> answer.message(NEWLINK, header(index), a -> a.putString(NAME, "eth"));
  }

  static byte[] header(int index) {
    byte[] header = new byte[HEADER];
    ByteBuffer.wrap(header).order(ByteOrder.nativeOrder()).putInt(INDEX, index);
    return header;
  }

  static NetlinkRequest get(int index) {
    return NetlinkRequest.of(GETLINK, header(index));
  }

  static int index(NetlinkMessage link) {
    return link.header(HEADER).getInt(INDEX);
  }

  static int index(FakeRequest request) {
    return ByteBuffer.wrap(request.header()).order(ByteOrder.nativeOrder()).getInt(INDEX);
  }

  /** Shows an event in a word or two. */
  static String show(Event<NetlinkMessage> event) {
    if (event instanceof Event.Notification<NetlinkMessage> n) {
      return "event " + index(n.message());
    }
    if (event instanceof Event.Listed<NetlinkMessage> l) {
      return "listed " + index(l.message());
    }
    return event instanceof Event.Gap<NetlinkMessage> gap
        ? "gap " + gap.reason()
        : "synchronized " + ((Event.Synchronized<NetlinkMessage>) event).consistent();
  }

  /** Shows so many events. */
  static List<String> shown(Subscription<NetlinkMessage> s, int count) throws NetlinkException {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shown.add(show(s.poll(SOON).orElseThrow()));
    }
    return shown;
  }

  /** All that was asked is answered, in each way, and no socket is left but one for requests. */
  void assertServed() throws NetlinkException {
    route.onDo(GETLINK, HEADER, ScriptedRoute::show).onDump(GETLINK, HEADER, ScriptedRoute::show);
    for (NetlinkWay way : NetlinkWay.values()) {
      assertThat(way.ask(netlink, get(77)))
          .as("%s afterwards", way)
          .extracting(ScriptedRoute::index)
          .containsExactly(77);
    }
    assertThat(kernel.openSockets()).isEqualTo(1);
  }
}
