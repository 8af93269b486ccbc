package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.examples.MptcpEndpoints;
import dev.jgenl.examples.MptcpEndpoints.Endpoint;
import dev.jgenl.examples.MptcpEndpoints.Flag;
import dev.jgenl.examples.MptcpEndpoints.Limits;
import dev.jgenl.transport.Errno;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the family mptcp_pm: privileged changes. */
@Timeout(240)
class MptcpIT {

  @BeforeEach
  void requireFamily() throws NetlinkException {
    Prerequisite.requireFamily("mptcp_pm");
  }

  @Test
  void addressesComeAndGoAsIproute2SeesThem() throws Exception {
    Prerequisite.requireProgram("ip", "iproute2");
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      Command first = namespace.java(MptcpEndpoints.class, "add", "192.0.2.1", "signal", "backup");
      Command second = namespace.java(MptcpEndpoints.class, "add", "2001:db8::1", "subflow");
      Command shown = namespace.run("ip", "mptcp", "endpoint", "show");
      Command removed = namespace.java(MptcpEndpoints.class, "remove", "1");

      assertThat(first.output()).contains("endpoint 1: 192.0.2.1 [SIGNAL, BACKUP]");
      assertThat(second.output())
          .contains("endpoint 1: 192.0.2.1 ", "endpoint 2: 2001:db8:0:0:0:0:0:1 [SUBFLOW]");
      assertThat(shown.output().lines().map(String::strip))
          .containsExactly("192.0.2.1 id 1 signal backup", "2001:db8::1 id 2 subflow");
      assertThat(removed.output()).contains("endpoint 2: ").doesNotContain("endpoint 1: ");
      assertThat(removed.status()).isZero();
    }
  }

  @Test
  void limitsAreSetAndThoseTooHighRefused() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.open()) {
      Command set = namespace.java(MptcpEndpoints.class, "limit", "3", "4");
      Command refused = namespace.java(MptcpEndpoints.class, "limit", "3", "99");

      assertThat(set.output()).contains("limits: 3 addresses accepted, 4 subflows");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.output()).contains("EINVAL", "limit greater than maximum");
    }
  }

  @Test
  void programWithoutTheCapabilityNamesIt() throws Exception {
    Command program =
        Command.run(
            Command.join(
                Prerequisite.withoutNetAdmin(),
                Command.javaWords(MptcpEndpoints.class, "add", "192.0.2.1")));

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.output()).contains("EPERM", "CAP_NET_ADMIN");
  }

  @Test
  @Tag("vm")
  void clientAddsListsAndRemoves() throws Exception {
    InetAddress ipv4 = InetAddress.getByName("192.0.2.1");
    InetAddress ipv6 = InetAddress.getByName("2001:db8::1");
    try (MptcpEndpoints client = MptcpEndpoints.open()) {
      Limits before = client.limits();
      client.add(ipv4, Set.of(Flag.SIGNAL));
      client.add(ipv6, Set.of(Flag.SUBFLOW, Flag.FULLMESH));
      client.setLimits(new Limits(2, 5));

      assertThat(client.list())
          .containsExactly(
              new Endpoint(1, ipv4, Set.of(Flag.SIGNAL)),
              new Endpoint(2, ipv6, Set.of(Flag.SUBFLOW, Flag.FULLMESH)));
      assertThat(client.limits()).isEqualTo(new Limits(2, 5));

      client.remove(1);
      client.remove(2);
      client.setLimits(before);

      assertThat(client.list()).isEmpty();
      KernelException gone = catchThrowableOfType(KernelException.class, () -> client.remove(1));
      assertThat(gone.error()).isEqualTo(Errno.EINVAL);
    }
  }
}
