package dev.jgenl.test;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The firewall, connection tracking and sockets on the kernel of the virtual machine. What takes
 * long there, and is the same on any kernel, is left out.
 */
@Tag("vm")
class NetfilterVmIT {

  @Nested
  class Changes extends NftablesIT {}

  @Nested
  class Transactions extends NftablesTransactionIT {}

  @Nested
  class Refusals extends NftablesRefusalIT {}

  @Nested
  class Flows extends ConntrackIT {}

  @Nested
  class Sockets extends InetDiagIT {}
}
