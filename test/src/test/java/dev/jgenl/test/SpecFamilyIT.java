package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.ExtendedAck;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.spec.SpecCodec;
import dev.jgenl.spec.model.Attribute;
import dev.jgenl.spec.model.AttributeSet;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Operation;
import dev.jgenl.spec.model.Type;
import dev.jgenl.spec.testkit.SpecFamily;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.wire.AttributeWriter;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests that are wrong in all the ways in which an attribute can be, sent to the scripted kernel
 * and to the real one: it is no kinder, and says the same of the same attribute.
 */
@Timeout(120)
class SpecFamilyIT {

  /** What {@code lib/nlattr.c} says; anything else is said by a family that was asked. */
  private static final Set<String> OF_THE_POLICY =
      Set.of(
          "Unknown attribute type",
          "Unsupported attribute",
          "invalid attribute length",
          "integer out of range",
          "binary attribute size out of range",
          "reserved bit set",
          "NLA_F_NESTED is missing",
          "NLA_F_NESTED not expected",
          "Attribute failed policy validation");

  /** What ethtool is strict about, and its spec does not say: bounds, and what is rejected. */
  private static final Set<String> BOUNDS_OF_ETHTOOL =
      Set.of(
          "auto",
          "burst-cnt",
          "burst-tmr",
          "c33-pse-admin-control",
          "enabled",
          "groups.size",
          "hkey",
          "hwtstamp-provider.qualifier",
          "i2c-address",
          "indir",
          "input-xfrm",
          "lanes",
          "length",
          "node-cnt",
          "node-id",
          "offset",
          "pmac-enabled",
          "podl-pse-admin-control",
          "power-mode-policy",
          "rx-push",
          "sopass",
          "stats-src",
          "to-tmr",
          "tx-enabled",
          "tx-min-frag-size",
          "tx-push",
          "use-cqe-mode-rx",
          "use-cqe-mode-tx",
          "verify-enabled",
          "verify-time");

  /** The same of links: lengths of names and addresses, and what only the kernel sets. */
  private static final Set<String> BOUNDS_OF_LINKS =
      Set.of(
          "address",
          "allmulti",
          "alt-ifname",
          "broadcast",
          "ifname",
          "new-ifindex",
          "parent-dev-name",
          "perm-address",
          "phys-port-id",
          "phys-switch-id",
          "tso-max-segs",
          "tso-max-size");

  /** A request of one attribute, which is wrong, in the nests that it belongs into. */
  private record Wrong(
      String attribute,
      String how,
      boolean known,
      List<Integer> path,
      Consumer<AttributeWriter> leaf) {

    void write(AttributeWriter writer) {
      write(writer, 0);
    }

    private void write(AttributeWriter writer, int depth) {
      if (depth == path.size()) {
        leaf.accept(writer);
      } else {
        writer.putNested(path.get(depth), within -> write(within, depth + 1));
      }
    }
  }

  /** What a kernel says: nothing if it asks the family. */
  private record Verdict(String errno, String text, List<Integer> path) {

    /** Which of the two is said depends on what the policy has behind it. */
    boolean isUnknown() {
      return text.equals("Unknown attribute type");
    }

    static Optional<Verdict> of(KernelException e) {
      ExtendedAck ack = e.extendedAck();
      return ack.message()
          .filter(OF_THE_POLICY::contains)
          .map(text -> text.equals("Unsupported attribute") ? "Unknown attribute type" : text)
          .map(text -> new Verdict(e.error().toString(), text, ack.path()));
    }
  }

  /** Sends a request, of a do or a dump. */
  private interface Way {
    void send(Operation operation, int id, boolean dump, Consumer<AttributeWriter> attributes)
        throws NetlinkException;
  }

  /**
   * What both kernels say.
   *
   * @param same how often they refuse with the same words
   * @param different where the real one refuses, and the other does not or with other words: an
   *     example of each attribute
   */
  private record Comparison(int same, Map<String, String> different) {}

  @Test
  void saysOfEthtoolWhatTheRealKernelSays() throws Exception {
    Comparison comparison = compare("ethtool");

    assertThat(comparison.different()).containsOnlyKeys(within(comparison, BOUNDS_OF_ETHTOOL));
    assertThat(comparison.same()).isGreaterThan(1_000);
  }

  @Test
  void saysOfNetdevWhatTheRealKernelSays() throws Exception {
    Comparison comparison = compare("netdev");

    assertThat(comparison.different()).isEmpty();
    assertThat(comparison.same()).isGreaterThan(100);
  }

  /** Of getting a family the real one ignores what it does not know. */
  @Test
  void saysOfTheControllerWhatTheRealKernelSays() throws Exception {
    Family model = Prerequisite.requireSpecs().family("nlctrl");
    FakeKernel fake = new FakeKernel();
    // The controller answers itself.
    SpecFamily.of(fake, model);

    Comparison comparison;
    try (Genl real = Genl.open();
        Genl scripted = fake.open()) {
      comparison = compare(model, way(real, "nlctrl"), way(scripted, "nlctrl"));
    }

    assertThat(comparison.different()).isEmpty();
    assertThat(comparison.same()).isGreaterThan(20);
  }

  private static Comparison compare(String name) throws Exception {
    Prerequisite.requireFamily(name);
    Family model = Prerequisite.requireSpecs().family(name);
    FakeKernel fake = new FakeKernel();
    answerAll(SpecFamily.of(fake, model));
    try (Genl real = Genl.open();
        Genl scripted = fake.open()) {
      return compare(model, way(real, name), way(scripted, name));
    }
  }

