package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jgenl complete} offers, by a spec that is made for it. */
class CompletionTest {

  private static final String SPEC =
      """
      name: tiny
      doc: A family for tests.
      protocol: genetlink-legacy
      definitions:
        -
          type: enum
          name: color
          entries:
            - {name: red, doc: Like blood.}
            - green
        - {name: trait, type: flags, entries: [fast, exact]}
        -
          type: struct
          name: head
          members:
            - {name: head-ifindex, type: u32}
      attribute-sets:
        -
          name: thing
          attributes:
            - {name: ifname, type: string}
            - {name: color, type: u32, enum: color, doc: Which it has.}
            - {name: quiet, type: flag}
            - {name: part, type: nest, nested-attributes: part, multi-attr: true}
            - {name: body, type: nest, nested-attributes: body}
            - {name: port, type: u16, multi-attr: true}
            - {name: secret, type: u32}
            - {name: traits, type: u32, enum: trait}
        -
          name: part
          attributes:
            - {name: length, type: u32}
        -
          name: body
          attributes:
            - {name: kind, type: string}
            - {name: data, type: sub-message, sub-message: data, selector: kind}
        -
          name: round
          attributes:
            - {name: radius, type: u32}
      sub-messages:
        -
          name: data
          formats:
            - {value: round, attribute-set: round}
            - {value: flat}
      operations:
        fixed-header: head
        list:
          -
            name: get
            doc: |
              Tells of a thing.
              In more lines than one.
            attribute-set: thing
            do: {request: {attributes: [ifname, color, quiet, part, body, port, traits]}, reply: {attributes: [color]}}
          -
            name: all
            attribute-set: thing
            dump: {reply: {attributes: [color]}}
      mcast-groups:
        list:
          - {name: news}
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeSpec() throws Exception {
    Files.writeString(folder.resolve("tiny.yaml"), SPEC);
  }

  @Test
  void verbsComeFirstWithWhatTheyDo() {
    assertThat(complete("")).contains("do\tAsks for one thing, or has something changed.");
    assertThat(complete("du")).containsExactly("dump\tAsks for all that there are.");
  }

  @Test
  void optionsAreThoseOfTheVerbAndOfAll() {
    assertThat(words(complete("do", "--")))
        .contains("--dry-run", "--timeout")
        .doesNotContain("--merge", "--process-unknown");
    assertThat(words(complete("--"))).contains("--timeout", "--batch").doesNotContain("--dry-run");
    assertThat(words(complete("--batch", "lines", "--f"))).containsExactly("--force");
  }

  @Test
  void anOptionHasItsValues() {
    assertThat(complete("do", "-o", "")).contains("json", "table");
    assertThat(complete("--color", "a")).containsExactly("auto", "always");
    assertThat(complete("completion", ""))
        .hasSize(3)
        .contains("bash\tsource <(jgenl completion bash)");
  }

  @Test
  void optionsMayStandAnywhere() {
    assertThat(complete("-n", "blue", "do", "tiny", "")).containsExactly("get\tTells of a thing.");
    assertThat(complete("do", "-o", "json", "tiny", "g")).containsExactly("get\tTells of a thing.");
  }

  @Test
  void operationsAreThoseThatTheVerbCanAskFor() {
    assertThat(complete("do", "tiny", "")).containsExactly("get\tTells of a thing.");
    assertThat(complete("dump", "tiny", "")).containsExactly("all");
  }

  @Test
  void anythingWithANameCanBeDescribed() {
    assertThat(words(complete("describe", "tiny", "")))
        .contains("get", "all", "thing", "color", "head", "data", "news");
  }

  @Test
  void groupsStandBehindTheirFamily() {
    assertThat(complete("monitor", "tiny:")).containsExactly("tiny:news");
  }

  @Test
  void attributesAreThoseOfTheRequest() {
    assertThat(words(complete("do", "tiny", "get", "")))
        .containsExactly(
            "head-ifindex=",
            "ifname=",
            "color=",
            "quiet",
            "part[0].",
            "body.",
            "port+=",
            "traits=");
  }

  @Test
  void aPathGoesOnWithinNests() {
    assertThat(complete("do", "tiny", "get", "part[0].")).containsExactly("part[0].length=");
    assertThat(complete("do", "tiny", "get", "body.")).containsExactly("body.kind=", "body.data.");
  }

  @Test
  void whatAnotherWordSelectsIsOffered() {
    assertThat(complete("do", "tiny", "get", "body.kind="))
        .containsExactly("body.kind=round", "body.kind=flat");
    assertThat(complete("do", "tiny", "get", "body.kind=round", "body.data."))
        .containsExactly("body.data.radius=");
    assertThat(complete("do", "tiny", "get", "body.kind=flat", "body.data.")).isEmpty();
  }

  @Test
  void valuesHaveTheirNames() {
    assertThat(complete("do", "tiny", "get", "color="))
        .containsExactly("color=red\tLike blood.", "color=green");
  }

  @Test
  void devicesAreThoseOfThisMachine() {
    assertThat(complete("do", "tiny", "get", "ifname=")).contains("ifname=lo");
    assertThat(complete("do", "tiny", "get", "head-ifindex=")).contains("head-ifindex=1\tlo");
  }

  @Test
  void whatIsUnknownIsOfferedNothing() {
    assertThat(complete("frobnicate", "")).isEmpty();
    assertThat(complete("do", "tiny", "nothing", "")).isEmpty();
    assertThat(complete("do", "tiny", "get", "no.such.path")).isEmpty();
    assertThat(complete("do", "tiny", "get", "ifname.")).isEmpty();
  }

  @Test
  void withoutASelectorAllThatItCouldSelectIsOffered() {
    assertThat(complete("do", "tiny", "get", "body.data.r")).containsExactly("body.data.radius=");
  }

  @Test
  void bitsStandBesideOthers() {
    assertThat(complete("do", "tiny", "get", "traits=fast,e")).containsExactly("traits=fast,exact");
    assertThat(complete("do", "tiny", "get", "color=red,g")).isEmpty();
  }

  @Test
  void devicesAreThoseOfTheNamespaceThatIsNamed() {
    assertThat(complete("-n", "/proc/self/ns/net", "do", "tiny", "get", "head-ifindex="))
        .contains("head-ifindex=1\tlo");
  }

  @Test
  void linesOfPyynlAreCompleted() {
    assertThat(complete("--family", "tin")).containsExactly("tiny");
    assertThat(complete("--family", "tiny", "--do", "")).containsExactly("get\tTells of a thing.");
    assertThat(complete("--family", "tiny", "--dump", "")).containsExactly("all");
    assertThat(complete("--family", "tiny", "--subscribe", "")).containsExactly("news");
    assertThat(complete("--family", "tiny", "--du")).containsExactly("--dump", "--duration");
    assertThat(complete("--family", "tiny", "--do", "get", "--json", "")).isEmpty();
  }

  private static List<String> words(List<String> lines) {
    return lines.stream().map(line -> line.replaceFirst("\t.*", "")).toList();
  }

  private List<String> complete(String... words) {
    List<String> all = new ArrayList<>(List.of("complete", "--"));
    all.addAll(List.of("--spec-dir", folder.toString()));
    all.addAll(List.of(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new Jgenl(
                new Environment(
                    out,
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    InputStream.nullInputStream(),
                    0,
                    false,
                    null))
            .run(all.toArray(new String[0]));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(status).isEqualTo(ExitStatus.OK);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
