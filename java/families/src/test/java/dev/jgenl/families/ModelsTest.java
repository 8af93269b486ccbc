package dev.jgenl.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.Specs;
import dev.jgenl.spec.compiler.SpecCompiler;
import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Checks;
import dev.jgenl.spec.model.Definition;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.ModelFile;
import dev.jgenl.spec.model.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the jar. */
class ModelsTest {

  private static final Path MADE = Path.of("target/classes/META-INF");

  private static Map<String, Path> files;

  @BeforeAll
  static void findSpecs() throws IOException {
    files = Sources.pinned();
  }

  @Test
  void areThoseOfAllSpecsAndOfOnesOwn() {
    assertThat(Specs.bundled().names())
        .containsAll(files.keySet())
        .contains("gnl_foobar_xmpl", "TASKSTATS")
        .hasSize(files.size() + 2)
        .isSorted();
  }

  @Test
  void areWhatTheSpecsSay() throws IOException {
    for (Map.Entry<String, Path> spec : files.entrySet()) {
      Family family = SpecCompiler.create().compile(spec.getValue());

      assertThat(Specs.bundled().family(spec.getKey())).isEqualTo(family);
      assertThat(model(spec.getKey())).isEqualTo(ModelFile.write(family));
    }
  }

  @Test
  void areRefusedIfTheyAreDamaged() throws IOException {
    for (String name : files.keySet()) {
      byte[] model = model(name);
      int step = Math.max(1, model.length / 200);
      for (int at = 0; at < model.length; at += step) {
        byte[] cut = Arrays.copyOf(model, at);
        assertThatThrownBy(() -> ModelFile.read(cut)).isInstanceOf(IOException.class);
        byte[] corrupt = model.clone();
        corrupt[at] ^= (byte) (1 << at % 8);
        assertThatThrownBy(() -> ModelFile.read(corrupt))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("model");
      }
    }
  }

  private static byte[] model(String name) throws IOException {
    return Files.readAllBytes(MADE.resolve("jgenl/families/" + name + ".model"));
  }

  @Test
  void comeWithTheirLicence() throws IOException {
    assertThat(Files.readString(MADE.resolve("NOTICE")))
        .contains(
            "Linux 7.3.0 by netlink-bindings 0.3.5.",
            "Copyright 2025 Google LLC",
            "Copyright (c) 2023, Oracle",
            "OpenVPN",
            "Valve Corporation",
            "and the contributors to Linux",
            "Of jgenl's own and under its licence: TASKSTATS, gnl_foobar_xmpl.");
    assertThat(Files.readString(MADE.resolve("LICENSE-BSD-3-Clause")))
        .contains("Neither the name of the copyright holder");
  }

  // Numbers of the kernel's headers, each behind a rule that is easily missed.

  @Test
  void countWhatTheKernelTellsAmongItsReplies() {
    // ETHTOOL_MSG_FEATURES_GET and _NTF, linux/ethtool_netlink_generated.h
    assertThat(operation("ethtool", "features-get").doCall().map(Call::request).map(Layout::id))
        .contains(11);
    assertThat(operation("ethtool", "features-ntf").event().map(Layout::id)).contains(13);
    assertThat(operation("ethtool", "features-ntf").group()).contains("monitor");
  }

  @Test
  void haveAnotherNumberInADumpThanInADo() {
    // DEVLINK_CMD_PORT_NEW answers a do, DEVLINK_CMD_NEW a dump.
    Operation get = operation("devlink", "port-get");

    assertThat(get.doCall().flatMap(Call::reply).map(Layout::id)).contains(7);
    assertThat(get.dump().flatMap(Call::reply).map(Layout::id)).contains(3);
  }

  @Test
  void findAConstantByItsNameInC() {
    // WG_KEY_LEN
    Attribute key = attribute("wireguard", "wgpeer", "public-key");

    assertThat(key.checks().exactLength()).isEqualTo(OptionalInt.of(32));
    assertThat(key.cName()).isEqualTo("WGPEER_A_PUBLIC_KEY");
  }

  @Test
  void goOnFromANumberThatIsGiven() {
    // DEVLINK_ATTR_PARAM_VALUE_CMODE, behind numbers that the spec leaves out
    assertThat(attribute("devlink", "devlink", "param-value-cmode").id()).isEqualTo(87);
  }

  @Test
  void takeOnceWhatStandsTwice() {
    Layout reply = operation("conntrack", "get").doCall().flatMap(Call::reply).orElseThrow();

    assertThat(reply.attributes()).doesNotHaveDuplicates().contains("nat-dst");
  }

  @Test
  void areCorrected() {
    // NL_POLICY_TYPE_ATTR_MASK and _PAD, linux/netlink.h; groups of genetlink.c
    Family nlctrl = Specs.bundled().family("nlctrl");

    assertThat(attribute("nlctrl", "policy-attrs", "mask").id()).isEqualTo(12);
    assertThat(attribute("nlctrl", "policy-attrs", "pad").id()).isEqualTo(11);
    assertThat(operation("nlctrl", "newfamily-ntf").event().map(Layout::id)).contains(1);
    assertThat(operation("nlctrl", "delfamily-ntf").group()).contains("notify");
    assertThat(nlctrl.provenance().corrections()).anyMatch(c -> c.contains("ATTR_MASK 12"));
  }

  @Test
  void knowTheSizesOfStructs() {
    // struct ifinfomsg, struct nfgenmsg, struct ovs_header
    assertThat(size("rt-link", "ifinfomsg")).isEqualTo(16);
    assertThat(size("nftables", "nfgenmsg")).isEqualTo(4);
    assertThat(size("ovs_flow", "ovs-header")).isEqualTo(4);
    assertThat(operation("ovs_flow", "get").header()).isEqualTo(Optional.of("ovs-header"));
  }

  @Test
  void checkNothingWhereNothingIsSaid() {
    assertThat(attribute("wireguard", "wgpeer", "rx-bytes").checks()).isEqualTo(Checks.NONE);
  }

  private static int size(String family, String struct) {
    return Specs.bundled().family(family).definitions().stream()
        .filter(d -> d.name().equals(struct))
        .mapToInt(d -> ((Definition.Struct) d).size())
        .findFirst()
        .orElseThrow();
  }

  private static Operation operation(String family, String name) {
    List<Operation> operations = Specs.bundled().family(family).operations();
    return operations.stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
  }

  private static Attribute attribute(String family, String set, String name) {
    return Specs.bundled().family(family).sets().stream()
        .filter(s -> s.name().equals(set))
        .flatMap(s -> s.attributes().stream())
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
