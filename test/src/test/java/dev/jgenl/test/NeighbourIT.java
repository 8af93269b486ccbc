package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.NDA_DST;
import static dev.jgenl.test.Rtnetlink.NDA_LLADDR;
import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.NUD_PERMANENT;
import static dev.jgenl.test.Rtnetlink.RTM_DELNEIGH;
import static dev.jgenl.test.Rtnetlink.RTM_NEWNEIGH;
import static dev.jgenl.test.Rtnetlink.ndmsg;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.MacAddress;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neighbours come and go as iproute2 sees them. */
@Timeout(60)
class NeighbourIT extends InNamespace {

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.9", "fd00::9"})
  void neighbourIsAddedListedAndDeleted(String text) throws Exception {
    addPair("v0", "v1");
    Network address = Network.of(text);
    MacAddress reached = MacAddress.parse("02:00:00:00:00:09");
    byte[] header = ndmsg(address.family(), index("v0"), NUD_PERMANENT);

    netlink.execute(
        NetlinkRequest.of(
                RTM_NEWNEIGH,
                header,
                a ->
                    a.putInetAddress(NDA_DST, address.address()).putMacAddress(NDA_LLADDR, reached))
            .withFlags(NEW));
    assertThat(neighbours())
        .containsExactly(new Neighbour(index("v0"), address.address(), Optional.of(reached)));

    netlink.execute(
        NetlinkRequest.of(RTM_DELNEIGH, header, a -> a.putInetAddress(NDA_DST, address.address())));
    assertThat(neighbours()).isEmpty();
  }
}
