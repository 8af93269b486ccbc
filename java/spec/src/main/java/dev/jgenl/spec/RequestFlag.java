package dev.jgenl.spec;

import dev.jgenl.wire.NetlinkConstants;
import java.util.Set;

/** A flag of the header of a request: {@code linux/netlink.h}. */
public enum RequestFlag {
  /** Make it if it is not there: {@code NLM_F_CREATE}. */
  CREATE(NetlinkConstants.NLM_F_CREATE),
  /** Refuse if it is there: {@code NLM_F_EXCL}. */
  EXCL(NetlinkConstants.NLM_F_EXCL),
  /** Replace what is there: {@code NLM_F_REPLACE}. */
  REPLACE(NetlinkConstants.NLM_F_REPLACE),
  /** Add it behind what is there: {@code NLM_F_APPEND}. */
  APPEND(NetlinkConstants.NLM_F_APPEND),
  /** Answer with what was done: {@code NLM_F_ECHO}. */
  ECHO(NetlinkConstants.NLM_F_ECHO);

  private final int bit;

  RequestFlag(int bit) {
    this.bit = bit;
  }

  static int bits(Set<RequestFlag> flags) {
    int bits = 0;
    for (RequestFlag flag : flags) {
      bits |= flag.bit;
    }
    return bits;
  }
}
