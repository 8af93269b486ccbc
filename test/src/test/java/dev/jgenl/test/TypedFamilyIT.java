package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.ClosedException;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Shape;
import dev.jgenl.spec.Value;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.spec.typed.TypedDump;
import dev.jgenl.spec.typed.TypedDumpRequest;
import dev.jgenl.spec.typed.TypedFamily;
import dev.jgenl.spec.typed.TypedRequest;
import dev.jgenl.spec.typed.TypedValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What generated clients are made of, on the running kernel. */
@Timeout(60)
class TypedFamilyIT {

  /** A link, of which little is asked. */
  private static final class Link extends TypedValue {

    private static final Shape SHAPE = Shape.of("ifi-index", "ifname", "mtu");

    Link(NestValue value) {
      super(SHAPE, value);
    }

    int index() {
      return member32(0);
    }

    Optional<String> name() {
      return text(1);
    }

    OptionalLong mtu() {
      return number64(2);
    }
  }

  private static final class GetLink extends TypedRequest<Link> {

    GetLink(String name) {
      super(Link.SHAPE, (NestValue) Value.of(Map.of("ifname", name)), "getlink", Set.of());
    }

    @Override
    protected Link reply(NestValue value) {
      return new Link(value);
    }
  }

  private static final class ListLinks extends TypedDumpRequest<Link> {

    ListLinks() {
      super(Link.SHAPE, (NestValue) Value.of(Map.of()), "getlink");
    }

    @Override
    protected Link reply(NestValue value) {
      return new Link(value);
    }
  }

  private static Family model(String name) {
    return Prerequisite.requireSpecs().family(name);
  }

  @Test
  void loopbackIsTheFirstLink() throws NetlinkException {
    try (TypedFamily links = TypedFamily.open(NetlinkOptions.DEFAULTS, model("rt-link"))) {
      Link link = links.request(new GetLink("lo"));

      assertThat(link.index()).isEqualTo(1);
      assertThat(link.name()).hasValue("lo");
      assertThat(link.mtu()).isPresent();
      assertThat(links.dump(new ListLinks()).toList()).contains(link);
    }
  }

  @Test
  void closesWhatItHasOpenedAndNothingElse() throws Exception {
    long before = Descriptors.sockets();
    TypedFamily links = TypedFamily.open(NetlinkOptions.DEFAULTS, model("rt-link"));
    links.request(new GetLink("lo"));

    links.close();
    links.close();

    assertThat(Descriptors.sockets()).isEqualTo(before);
    assertThatThrownBy(() -> links.request(new GetLink("lo"))).isInstanceOf(ClosedException.class);
    try (Netlink netlink = Netlink.open(Netlink.ROUTE)) {
      TypedFamily.of(netlink, model("rt-link")).close();
      assertThat(TypedFamily.of(netlink, model("rt-link")).request(new GetLink("lo")).index())
          .isEqualTo(1);
    }
    try (Genl genl = Genl.open()) {
      assertThat(TypedFamily.of(genl, model("nlctrl")).dynamic().operation("getfamily").dump())
          .isPresent();
    }
  }

  @Test
  void dumpHoldsASocketUntilItIsClosedOrFails() throws Exception {
    try (TypedFamily links = TypedFamily.open(NetlinkOptions.DEFAULTS, model("rt-link"))) {
      links.request(new GetLink("lo"));
      long before = Descriptors.sockets();
      try (TypedDump<Link> one = links.dump(new ListLinks());
          TypedDump<Link> other = links.dump(new ListLinks())) {
        assertThat(one.next()).isNotNull();
        assertThat(other.iterator().hasNext()).isTrue();
        assertThat(Descriptors.sockets()).isGreaterThan(before);
      }
      assertThat(Descriptors.sockets()).isLessThanOrEqualTo(before);

      TypedDump<Link> failing = links.dump(new ListLinks());
      assertThatThrownBy(
              () ->
                  failing.forEach(
                      link -> {
                        throw new IllegalStateException("the action");
                      }))
          .hasMessage("the action");
      assertThat(Descriptors.sockets()).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void nothingStaysOpenOfAFamilyThatTheKernelLacks() throws Exception {
    long before = Descriptors.sockets();
    Family known = model("nlctrl");
    Family lacking =
        new Family(
            "jgenl-lacking",
            "",
            new Protocol.Generic("jgenl-lacking", 1),
            known.provenance(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    assertThatThrownBy(() -> TypedFamily.open(NetlinkOptions.DEFAULTS, lacking))
        .isInstanceOf(FamilyNotFoundException.class);
    assertThat(Descriptors.sockets()).isEqualTo(before);
  }
}
