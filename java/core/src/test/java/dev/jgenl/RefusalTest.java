package dev.jgenl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.transport.Errno;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exception of a refused request says. */
class RefusalTest {

  private static final RequestNames NAMES =
      new RequestNames() {
        @Override
        public Optional<String> command(int command) {
          return command == 12 ? Optional.of("features-set") : Optional.empty();
        }

        @Override
        public Optional<String> attribute(List<Integer> path) {
          return Optional.ofNullable(List.of("wanted", "bits", "bit").get(path.size() - 1));
        }
      };

  @Test
  void familyCommandAndPathAreNamed() {
    ExtendedAck ack =
        ExtendedAck.builder().message("bit name not found").path(List.of(3, 2, 1)).build();

    assertThat(refusal(12, 0, Errno.EINVAL, ack))
        .hasMessage(
            "ethtool features-set: EINVAL (Invalid argument): bit name not found; attribute"
                + " wanted.bits.bit (3.2.1)");
  }

  @Test
  void whatHasNoNameIsShownByNumber() {
    assertThat(refusal(13, 0, Errno.ENODEV, ExtendedAck.NONE))
        .hasMessage("ethtool command 13: ENODEV (No such device)");
  }

  @Test
  void namesThatFailDoNotHideWhatTheyShouldExplain() {
    ExtendedAck ack = ExtendedAck.builder().message("no").path(List.of(3, 2)).build();
    RequestNames throwing =
        new RequestNames() {
          @Override
          public Optional<String> command(int command) {
            throw new IllegalStateException("no names");
          }

          @Override
          public Optional<String> attribute(List<Integer> path) {
            return null;
          }
        };

    assertThat(refusal(throwing, 12, 0, Errno.EINVAL, ack))
        .hasMessage("ethtool command 12: EINVAL (Invalid argument): no; attribute 3.2");
  }

  @Test
  void namesAreEscapedAndCut() {
    ExtendedAck ack = ExtendedAck.builder().path(List.of(3)).build();
    RequestNames hostile =
        new RequestNames() {
          @Override
          public Optional<String> command(int command) {
            return Optional.of("x".repeat(1_000_000));
          }

          @Override
          public Optional<String> attribute(List<Integer> path) {
            return Optional.of("\033[31mred\nline");
          }
        };

    assertThat(refusal(hostile, 12, 0, Errno.EINVAL, ack).getMessage())
        .hasSizeLessThan(300)
        .doesNotContain("\033", "\n")
        .contains("red");
  }

  @ParameterizedTest(name = "flags {0}, {1}: {2}")
  @CsvSource({
    "0x01, EPERM, CAP_NET_ADMIN in the initial user namespace",
    "0x10, EPERM, CAP_NET_ADMIN in the user namespace that owns the network namespace",
    "0x00, EPERM, ethtool features-set: EPERM (Operation not permitted)"
  })
  void capabilityThatIsMissingIsNamed(int flags, Errno errno, String expected) {
    assertThat(refusal(12, flags, errno, ExtendedAck.NONE)).hasMessageContaining(expected);
  }

  @ParameterizedTest(name = "flags {0}, {1}")
  @CsvSource({"0x00, EPERM", "0x01, EINVAL", "0x10, EACCES"})
  void noCapabilityIsNamedWhereNoneIsMissing(int flags, Errno errno) {
    assertThat(refusal(12, flags, errno, ExtendedAck.NONE).getMessage()).doesNotContain("CAP_");
  }

  @Test
  void numberIsKeptWhereThereIsNoName() {
    KernelException e = new KernelException("try", 4711);

    assertThat(e.errno()).isEqualTo(4711);
    assertThat(e.error()).isSameAs(Errno.UNKNOWN);
    assertThat(e).hasMessage("try: errno 4711");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "wireguard, sudo modprobe wireguard",
    "nl80211, sudo modprobe cfg80211",
    "ovs_flow, sudo modprobe openvswitch",
    "TASKSTATS, CONFIG_TASKSTATS",
    "demo, is the kernel module that provides it loaded?"
  })
  void missingFamilySaysWhatProvidesIt(String family, String expected) {
    assertThat(WellKnownFamilies.remedy(family)).contains(expected);
  }

  private static KernelException refusal(int command, int flags, Errno errno, ExtendedAck ack) {
    return refusal(NAMES, command, flags, errno, ack);
  }

  private static KernelException refusal(
      RequestNames names, int command, int flags, Errno errno, ExtendedAck ack) {
    GenlFamily ethtool =
        GenlFamily.builder("ethtool", 21).commands(List.of(GenlCommand.of(12, flags))).build();
    GenlRequest request = GenlRequest.of(ethtool, command).withNames(names);
    return new GenlEnvelope(request, ethtool, null, null).refusal(errno.number(), ack);
  }
}
