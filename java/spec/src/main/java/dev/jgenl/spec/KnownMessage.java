package dev.jgenl.spec;

import dev.jgenl.spec.model.Operation;
import dev.jgenl.wire.NetlinkConstants;

/**
 * A kind of message that has a spec.
 *
 * @param operations of its family
 * @param operation what it asks for, answers or tells of
 * @param headerStart where the header of the family begins in the message, in bytes
 */
record KnownMessage(Operations operations, Operation operation, int headerStart) {

  String family() {
    return operations.model().name();
  }

  MessageCodec codec() {
    return operations.message(operation);
  }

  /** The length of what stands between the header of netlink and the attributes, in bytes. */
  int headerLength() {
    return headerStart - NetlinkConstants.NLMSG_HDRLEN + codec().headerLength();
  }

  /** What the upper bits of the flags of such a message are for. */
  HeaderFlags.Use use(boolean toKernel) {
    String name = operation.name();
    if (name.contains("del") || name.contains("destroy")) {
      return HeaderFlags.Use.DELETE;
    }
    boolean isGet = operation.dump().isPresent() || name.contains("get");
    return toKernel && isGet ? HeaderFlags.Use.GET : HeaderFlags.Use.NEW;
  }
}
