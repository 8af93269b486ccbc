package dev.jgenl.test;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The tests of rtnetlink on the kernel of the virtual machine. */
@Tag("vm")
class RouteVmIT {

  @Nested
  class Links extends LinkIT {}

  @Nested
  class Addresses extends AddressIT {}

  @Nested
  class Routes extends RouteIT {}

  @Nested
  class Rules extends RuleIT {}

  @Nested
  class Neighbours extends NeighbourIT {}

  @Nested
  class Errors extends RouteErrorIT {}

  @Nested
  class Filters extends RouteFilterIT {}

  @Nested
  class Flags extends RouteFlagsIT {}

  @Nested
  class Connections extends RouteConnectionIT {}

  @Nested
  class Notifications extends RouteNotificationIT {}

  @Nested
  class Dumps extends RouteDumpIT {
    @Override
    int dumps() {
      return 3;
    }
  }

  @Nested
  class Flood extends RouteFloodIT {
    @Override
    int changes() {
      return 20_000;
    }
  }
}
