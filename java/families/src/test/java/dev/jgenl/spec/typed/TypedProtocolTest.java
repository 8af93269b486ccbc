package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.families.rtlink.GetlinkDumpRequest;
import dev.jgenl.families.rtlink.GetlinkReply;
import dev.jgenl.families.rtlink.IfinfoFlags;
import dev.jgenl.families.rtlink.LinkinfoData;
import dev.jgenl.families.rtlink.NewlinkNtf;
import dev.jgenl.families.rtlink.NewlinkRequest;
import dev.jgenl.families.rtlink.RtLink;
import dev.jgenl.families.rtlink.RtLinkGroup;
import dev.jgenl.families.rtlink.RtLinkNotification;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicRequest;
import dev.jgenl.spec.InvalidValueException;
import dev.jgenl.spec.Value;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.testkit.FakeProtocol;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A generated client of a scripted protocol that is not Generic Netlink. */
class TypedProtocolTest {

  private static final int NEWLINK = 16;
  private static final int GETLINK = 18;
  private static final int HEADER_SIZE = 16;

  private static final int IFNAME = 3;
  private static final int LINKINFO = 18;

  private static final int EPERM = 1;

  private final FakeKernel kernel = new FakeKernel();
  private final FakeProtocol route = kernel.protocol(Netlink.ROUTE);
  private Netlink netlink;
  private RtLink links;

  @BeforeEach
  void open() throws NetlinkException {
    route.groups(40);
    netlink = route.open();
    links = RtLink.of(netlink);
  }

  @AfterEach
  void close() {
    netlink.close();
    assertThat(kernel.openSockets()).isZero();
  }

  private static byte[] header(int index, int flags) {
    return ByteBuffer.allocate(HEADER_SIZE)
        .order(ByteOrder.nativeOrder())
        .putShort(2, (short) 1)
        .putInt(4, index)
        .putInt(8, flags)
        .array();
  }

  private static void bridge(AttributeWriter a) {
    a.putString(IFNAME, "br0")
        .putNested(LINKINFO, l -> l.putString(1, "bridge").putNested(2, d -> d.putU32(1, 1500)));
  }

  @Test
  void headerAndSubMessageAreRead() throws NetlinkException {
    route.onDo(
        GETLINK,
        HEADER_SIZE,
        (request, answer) -> answer.message(NEWLINK, header(3, 0x41), TypedProtocolTest::bridge));

    GetlinkReply link = links.getlink(r -> r.header(h -> h.ifiIndex(3)));

    assertThat(link.ifname()).hasValue("br0");
    assertThat(link.header().ifiIndex()).isEqualTo(3);
    assertThat(link.header().ifiFlags())
        .isEqualTo(Flags.ofBits(IfinfoFlags.class, IfinfoFlags.UP.bit() | 0x40));
    assertThat(link.linkinfo().flatMap(l -> l.data()))
        .hasValue(LinkinfoData.bridge(b -> b.forwardDelay(1500)));
  }

  @Test
  void dataSaysItsKindAndFlagsAreSent() throws NetlinkException {
    route.onDo(NEWLINK, HEADER_SIZE, (request, answer) -> {});

    links.newlink(
        r ->
            r.create()
                .exclusive()
                .header(h -> h.ifiIndex(-1))
                .ifname("v0")
                .linkinfo(l -> l.data(LinkinfoData.vlan(v -> v.id(7)))));

    var request = route.requests().get(0);
    Attributes linkinfo = request.attributes().get(LINKINFO).nested();
    assertThat(request.flags())
        .isEqualTo(
            NetlinkConstants.NLM_F_REQUEST
                | NetlinkConstants.NLM_F_ACK
                | NetlinkConstants.NLM_F_CREATE
                | NetlinkConstants.NLM_F_EXCL);
    assertThat(request.header()).isEqualTo(ByteBuffer.allocate(HEADER_SIZE).putInt(4, -1).array());
    assertThat(linkinfo.get(1).string()).isEqualTo("vlan");
    assertThat(linkinfo.get(2).nested().get(1).u16()).isEqualTo(7);
  }

  @Test
  void echoOfAChangeIsReadByNames() throws NetlinkException {
    route.onDo(
        NEWLINK,
        HEADER_SIZE,
        (request, answer) -> answer.message(NEWLINK, header(3, 0), TypedProtocolTest::bridge));

    Acknowledged echo =
        TypedFamily.of(netlink, RtLink.model()).request(NewlinkRequest.of(r -> r.echo()));

    assertThat(echo.toValue().at("ifname").asText()).isEqualTo("br0");
    assertThat(GetlinkReply.of(echo.toValue()).ifname()).hasValue("br0");
  }

  @Test
  void listsFirstAndThenTells() throws NetlinkException {
    route.onDump(
        GETLINK,
        HEADER_SIZE,
        (request, answer) -> answer.message(NEWLINK, header(3, 0), TypedProtocolTest::bridge));

    try (TypedSubscription<RtLinkNotification> changes =
        links.subscribe(GetlinkDumpRequest.of(r -> {}), RtLinkGroup.RTNLGRP_LINK)) {
      assertThat(((Event.Listed<RtLinkNotification>) changes.next()).message())
          .isInstanceOfSatisfying(
              GetlinkReply.class, link -> assertThat(link.ifname()).hasValue("br0"));
      assertThat(changes.next()).isInstanceOf(Event.Synchronized.class);
      route.notify(1, n -> n.message(NEWLINK, header(4, 0), a -> a.putString(IFNAME, "eth0")));
      assertThat(((Event.Notification<RtLinkNotification>) changes.next()).message())
          .isInstanceOfSatisfying(
              NewlinkNtf.class, link -> assertThat(link.header().ifiIndex()).isEqualTo(4));
    }
  }

  @Test
  void listThatCannotBeSentIsToldWhenItIsGiven() {
    DynamicFamily route = TypedFamily.of(netlink, RtLink.model()).dynamic();
    int before = kernel.openSockets();

    assertThatThrownBy(
            () ->
                route.subscribe(
                    DynamicRequest.of("getlink", Value.parse("{mtu: many}")), "rtnlgrp-link"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("rt-link getlink: mtu: ");
    assertThat(kernel.openSockets()).isEqualTo(before);
  }

  @Test
  void listThatIsRefusedIsToldOnceAndHoldsNothingBack() throws NetlinkException {
    route.onDump(GETLINK, HEADER_SIZE, (request, answer) -> answer.refuse(EPERM));

    try (TypedSubscription<RtLinkNotification> changes =
        links.subscribe(GetlinkDumpRequest.of(r -> {}), RtLinkGroup.RTNLGRP_LINK)) {
      route.notify(1, n -> n.message(NEWLINK, header(4, 0), a -> a.putString(IFNAME, "eth0")));
      assertThatThrownBy(changes::next).isInstanceOf(KernelException.class);
      assertThat(changes.next()).isInstanceOf(Event.Notification.class);
      assertThat(changes).asString().startsWith("subscription of ");
    }
  }

  @Test
  void dumpAndRequestSayWhatTheyAre() throws NetlinkException {
    route.onDump(GETLINK, HEADER_SIZE, (request, answer) -> answer.done());

    try (TypedDump<GetlinkReply> dump = links.getlinkDump(r -> {})) {
      assertThat(dump).hasToString("dump of rt-link getlink, under way");
    }
    assertThat(NewlinkRequest.of(r -> r.exclusive().create().ifname("v0")))
        .hasToString("{\"ifname\":\"v0\"} [CREATE, EXCL]");
  }
}
