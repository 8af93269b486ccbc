package dev.jgenl.spec.compiler.typed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentifiersTest {

  @Test
  void classesBeginWithCapitals() {
    assertThat(Identifiers.type("rings-get")).isEqualTo("RingsGet");
    assertThat(Identifiers.type("ovs_flow")).isEqualTo("OvsFlow");
    assertThat(Identifiers.type("--kernel-timespec")).isEqualTo("KernelTimespec");
    assertThat(Identifiers.type("TASKSTATS")).isEqualTo("Taskstats");
    assertThat(Identifiers.type("ipV4.dst")).isEqualTo("IpV4Dst");
  }

  @Test
  void membersDoNot() {
    assertThat(Identifiers.member("dev-name")).isEqualTo("devName");
    assertThat(Identifiers.member("MTU")).isEqualTo("mtu");
  }

  @Test
  void constantsAreAllCapitals() {
    assertThat(Identifiers.constant("replace-allowedips")).isEqualTo("REPLACE_ALLOWEDIPS");
    assertThat(Identifiers.constant("rtnlgrp_ipv4-rule")).isEqualTo("RTNLGRP_IPV4_RULE");
  }

  @Test
  void packagesHaveNoMarksBetweenWords() {
    assertThat(Identifiers.packageName("net-shaper")).isEqualTo("netshaper");
    assertThat(Identifiers.packageName("mptcp_pm")).isEqualTo("mptcppm");
  }

  @Test
  void digitsStandBehindAnN() {
    assertThat(Identifiers.member("6rd-prefix")).isEqualTo("n6rdPrefix");
    assertThat(Identifiers.constant("8021q")).isEqualTo("N8021Q");
    assertThat(Identifiers.type("2ghz")).isEqualTo("N2ghz");
  }

  @Test
  void whatHasNoLetterIsCalledN() {
    assertThat(Identifiers.type("--")).isEqualTo("N");
    assertThat(Identifiers.packageName("é")).isEqualTo("n");
  }
}
