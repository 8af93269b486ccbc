package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.Value;
import dev.jgenl.test.Comparison.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Makes calls of the kernel both with jgenl and with its own client, pyynl, from the same specs, in
 * a network namespace that a script has filled: a place, a folder of {@code test/oracles}. Both
 * have to answer the same, but for the differences that are listed there.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PyynlComparison {

  /** What comes and goes in the kernel by itself is asked for again. */
  private static final int ATTEMPTS_MAX = 5;

  /** What stands in the list in front of a clock, which need not differ. */
  private static final String CLOCK = "clock";

  private final String place;

  NamedNamespace namespace;
  Pyynl pyynl;
  DynamicClient client;
  private final boolean slow;
  private Recording recording;
  private KnownDifferences known;
  private KnownDifferences clocks;

  PyynlComparison(String place) {
    this(place, false);
  }

  /** Where asking takes a while, clocks go on meanwhile. */
  PyynlComparison(String place, boolean slow) {
    this.place = place;
    this.slow = slow;
  }

  @BeforeAll
  void open() throws Exception {
    namespace = NamedNamespace.open();
    pyynl = Pyynl.start(namespace);
    Path differences = Repository.path("test/oracles/known-differences.txt");
    known = KnownDifferences.read(differences, place);
    clocks = KnownDifferences.read(differences, CLOCK);
    recording =
        Recording.open(place, NetlinkOptions.DEFAULTS.withNetworkNamespace(namespace.file()));
    Specs specs = Prerequisite.requireSpecs();
    client = recording.client(specs);
    recording.listen(specs);
    fill();
    recording.listen(specs);
  }

  void fill() throws Exception {
    namespace.run(Repository.path("test/oracles/" + place + "/setup.sh").toString());
  }

  @AfterAll
  void close() throws Exception {
    if (client != null) {
      client.close();
    }
    if (recording != null) {
      recording.close();
    }
    if (pyynl != null) {
      pyynl.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> bothAnswerTheSame() throws IOException {
    List<ComparedCall> calls =
        ComparedCall.read(Repository.path("test/oracles/" + place + "/calls"));
    return Stream.concat(
        calls.stream().map(call -> dynamicTest(call.toString(), () -> compare(call))),
        Stream.of(
            dynamicTest(
                "every known difference is there", () -> assertThat(known.unused()).isEmpty())));
  }

  private void compare(ComparedCall call) throws Exception {
    Answer before = pyynl.call(call);
    Answer ours = ours(call);
    Answer after = pyynl.call(call);
    for (int i = 1; i < ATTEMPTS_MAX && mayHaveChanged(call, ours, before, after); i++) {
      before = pyynl.call(call);
      ours = ours(call);
      after = pyynl.call(call);
    }
    if (call.refusal().isPresent()) {
      assertThat(ours).isEqualTo(new Answer.Refused(call.refusal().get()));
      assertThat(before).isEqualTo(ours);
      return;
    }
    assertThat(ours).isInstanceOf(Answer.Messages.class);
    assertThat(((Answer.Messages) ours).list()).isNotEmpty();
    assertThat(unknown(call, ours, before, after)).isEmpty();
  }

  /**
   * Tells whether the kernel's answer has changed meanwhile: by what pyynl was told before and
   * after, or as a number that differs may show, such as the time since a packet came, which the
   * next packet sets back. What is read wrongly differs each time.
   */
  private boolean mayHaveChanged(ComparedCall call, Answer ours, Answer before, Answer after) {
    if (!isSteady(before, after)) {
      return true;
    }
    List<Difference> unknown = unknown(call, ours, before, after);
    return !unknown.isEmpty() && unknown.stream().allMatch(Difference::isOfNumbers);
  }

  private List<Difference> unknown(ComparedCall call, Answer ours, Answer before, Answer after) {
    return differences(ours, before, after).stream()
        .filter(d -> !known.cover(call, d.path()) && !(slow && clocks.cover(call, d.path())))
        .toList();
  }

  private static boolean isSteady(Answer before, Answer after) {
    return (before instanceof Answer.Messages a && after instanceof Answer.Messages b)
        ? Comparison.isSteady(a.list(), b.list())
        : before.equals(after);
  }

  private static List<Difference> differences(Answer ours, Answer before, Answer after) {
    return ours instanceof Answer.Messages o
            && before instanceof Answer.Messages b
            && after instanceof Answer.Messages a
        ? Comparison.of(o.list(), b.list(), a.list())
        : List.of(new Difference(Comparison.ALL, ours, before));
  }

  /** Returns what jgenl answers. */
  Answer ours(ComparedCall call) throws IOException, InterruptedException {
    try {
      List<Json> messages = new ArrayList<>();
      for (Value message : messages(call)) {
        messages.addAll(Json.parse("[" + message.toJson() + "]"));
      }
      return new Answer.Messages(messages);
    } catch (KernelException e) {
      return new Answer.Refused(e.error());
    } catch (NetlinkException e) {
      return new Answer.Failed(e.toString());
    }
  }

  private List<Value> messages(ComparedCall call) throws NetlinkException {
    DynamicFamily family = client.family(call.family());
    Value value = Value.parse(call.value());
    if (!call.dump()) {
      RequestFlag[] flags = call.flags().toArray(new RequestFlag[0]);
      return family.execute(call.operation(), value, flags).messages();
    }
    try (var dump = family.dump(call.operation(), value)) {
      return dump.toList();
    }
  }
}
