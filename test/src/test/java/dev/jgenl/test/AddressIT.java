package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTM_DELADDR;
import static dev.jgenl.test.Rtnetlink.RTM_NEWADDR;
import static dev.jgenl.test.Rtnetlink.address;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses come and go as iproute2 sees them. */
@Timeout(60)
class AddressIT extends InNamespace {

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1/24", "192.0.2.1/32", "fd00::1/64", "fd00::2/128"})
  void addressIsAddedListedAndDeleted(String text) throws Exception {
    addPair("v0", "v1");
    int index = index("v0");
    Network network = Network.of(text);

    netlink.execute(address(RTM_NEWADDR, index, network).withFlags(NEW));
    assertThat(addresses()).containsExactly(new Address(index, network, 0));

    netlink.execute(address(RTM_DELADDR, index, network));
    assertThat(addresses()).isEmpty();
  }
}
