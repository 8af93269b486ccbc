package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.testkit.FakeFamily;
import dev.jgenl.testkit.FakePolicy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel accepts, and how that differs from the spec. */
class CheckVerbTest {

  @TempDir Path folder;
  private Scripted jgenl;

  @BeforeEach
  void script() throws IOException {
    jgenl = new Scripted(folder);
  }

  /** A kernel that does all that the spec says. */
  private FakeFamily complete() {
    return jgenl
        .family()
        .onDo(1, (request, answer) -> {})
        .onDump(1, (request, answer) -> {})
        .onDo(2, (request, answer) -> {})
        .commandFlags(2, FakeFamily.GENL_ADMIN_PERM);
  }

  private static void all(FakePolicy policy) {
    policy
        .number(1, FakePolicy.NumberType.U32)
        .nulString(2, 15)
        .number(3, FakePolicy.NumberType.U8, 0, 2)
        .nested(4, within -> within.nulString(1, 15).number(2, FakePolicy.NumberType.U32))
        .flag(7)
        .nulString(8, 15);
  }

  @Test
  void aKernelThatDoesWhatTheSpecSaysDoesNotDiffer() {
    complete().policy(1, CheckVerbTest::all).policy(2, CheckVerbTest::all);

    assertThat(jgenl.run("check", "sensors")).isZero();
    assertThat(jgenl.out()).isEqualTo("[]\n");
  }

  @Test
  void whatDiffersIsNamedAndEndsWith1() {
    jgenl
        .family()
        .onDo(1, (request, answer) -> {})
        .onDo(9, (request, answer) -> {})
        .group("news")
        .policy(
            1,
            policy ->
                policy
                    .number(1, FakePolicy.NumberType.U32, 1, 9)
                    .number(2, FakePolicy.NumberType.U32)
                    .number(3, FakePolicy.NumberType.U8)
                    .nested(4, within -> within.flag(2).flag(5))
                    .flag(7));

    assertThat(jgenl.run("check", "sensors", "-o", "jsonl")).isEqualTo(1);
    assertThat(jgenl.out().lines().map(line -> line.replaceAll(".*\"what\":\"|\",\"differs.*", "")))
        .containsExactlyInAnyOrder(
            "get dump",
            "get do tag",
            "get do id",
            "get do name",
            "get do place.floor",
            "get do place.5",
            "set",
            "operation 9",
            "group news");
  }

  @Test
  void thePolicyHasTheNamesOfTheSpec() {
    complete().policy(1, CheckVerbTest::all);

    assertThat(jgenl.run("policy", "sensors", "get", "-o", "table")).isZero();
    assertThat(jgenl.out())
        .contains("operation: get\nnumber: 1\ndo:\n")
        .contains("state    U8 from 0 to 2")
        .contains("  floor  U32");
  }

  @Test
  void anOperationThatTheKernelLacksHasNoPolicy() {
    jgenl.family().onDo(1, (request, answer) -> {}).policy(1, CheckVerbTest::all);

    assertThat(jgenl.run("policy", "sensors", "1")).isZero();
    assertThat(jgenl.run("policy", "sensors", "99")).isEqualTo(1);
    assertThat(jgenl.err()).isEqualTo("jgenl: sensors: this kernel has no operation 99\n");
    assertThat(jgenl.run("policy", "sensors", "set")).isEqualTo(1);
    assertThat(jgenl.out()).isEmpty();
  }

  @Test
  void allFamiliesOfTheKernelAreListed() {
    complete();

    assertThat(jgenl.run("families", "--spec", "-o", "jsonl")).isZero();
    assertThat(jgenl.out())
        .contains("\"name\":\"sensors\",\"id\":")
        .contains("\"spec\":\"sensors\",\"differs\":0");
  }

  @Test
  void aFamilyOrAllIsWanted() {
    assertThat(jgenl.run("check")).isEqualTo(2);
    assertThat(jgenl.run("check", "sensors", "--all")).isEqualTo(2);
    assertThat(jgenl.run("check", "rt-link")).isEqualTo(2);
    assertThat(jgenl.err()).contains("Generic Netlink alone");
  }
}
