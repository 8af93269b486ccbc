package dev.jgenl.testkit;

import dev.jgenl.transport.Errno;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.NetlinkConstants;

/** Generic Netlink, as {@code genl_rcv_msg()} does it. */
final class GenericDispatch extends Dispatch {

  GenericDispatch(FakeKernel kernel) {
    super(kernel);
  }

  @Override
  FakeRequest request(MessageReader reader, int portId) {
    return FakeRequest.toFamily(reader, portId, kernel.registry().familyWithId(reader.type()));
  }

  @Override
  void answer(FakeRequest request, FakeTransport socket, FakeAnswer answer) {
    FakeFamily family = request.asked();
    if (family == null) {
      answer.refuse(Errno.ENOENT.number());
      return;
    }
    if (request.isTooShort()) {
      answer.refuse(FakeKernel.EINVAL);
      return;
    }
    kernel.log(request);
    if (request.command() >= family.resvStartOp() && hasReservedFlags(request)) {
      answer.refuse(
          FakeKernel.EINVAL, a -> a.putString(1, "ambiguous or reserved bits set in nlmsg_flags"));
      return;
    }
    FakeFamily.Script script = family.script(request);
    if (script == null) {
      answer.refuse(Errno.EOPNOTSUPP.number());
    } else if (!permits(family.flags(request.command()))) {
      answer.refuse(FakeKernel.EPERM);
    } else if (mayBegin(request, socket, answer) && family.accepts(request, answer)) {
      script.run(request, answer);
      answer.finish();
    }
  }

  /** As {@code genl_header_check()}: of the two bits that make a dump, one alone is ambiguous. */
  private static boolean hasReservedFlags(FakeRequest request) {
    int allowed =
        NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK | NetlinkConstants.NLM_F_ECHO;
    int ofDump = request.isDump() ? NetlinkConstants.NLM_F_DUMP : 0;
    return (request.flags() & ~(allowed | ofDump)) != 0;
  }

  private boolean permits(int commandFlags) {
    int wanted = FakeFamily.GENL_ADMIN_PERM | FakeFamily.GENL_UNS_ADMIN_PERM;
    return kernel.isPrivileged() || (commandFlags & wanted) == 0;
  }

  @Override
  boolean hasGroup(int number) {
    return kernel.registry().hasGroup(number);
  }

  @Override
  boolean permitsJoining(int group) {
    return kernel.isPrivileged() || !kernel.registry().hasAdminGroup(group);
  }
}
