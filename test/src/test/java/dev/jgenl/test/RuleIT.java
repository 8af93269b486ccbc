package dev.jgenl.test;

import static dev.jgenl.test.Rtnetlink.FRA_DST;
import static dev.jgenl.test.Rtnetlink.FRA_FWMARK;
import static dev.jgenl.test.Rtnetlink.FRA_IIFNAME;
import static dev.jgenl.test.Rtnetlink.FRA_PRIORITY;
import static dev.jgenl.test.Rtnetlink.FRA_SRC;
import static dev.jgenl.test.Rtnetlink.FRA_TABLE;
import static dev.jgenl.test.Rtnetlink.FR_ACT_PROHIBIT;
import static dev.jgenl.test.Rtnetlink.FR_ACT_TO_TBL;
import static dev.jgenl.test.Rtnetlink.NEW;
import static dev.jgenl.test.Rtnetlink.RTM_DELRULE;
import static dev.jgenl.test.Rtnetlink.RTM_NEWRULE;
import static dev.jgenl.test.Rtnetlink.fibRuleHdr;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.netlink.NetlinkRequest;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of routing come and go as iproute2 sees them. */
@Timeout(60)
class RuleIT extends InNamespace {

  @ParameterizedTest
  @CsvSource({"10.5.0.0/16, 10.6.0.0/24", "fd05::/48, fd06::/64"})
  void ruleIsAddedListedAndDeleted(String from, String to) throws Exception {
    Network source = Network.of(from);
    Network destination = Network.of(to);
    int family = source.family();
    Rule table = new Rule(1000, source, destination, "lo", 0, FR_ACT_TO_TBL, 1234);
    Rule prohibition = new Rule(1001, source, destination, "", 0xcafe, FR_ACT_PROHIBIT, 0);
    List<Rule> before = rules(family);

    netlink.execute(request(RTM_NEWRULE, table).withFlags(NEW));
    netlink.execute(request(RTM_NEWRULE, prohibition).withFlags(NEW));
    assertThat(rules(family)).hasSize(before.size() + 2).contains(table, prohibition);

    netlink.execute(request(RTM_DELRULE, table));
    assertThat(rules(family)).hasSize(before.size() + 1).contains(prohibition);

    netlink.execute(request(RTM_DELRULE, prohibition));
    assertThat(rules(family)).isEqualTo(before);
  }

  private static NetlinkRequest request(int type, Rule rule) {
    int bits = rule.destination().bits();
    return NetlinkRequest.of(
        type,
        fibRuleHdr(rule.source().family(), bits, rule.source().bits(), rule.action()),
        a -> {
          a.putU32(FRA_PRIORITY, rule.priority())
              .putInetAddress(FRA_SRC, rule.source().address())
              .putInetAddress(FRA_DST, rule.destination().address())
              .putU32(FRA_FWMARK, rule.mark())
              .putU32(FRA_TABLE, rule.table());
          if (!rule.device().isEmpty()) {
            a.putString(FRA_IIFNAME, rule.device());
          }
        });
  }
}
