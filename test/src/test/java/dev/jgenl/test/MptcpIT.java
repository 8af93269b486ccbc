package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family mptcp_pm: privileged changes. */
@Timeout(240)
class MptcpIT {

  private Class<?> program;

  @BeforeEach
  void requireFamily() throws Exception {
    Prerequisite.requireFamily("mptcp_pm");
    program = Prerequisite.requireTypedExample("MptcpEndpoints");
  }

  @Test
  void addressesComeAndGoAsIproute2SeesThem() throws Exception {
    Prerequisite.requireProgram("ip", "iproute2");
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      Command first = namespace.java(program, "add", "192.0.2.1", "signal", "backup");
      Command second = namespace.java(program, "add", "2001:db8::1", "subflow");
      Command shown = namespace.run("ip", "mptcp", "endpoint", "show");
      Command removed = namespace.java(program, "remove", "1");

      assertThat(first.output()).contains("endpoint 1: 192.0.2.1 signal backup");
      assertThat(second.output())
          .contains("endpoint 1: 192.0.2.1 ", "endpoint 2: 2001:db8::1 subflow");
      assertThat(shown.output().lines().map(String::strip))
          .containsExactly("192.0.2.1 id 1 signal backup", "2001:db8::1 id 2 subflow");
      assertThat(removed.output()).contains("endpoint 2: ").doesNotContain("endpoint 1: ");
      assertThat(removed.status()).isZero();
    }
  }

  @Test
  void limitsAreSetAndThoseTooHighRefused() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      Command set = namespace.java(program, "limit", "3", "4");
      Command refused = namespace.java(program, "limit", "3", "99");

      assertThat(set.output()).contains("limits: 3 addresses accepted, 4 subflows");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.output()).contains("EINVAL", "limit greater than maximum");
    }
  }

  @Test
  void programWithoutTheCapabilityNamesIt() throws Exception {
    Command ended =
        Command.run(
            Command.join(
                Prerequisite.withoutNetAdmin(), Command.javaWords(program, "add", "192.0.2.1")));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output()).contains("EPERM", "CAP_NET_ADMIN");
  }

  @Test
  void whatIsNotThereIsNotRemoved() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      namespace.java(program, "add", "2001:db8::1", "subflow", "fullmesh");
      Command refused = namespace.java(program, "remove", "7");
      Command list = namespace.java(program, "list");

      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.output()).contains("mptcp_pm del-addr: EINVAL");
      assertThat(list.output()).contains("endpoint 1: 2001:db8::1 subflow fullmesh");
    }
  }
}
