package dev.jgenl.spec.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.compiler.UapiSource.Assertion;
import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Hint;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.model.Provenance;
import dev.jgenl.spec.model.Type;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is asked of a compiler, and how its answer is understood; UapiIT asks a real one. */
class UapiCheckTest {

  private static final Type U32 = new Type.Scalar(Type.Width.U32, false, Optional.empty());
  private static final String END =
      "<stdin>:4:1: error: static assertion failed: \"" + UapiSource.END + "\"";

  @Test
  void everyNumberSizeOffsetLengthAndSignIsAsserted() {
    Definition.Member member = new Definition.Member("dp-ifindex", 0, 4, U32, Hint.NONE, "");
    Definition.Member pad = new Definition.Member("pad", 4, 4, new Type.Pad(4), Hint.NONE, "");
    UapiSource source =
        UapiSource.of(
            family(
                new Protocol.Generic("x", 1),
                new Definition.Struct("ovs-header", "", "ovs_header", 8, List.of(member, pad)),
                new Definition.Enumeration(
                    "flags", "", true, List.of(new Definition.Entry("top", 1L << 31, "", "TOP"))),
                new Definition.Constant("most", "", "MOST", -1),
                new Definition.Text("group", "", "GROUP", "a\"b")),
            List.of("linux/x.h"));

    assertThat(source.text())
        .isEqualTo(
            """
            #include <linux/x.h>
            _Static_assert(sizeof(struct ovs_header) == 8, "differs");
            _Static_assert(__builtin_offsetof(struct ovs_header, dp_ifindex) == 0, "differs");
            _Static_assert(sizeof(((struct ovs_header *)0)->dp_ifindex) == 4, "differs");
            _Static_assert(!((__typeof__(((struct ovs_header *)0)->dp_ifindex))-1 < 0), "differs");
            _Static_assert((unsigned int)(TOP) == 2147483648, "differs");
            _Static_assert((MOST) == 18446744073709551615ULL, "differs");
            _Static_assert(__builtin_strcmp(GROUP, "a\\"b") == 0, "differs");
            _Static_assert((X_A_ONE) == 1, "differs");
            _Static_assert((X_CMD_GET) == 2561, "differs");
            _Static_assert(0, "the end of the source");
            """);
    assertThat(source.assertion(1)).isEmpty();
    assertThat(source.assertion(2)).contains(new Assertion("size:ovs-header", "struct ovs_header"));
    assertThat(source.assertion(5))
        .contains(new Assertion("sign:ovs-header.dp-ifindex", "struct ovs_header, dp_ifindex"));
    assertThat(source.assertion(10)).contains(new Assertion("operation:get", "X_CMD_GET"));
    assertThat(source.assertion(11)).isEmpty();
  }

  @Test
  void subsystemOfNetfilterIsNotPartOfTheNumber() {
    UapiSource source = UapiSource.of(family(new Protocol.Raw(12)), List.of());

    assertThat(source.text()).contains("(X_CMD_GET) == 1,");
  }

  @Test
  void whatDiffersAndWhatIsNotDeclaredIsReported() throws Exception {
    UapiCheck.Report report =
        check(
            "<stdin>:2:1: error: static assertion failed: \"differs\"",
            "<stdin>:3:17: error: 'X_CMD_GET' undeclared here (not in a function)",
            "<stdin>:3:16: error: expression in static assertion is not an integer",
            END);

    assertThat(report)
        .isEqualTo(new UapiCheck.Report(2, List.of("attribute:set.one"), List.of("X_CMD_GET")));
  }

  @Test
  void allIsEqualOnlyWhereTheCompilerCameToTheEnd() throws Exception {
    assertThat(check(END)).isEqualTo(new UapiCheck.Report(2, List.of(), List.of()));
    assertFails("the compiler did not come to the end", "");
  }

  @Test
  void headerThatIsMissingIsAFailure() {
    assertFails(
        "linux/x.h: No such file",
        "<stdin>:1:10: fatal error: linux/x.h: No such file or directory",
        "compilation terminated.");
  }

  @Test
  void errorInAHeaderIsAFailure() {
    assertFails("redefinition", "/usr/include/netinet/in.h:31:8: error: redefinition of 'x'", END);
  }

  @Test
  void errorOfAnotherKindIsAFailure() {
    assertFails("expected ';'", "<stdin>:2:1: error: expected ';' before 'x'", END);
  }

  @Test
  void compilerThatDiesIsAFailure() {
    assertFails("Killed", "cc: fatal error: Killed signal terminated program cc1", END);
    UapiCheck dead =
        new UapiCheck(List.of("sh", "-c", "cat >&2; kill -9 $$"), List.of("linux/x.h"));
    assertThatThrownBy(() -> dead.check(family(new Protocol.Raw(0))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not come to the end");
  }

  @Test
  void compilerThatIsMissingIsAFailure() {
    UapiCheck missing = new UapiCheck(List.of("no-such-compiler"), List.of());

    assertThatThrownBy(() -> missing.check(family(new Protocol.Raw(0))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-compiler");
  }

  private static void assertFails(String reason, String... lines) {
    assertThatThrownBy(() -> check(lines))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the spec x could not be checked")
        .hasMessageContaining(reason);
  }

  /** Has a compiler that says just that check two numbers, in lines 2 and 3. */
  private static UapiCheck.Report check(String... lines) throws Exception {
    String says = "cat >/dev/null; cat <<'ANSWER'\n" + String.join("\n", lines) + "\nANSWER\n";
    return new UapiCheck(List.of("sh", "-c", says), List.of("linux/x.h"))
        .check(family(new Protocol.Generic("x", 1)));
  }

  private static Family family(Protocol protocol, Definition... definitions) {
    Attribute one = new Attribute("one", 1, U32, false, Checks.NONE, Hint.NONE, "", "X_A_ONE");
    Attribute nameless = new Attribute("two", 2, U32, false, Checks.NONE, Hint.NONE, "", "");
    AttributeSet set = new AttributeSet("set", "", Optional.empty(), List.of(one, nameless));
    AttributeSet part = new AttributeSet("part", "", Optional.of("set"), List.of(one));
    Operation get =
        new Operation(
            "get",
            "",
            Optional.of("set"),
            Optional.empty(),
            Optional.of(new Call(new Layout(0xa01, List.of("one")), Optional.empty())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            "X_CMD_GET");
    return new Family(
        "x",
        "",
        protocol,
        new Provenance("x.yaml", "", "", List.of()),
        List.of(definitions),
        List.of(set, part),
        List.of(),
        List.of(get),
        List.of());
  }
}
