package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.AttributePolicy;
import dev.jgenl.AttributePolicy.Type;
import dev.jgenl.Genl;
import dev.jgenl.GenlCommand;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlPolicy;
import dev.jgenl.NetlinkException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the controller tells of the family, compared with what its module declares. */
@Tag("vm")
@Timeout(60)
class LabPolicyIT {

  @Test
  void commandsAreThoseOfTheModule() throws NetlinkException {
    try (Genl genl = Genl.open()) {
      GenlFamily family = genl.family(Lab.NAME);

      assertThat(family.version()).isEqualTo(1);
      assertThat(family.headerSize()).isZero();
      assertThat(family.commands())
          .extracting(GenlCommand::id)
          .containsExactly(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15);
      assertThat(family.commands()).allMatch(GenlCommand::hasPolicy);
      assertThat(family.commands())
          .allMatch(c -> c.hasDump() == (c.id() == Lab.DUMP || c.id() == Lab.FORGE));
      assertThat(family.commands()).allMatch(c -> c.hasDo() == (c.id() != Lab.DUMP));
      assertThat(family.commands()).allMatch(c -> c.needsAdmin() == (c.id() == Lab.ADMIN));
      assertThat(family.commands())
          .allMatch(c -> c.needsNamespaceAdmin() == (c.id() == Lab.NS_ADMIN));
    }
  }

  @Test
  void typesOfEchoAreThoseOfTheModule() throws NetlinkException {
    Map<Integer, AttributePolicy> echo = policy().ofDo(Lab.ECHO);

    assertThat(echo).hasSize(Lab.V_NEST_ANY);
    assertThat(echo.get(Lab.V_U8).type()).isEqualTo(Type.U8);
    assertThat(echo.get(Lab.V_U64).type()).isEqualTo(Type.U64);
    assertThat(echo.get(Lab.V_S8).type()).isEqualTo(Type.S8);
    assertThat(echo.get(Lab.V_S64).type()).isEqualTo(Type.S64);
    assertThat(echo.get(Lab.V_BITFIELD32).type()).isEqualTo(Type.BITFIELD32);
    assertThat(echo.get(Lab.V_FLAG).type()).isEqualTo(Type.FLAG);
    assertThat(echo.get(Lab.V_STRING).type()).isEqualTo(Type.NUL_STRING);
    assertThat(echo.get(Lab.V_UNTERMINATED).type()).isEqualTo(Type.STRING);
    assertThat(echo.get(Lab.V_BINARY).type()).isEqualTo(Type.BINARY);
    assertThat(echo.get(Lab.V_NEST).type()).isEqualTo(Type.NESTED);
    assertThat(echo.get(Lab.V_ARRAY).type()).isEqualTo(Type.NESTED_ARRAY);
  }

  @Test
  void nestThatHoldsItselfIsTheSameTable() throws NetlinkException {
    GenlPolicy policy = policy();
    Map<Integer, AttributePolicy> echo = policy.ofDo(Lab.ECHO);

    assertThat(policy.within(echo.get(Lab.V_NEST))).isEqualTo(echo);
    assertThat(policy.within(echo.get(Lab.V_ARRAY))).isEqualTo(echo);
    assertThat(policy.within(echo.get(Lab.V_NEST_ANY))).isEmpty();
  }

  @Test
  void boundsOfCheckAreThoseOfTheModule() throws NetlinkException {
    Map<Integer, AttributePolicy> check = policy().ofDo(Lab.CHECK);

    assertThat(check).hasSize(10);
    assertThat(check.get(Lab.V_U8).maxUnsigned()).isEqualTo(OptionalLong.of(10));
    assertThat(check.get(Lab.V_U16).mask()).isEqualTo(OptionalLong.of(0x0fff));
    assertThat(check.get(Lab.V_U32).minUnsigned()).isEqualTo(OptionalLong.of(10));
    assertThat(check.get(Lab.V_U32).maxUnsigned()).isEqualTo(OptionalLong.of(20));
    assertThat(check.get(Lab.V_U64).minUnsigned()).isEqualTo(OptionalLong.of(1L << 32));
    assertThat(check.get(Lab.V_U64).maxUnsigned()).isEqualTo(OptionalLong.of(Long.MIN_VALUE));
    assertThat(check.get(Lab.V_S32).minSigned()).isEqualTo(OptionalLong.of(-10));
    assertThat(check.get(Lab.V_S32).maxSigned()).isEqualTo(OptionalLong.of(10));
    assertThat(check.get(Lab.V_S64).minSigned()).isEqualTo(OptionalLong.of(-(1L << 40)));
    assertThat(check.get(Lab.V_S64).maxSigned()).isEqualTo(OptionalLong.of(1L << 40));
    assertThat(check.get(Lab.V_BITFIELD32).mask()).isEqualTo(OptionalLong.of(3));
    assertThat(check.get(Lab.V_STRING).maxLength()).isEqualTo(OptionalInt.of(15));
    assertThat(check.get(Lab.V_BINARY).minLength()).isEqualTo(OptionalInt.of(6));
    assertThat(check.get(Lab.V_BINARY).maxLength()).isEqualTo(OptionalInt.of(6));
  }

  @Test
  void eachCommandHasItsOwnTable() throws NetlinkException {
    GenlPolicy policy = policy();

    assertThat(policy.ofDump(Lab.DUMP).keySet())
        .containsExactlyInAnyOrder(
            Lab.COUNT,
            Lab.SIZE,
            Lab.DELAY,
            Lab.ERRNO,
            Lab.TEXT,
            Lab.INTR,
            Lab.SEQ,
            Lab.PORTID,
            Lab.ABSOLUTE,
            Lab.FLAGS);
    assertThat(policy.ofDump(Lab.DUMP).get(Lab.COUNT).maxUnsigned())
        .isEqualTo(OptionalLong.of(1_000_000));
    assertThat(policy.ofDo(Lab.DUMP)).isEmpty();
    assertThat(policy.ofDo(Lab.RAW).keySet()).containsExactly(Lab.PAYLOAD);
    assertThat(policy.ofDo(Lab.REPLY).get(Lab.DELAY).maxUnsigned())
        .isEqualTo(OptionalLong.of(10_000));
    assertThat(policy.ofDo(Lab.ADMIN)).isEmpty();
  }

  private static GenlPolicy policy() throws NetlinkException {
    try (Genl genl = Genl.open()) {
      return genl.policy(genl.family(Lab.NAME));
    }
  }
}
