package dev.jgenl.testkit;

import dev.jgenl.netlink.Netlink;
import dev.jgenl.testkit.FakeProtocol.Handler;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;
import org.jspecify.annotations.Nullable;

/**
 * Another protocol than Generic Netlink, as {@code rtnetlink_rcv_msg()}, {@code
 * nfnetlink_rcv_msg()}, {@code sock_diag_rcv_msg()} and {@code xfrm_user_rcv_msg()} do it.
 */
class ProtocolDispatch extends Dispatch {

  final FakeProtocol protocol;

  ProtocolDispatch(FakeKernel kernel, FakeProtocol protocol) {
    super(kernel);
    this.protocol = protocol;
  }

  @Override
  final FakeRequest request(MessageReader reader, int portId) {
    int type = reader.type();
    boolean dump = (reader.flags() & NetlinkConstants.NLM_F_DUMP) != 0 && isGet(type);
    Handler handler = handler(type, dump);
    int headerSize = handler == null ? 0 : handler.headerSize();
    return FakeRequest.toProtocol(reader, portId, protocol.number(), headerSize, dump);
  }

  /** Elsewhere the bits of {@code NLM_F_DUMP} mean something else. */
  private boolean isGet(int type) {
    return protocol.onDump(type) != null || isGetOfRoute(type);
  }

  /** {@code RTNL_KIND_GET}. */
  private boolean isGetOfRoute(int type) {
    return protocol.number() == Netlink.ROUTE && (type & 3) == 2;
  }

  private @Nullable Handler handler(int type, boolean dump) {
    return dump ? protocol.onDump(type) : protocol.onDo(type);
  }

  @Override
  final void answer(FakeRequest request, FakeTransport socket, FakeAnswer answer) {
    kernel.log(request);
    Handler handler = handler(request.type(), request.isDump());
    if (!permits(request.type())) {
      answer.refuse(FakeKernel.EPERM);
    } else if (handler == null) {
      boolean route = protocol.number() == Netlink.ROUTE;
      answer.refuse(route ? Errno.EOPNOTSUPP.number() : FakeKernel.EINVAL);
    } else if (request.isTooShort()) {
      answer.refuse(FakeKernel.EINVAL, ack -> ack.putString(1, "Invalid header length"));
    } else if (mayBegin(request, socket, answer) && protocol.accepts(request, answer)) {
      handler.script().run(request, answer);
      answer.finish();
    }
  }

  private boolean permits(int type) {
    return kernel.isPrivileged() || isGetOfRoute(type) || !isForAdmins();
  }

  private boolean isForAdmins() {
    return switch (protocol.number()) {
      case Netlink.ROUTE, Netlink.XFRM, Netlink.NETFILTER -> true;
      default -> false;
    };
  }

  @Override
  final boolean hasGroup(int number) {
    return number >= 1 && number <= protocol.groups();
  }

  /** Without {@code NL_CFG_F_NONROOT_RECV} the groups are as closed as the rest. */
  @Override
  final boolean permitsJoining(int group) {
    return kernel.isPrivileged() || protocol.number() == Netlink.ROUTE || !isForAdmins();
  }
}
