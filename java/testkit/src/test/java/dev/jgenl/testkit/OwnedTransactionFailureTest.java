package dev.jgenl.testkit;

import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;

/** The same on a socket of one's own, which stays in use whatever has come. */
class OwnedTransactionFailureTest extends TransactionFailureTest {

  @Override
  Transactor transactor(Netlink of) throws NetlinkException {
    return OwnedTransactionTest.onOneSocket(of);
  }

  @Override
  int sockets() {
    return 2;
  }
}
