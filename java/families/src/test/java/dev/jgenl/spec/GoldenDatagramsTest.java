package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.capture.CaptureReader;
import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.Direction;
import dev.jgenl.spec.DescribedMessage.Kind;
import dev.jgenl.spec.compiler.typed.GeneratedView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What kernels were asked and said, recorded by test/oracles/golden.sh: of each message generated
 * views show what a dynamic client has.
 */
class GoldenDatagramsTest {

  private static final Path RECORDINGS = Path.of("src/test/resources/golden");

  /** A bridge says other things there than the spec, which knows what IP says. */
  private static final String OF_BRIDGES = "dev.jgenl.families.rtlink.AfSpec.inet";

  /** Of each family there are answers, and attributes in them; all of them are shown. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "linux-6.18, conntrack ethtool mptcp_pm netdev nftables nlctrl rt-addr rt-link rt-neigh"
        + " rt-route rt-rule tc tcp_metrics",
    "linux-6.12, conntrack devlink ethtool fou gnl_foobar_xmpl netdev nfsd nftables nl80211 nlctrl"
        + " ovs_datapath ovs_flow ovs_vport rt-addr rt-link rt-neigh rt-route rt-rule tc team"
        + " wireguard"
  })
  void viewsShowWhatTheDynamicClientHas(String kernel, String families) throws IOException {
    Specs specs = BundledSpecs.require();
    Map<String, GeneratedViews> answers = new TreeMap<>();
    Map<String, GeneratedViews> requests = new TreeMap<>();
    Set<String> unnamed = new TreeSet<>();
    Set<String> hidden = new TreeSet<>();
    for (DescribedMessage message : messages(specs, kernel)) {
      boolean sent = message.direction() == Direction.TO_KERNEL;
      String name = message.family() + " " + message.operation();
      NestValue value = (NestValue) message.value();
      GeneratedViews views =
          (sent ? requests : answers)
              .computeIfAbsent(message.family(), f -> GeneratedViews.of(specs.family(f)));
      List<GeneratedView> fitting = views.of(message.operation(), sent);
      if (fitting.isEmpty()) {
        unnamed.add(name);
        continue;
      }
      Set<String> names = new TreeSet<>(value.names());
      names.removeIf(n -> n.matches("\\d+"));
      for (GeneratedView view : fitting) {
        views.compare(view, value);
        names.removeAll(views.names(view));
      }
      names.forEach(n -> hidden.add(name + " " + n));
    }

    assertThat(hidden).isEmpty();
    assertThat(unnamed).isEmpty();
    assertThat(requests.keySet()).containsExactly(families.split(" "));
    assertThat(answers.keySet()).containsExactly(families.split(" "));
    assertThat(answers)
        .allSatisfy(
            (family, views) -> {
              assertThat(views.shown()).isNotEmpty();
              assertThat(views.unseen()).isSubsetOf(OF_BRIDGES);
              assertThat(views.malformed()).isEmpty();
            });
    assertThat(requests)
        .allSatisfy(
            (family, views) -> {
              assertThat(views.unseen()).isEmpty();
              assertThat(views.malformed()).isEmpty();
            });
  }

  /** Returns requests, answers and notifications of families that have specs. */
  private static List<DescribedMessage> messages(Specs specs, String kernel) throws IOException {
    List<DescribedMessage> messages = new ArrayList<>();
    for (Path file : recordings(kernel)) {
      MessageDescriber describer = new MessageDescriber(specs);
      try (CaptureReader reader =
          CaptureReader.open(new GZIPInputStream(Files.newInputStream(file)))) {
        CapturedDatagram datagram = reader.next();
        for (; datagram != null; datagram = reader.next()) {
          describer.describe(datagram).stream()
              .filter(m -> m.kind() == Kind.MESSAGE && specs.names().contains(m.family()))
              .forEach(messages::add);
        }
      }
    }
    return messages;
  }

  private static List<Path> recordings(String kernel) throws IOException {
    try (Stream<Path> files = Files.list(RECORDINGS.resolve(kernel))) {
      return files.sorted().toList();
    }
  }
}
