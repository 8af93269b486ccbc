package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.AF_INET;
import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTM_GETLINK;
import static dev.jgenl.test.Rtnetlink.RTM_GETROUTE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWROUTE;
import static dev.jgenl.test.Rtnetlink.RTN_PROHIBIT;
import static dev.jgenl.test.Rtnetlink.RTPROT_STATIC;
import static dev.jgenl.test.Rtnetlink.RT_TABLE_MAIN;
import static dev.jgenl.test.Rtnetlink.blackhole;
import static dev.jgenl.test.Rtnetlink.ifinfomsg;
import static dev.jgenl.test.Rtnetlink.rtmsg;
import static dev.jgenl.test.Ways.refusal;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_CREATE;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_ECHO;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_EXCL;
import static dev.jgenl.wire.NetlinkConstants.NLM_F_REPLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkConnection;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.transport.Errno;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Flags that make a dump of what asks for one thing are refused, and what else they mean is not.
 */
@Timeout(60)
class RouteFlagsIT extends InNamespace {

  private static final Network DESTINATION = Network.of("10.1.0.0/16");

  /** The ways that the API has to ask. */
  enum Way {
    REQUEST {
      @Override
      void go(Netlink netlink, NetlinkRequest request) throws NetlinkException {
        netlink.request(request);
      }
    },
    EXECUTE {
      @Override
      void go(Netlink netlink, NetlinkRequest request) throws NetlinkException {
        netlink.execute(request);
      }
    },
    BATCH {
      @Override
      void go(Netlink netlink, NetlinkRequest request) throws NetlinkException {
        var outcomes = netlink.batch(List.of(LOOPBACK, request, LOOPBACK));
        assertThat(outcomes.get(0).get().messages()).hasSize(1);
        assertThat(outcomes.get(2).get().messages()).hasSize(1);
        outcomes.get(1).get();
      }
    },
    BATCH_OF_VALUES {
      @Override
      void go(Netlink netlink, NetlinkRequest request) throws NetlinkException {
        netlink.batch(List.of(request), NetlinkMessage::copy).get(0).get();
      }
    },
    REQUEST_OF_A_CONNECTION {
      @Override
      void go(Netlink netlink, NetlinkRequest request) throws NetlinkException {
        try (NetlinkConnection connection = netlink.connect()) {
          connection.request(request);
        }
      }
    },
    CONNECTION {
      @Override
      void go(Netlink netlink, NetlinkRequest request) throws NetlinkException {
        try (NetlinkConnection connection = netlink.connect()) {
          connection.execute(request);
        }
      }
    };

    private static final NetlinkRequest LOOPBACK =
        NetlinkRequest.of(RTM_GETLINK, ifinfomsg(1, 0, 0));

    abstract void go(Netlink netlink, NetlinkRequest request) throws NetlinkException;
  }

  @Test
  @DisplayName("T68 NLM_F_REPLACE and NLM_F_EXCL together are refused, in every way to ask")
  void bothAreRefused() throws Exception {
    NetlinkRequest change = blackhole(RTM_NEWROUTE, DESTINATION, 1);
    for (Way way : Way.values()) {
      assertRefused(way, change.withFlags(NLM_F_CREATE | NLM_F_REPLACE | NLM_F_EXCL));
      assertRefused(way, Way.LOOPBACK.withFlags(NLM_F_REPLACE | NLM_F_EXCL));
    }
    assertThat(routes(AF_INET)).isEmpty();
  }

  @Test
  @DisplayName("T68 one of them is refused where something is got, in every way to ask")
  void eitherIsRefusedWhereSomethingIsGot() {
    NetlinkRequest get = NetlinkRequest.of(RTM_GETROUTE, rtmsg(AF_INET, 32, 0, 0, 0));
    for (Way way : Way.values()) {
      for (int flag : new int[] {NLM_F_REPLACE, NLM_F_EXCL}) {
        assertRefused(way, Way.LOOPBACK.withFlags(flag));
        assertRefused(way, get.withFlags(flag));
      }
    }
  }

  private void assertRefused(Way way, NetlinkRequest request) {
    assertThatThrownBy(() -> way.go(netlink, request), way.name())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dump");
  }

  @Test
  @DisplayName("T68 one of them is allowed where something is made, in every way to ask")
  void eitherIsAllowedWhereSomethingIsMade() throws Exception {
    for (Way way : Way.values()) {
      // Each is to be told what it has done, since some ways want an answer.
      NetlinkRequest add =
          blackhole(RTM_NEWROUTE, DESTINATION, 1 + way.ordinal()).withFlags(NEW | NLM_F_ECHO);
      way.go(netlink, add);
      assertThat(refusal(() -> way.go(netlink, add)).error()).isEqualTo(Errno.EEXIST);

      way.go(
          netlink,
          add.withHeader(rtmsg(AF_INET, 16, RT_TABLE_MAIN, RTPROT_STATIC, RTN_PROHIBIT))
              .withFlags(NLM_F_CREATE | NLM_F_REPLACE | NLM_F_ECHO));
    }
    assertThat(routes(AF_INET))
        .hasSameSizeAs(Way.values())
        .allMatch(route -> route.type() == RTN_PROHIBIT);
  }
}
