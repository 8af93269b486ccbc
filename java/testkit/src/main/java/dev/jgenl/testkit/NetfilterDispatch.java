package dev.jgenl.testkit;

import dev.jgenl.wire.MessageReader;
import java.nio.ByteBuffer;

/** Netfilter, as {@code nfnetlink_rcv()} does it: what begins with a begin is a transaction. */
final class NetfilterDispatch extends ProtocolDispatch {

  NetfilterDispatch(FakeKernel kernel, FakeProtocol protocol) {
    super(kernel, protocol);
  }

  @Override
  void receive(ByteBuffer datagram, FakeTransport socket) {
    MessageReader reader = new MessageReader().read(datagram, 0, datagram.capacity());
    if (!hasNext(reader)) {
      return;
    }
    if (!kernel.isPrivileged()) {
      // One answer, however many requests there are.
      FakeAnswer.to(request(reader, socket.port()), socket).refuse(FakeKernel.EPERM);
    } else if (reader.type() == FakeTransaction.BEGIN) {
      new FakeTransaction(kernel, protocol, socket).run(reader);
    } else {
      super.receive(datagram, socket);
    }
  }
}