  private static Way way(Genl genl, String name) throws NetlinkException {
    GenlFamily family = genl.family(name);
    return (operation, id, dump, attributes) -> {
      if (dump) {
        genl.dump(family, id, attributes).toList();
      } else {
        genl.execute(family, id, attributes);
      }
    };
  }

  @Test
  void saysOfLinksWhatTheRealKernelSays() throws Exception {
    Family model = Prerequisite.requireSpecs().family("rt-link");
    FakeKernel fake = new FakeKernel();
    answerAll(SpecFamily.of(fake, model));

    Comparison comparison;
    try (NamedNamespace namespace = NamedNamespace.open();
        Netlink real = namespace.netlink(Netlink.ROUTE);
        Netlink scripted = fake.protocol(Netlink.ROUTE).open()) {
      SpecCodec codec = SpecCodec.of(model, ByteOrder.nativeOrder());
      comparison = compare(model, way(real, codec), way(scripted, codec));
    }

    assertThat(comparison.different()).containsOnlyKeys(within(comparison, BOUNDS_OF_LINKS));
    assertThat(comparison.same()).isGreaterThan(100);
  }

  /** Without a flag that would make something: what is right is of a device that there is not. */
  private static Way way(Netlink netlink, SpecCodec codec) {
    return (operation, id, dump, attributes) -> {
      byte[] header = new byte[codec.headerLength(operation.name())];
      NetlinkRequest request = NetlinkRequest.of(id, header, attributes);
      if (dump) {
        netlink.dump(request).toList();
      } else {
        netlink.execute(request);
      }
    };
  }

  /** Returns those that this kernel has. */
  private static String[] within(Comparison comparison, Set<String> known) {
    return comparison.different().keySet().stream().filter(known::contains).toArray(String[]::new);
  }

  /** So that what the kernel does not refuse is answered. */
  private static void answerAll(SpecFamily family) {
    for (Operation operation : family.model().operations()) {
      operation
          .doCall()
          .ifPresent(call -> family.onRequest(operation.name(), (request, answer) -> {}));
      operation.dump().ifPresent(call -> family.onDump(operation.name(), request -> List.of()));
    }
  }

  private static Comparison compare(Family model, Way real, Way scripted) {
    int same = 0;
    Map<String, String> different = new TreeMap<>();
    for (Operation operation : model.operations()) {
      for (boolean dump : new boolean[] {false, true}) {
        Call call = (dump ? operation.dump() : operation.doCall()).orElse(null);
        for (Wrong wrong : call == null ? List.<Wrong>of() : wrongs(model, operation, call)) {
          Optional<Verdict> theirs = verdict(real, operation, call, dump, wrong);
          Optional<Verdict> ours = verdict(scripted, operation, call, dump, wrong);
          if (theirs.isPresent() && theirs.equals(ours)) {
            same++;
          } else if (wrong.known()
              ? theirs.stream().anyMatch(v -> !v.isUnknown())
              : ours.stream().noneMatch(Verdict::isUnknown)) {
            different.put(
                wrong.attribute(),
                operation.name() + " " + wrong.how() + ": " + theirs + ", but " + ours);
          }
        }
      }
    }
    return new Comparison(same, different);
  }

  private static Optional<Verdict> verdict(
      Way way, Operation operation, Call call, boolean dump, Wrong wrong) {
    try {
      way.send(operation, call.request().id(), dump, wrong::write);
      return Optional.empty();
    } catch (KernelException e) {
      return Verdict.of(e);
    } catch (NetlinkException e) {
      throw new AssertionError(wrong.toString(), e);
    }
  }

  private static List<Wrong> wrongs(Family model, Operation operation, Call call) {
    List<Wrong> wrongs = new ArrayList<>();
    List<Attribute> all = operation.set().map(s -> find(model, s)).orElse(List.of());
    wrongs.add(new Wrong("1000", "", false, List.of(), a -> a.putU32(1_000, 1)));
    for (Attribute a : all) {
      boolean known = call.request().attributes().contains(a.name());
      add(wrongs, "", known, List.of(), a);
      if (known && a.type() instanceof Type.Nest nest) {
        List<Integer> path = List.of(a.id());
        wrongs.add(new Wrong(a.name() + ".1000", "", false, path, w -> w.putU32(1_000, 1)));
        find(model, nest.set()).forEach(within -> add(wrongs, a.name() + ".", true, path, within));
      }
    }
    return wrongs;
  }

  private static List<Attribute> find(Family model, String set) {
    return model.sets().stream()
        .filter(s -> s.name().equals(set))
        .findFirst()
        .map(AttributeSet::attributes)
        .orElseThrow();
  }

  private static void add(
      List<Wrong> wrongs, String before, boolean known, List<Integer> path, Attribute a) {
    boolean hasValue = !(a.type() instanceof Type.Unused || a.type() instanceof Type.Pad);
    String name = before + a.name();
    for (int length : new int[] {0, 1, 2, 3, 4, 5, 8, 200}) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) 0xff);
      wrongs.add(
          new Wrong(
              name,
              "of " + length + " bytes",
              known && hasValue,
              path,
              w -> w.putBytes(a.id(), bytes)));
    }
    wrongs.add(
        new Wrong(
            name,
            "with a nest",
            known && hasValue,
            path,
            w -> w.putNested(a.id(), within -> within.putU32(1_000, 1))));
  }
}
