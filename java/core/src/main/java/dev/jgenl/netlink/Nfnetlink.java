package dev.jgenl.netlink;

import dev.jgenl.RequestNames;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What stands around the requests of a transaction: {@code linux/netfilter/nfnetlink.h}. */
final class Nfnetlink {

  private static final int NFNL_MSG_BATCH_BEGIN = 0x10;
  private static final int NFNL_MSG_BATCH_END = 0x11;

  private static final RequestNames TRANSACTION =
      new RequestNames() {
        @Override
        public Optional<String> command(int command) {
          return Optional.of("transaction");
        }
      };

  private static final int HEADER_LENGTH = 4;

  private Nfnetlink() {}

  /** Is named, since what is said of a transaction as a whole is said of its begin. */
  static NetlinkRequest begin(int subsystem) {
    return NetlinkRequest.of(NFNL_MSG_BATCH_BEGIN, header(subsystem)).withNames(TRANSACTION);
  }

  static NetlinkRequest end(int subsystem) {
    return NetlinkRequest.of(NFNL_MSG_BATCH_END, header(subsystem));
  }

  /** The kernel drops a transaction without a word that has something else within. */
  static void requirePart(int subsystem, NetlinkRequest request) {
    if (request.type() >> 8 != subsystem) {
      throw new IllegalArgumentException(
          "netfilter " + request + " is none of subsystem " + subsystem);
    }
    if (request.protocolHeader().length < HEADER_LENGTH) {
      throw new IllegalArgumentException(
          "netfilter " + request + ": header shorter than the 4 bytes of struct nfgenmsg");
    }
  }

  /** {@code struct nfgenmsg}: family, version, and the subsystem in network byte order. */
  private static ByteBuffer header(int subsystem) {
    if (subsystem < 0 || subsystem > 255) {
      throw new IllegalArgumentException("subsystem " + subsystem + " is not within 0 to 255");
    }
    return ByteBuffer.allocate(HEADER_LENGTH).putShort(2, (short) subsystem);
  }
}
