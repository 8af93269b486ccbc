package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.PartlyDoneException;
import dev.jgenl.families.wireguard.GetDeviceReply;
import dev.jgenl.families.wireguard.SetDeviceRequest;
import dev.jgenl.families.wireguard.Wgallowedip;
import dev.jgenl.families.wireguard.WgdeviceFlags;
import dev.jgenl.families.wireguard.Wgpeer;
import dev.jgenl.families.wireguard.WgpeerFlags;
import dev.jgenl.families.wireguard.Wireguard;
import dev.jgenl.spec.InvalidValueException;
import dev.jgenl.spec.Value;
import dev.jgenl.testkit.FakeFamily;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.testkit.FakeRequest;
import dev.jgenl.wire.Attribute;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not fit into an attribute, of a scripted WireGuard that puts together what comes. */
class TypedPartsTest {

  private static final int SET_DEVICE = 1;
  private static final int IFNAME = 2;
  private static final int DEVICE_FLAGS = 5;
  private static final int PEERS = 8;
  private static final int PUBLIC_KEY = 1;
  private static final int PEER_FLAGS = 3;
  private static final int ALLOWEDIPS = 9;
  private static final int CIDR_MASK = 3;
  private static final int EPERM = 1;

  private final FakeKernel kernel = new FakeKernel();
  private FakeFamily fake;
  private Genl genl;
  private TypedFamily family;

  @BeforeEach
  void open() throws NetlinkException {
    fake = kernel.family("wireguard");
    fake.onDo(SET_DEVICE, (request, answer) -> {});
    genl = kernel.open();
    family = TypedFamily.of(genl, Wireguard.model());
  }

  @AfterEach
  void close() {
    genl.close();
    assertThat(kernel.openSockets()).isZero();
  }

  private static Wgpeer peer(int number, int addresses) {
    List<Wgallowedip> allowed =
        IntStream.range(0, addresses)
            .mapToObj(i -> Wgallowedip.of(a -> a.family(2).cidrMask(i % 33)))
            .toList();
    return Wgpeer.of(
        p ->
            p.publicKey(ByteBuffer.allocate(32).putInt(number).array())
                .flags(WgpeerFlags.REPLACE_ALLOWEDIPS)
                .allowedips(allowed));
  }

  private static SetDeviceRequest request(List<Wgpeer> peers) {
    return SetDeviceRequest.of(
        r -> r.ifname("wg0").flags(WgdeviceFlags.REPLACE_PEERS).listenPort(7).peers(peers));
  }

  /** Returns the addresses of each peer, after all that was sent. */
  private Map<Integer, List<Integer>> configured() {
    Map<Integer, List<Integer>> peers = new LinkedHashMap<>();
    for (FakeRequest request : fake.requests()) {
      assertThat(request.attributes().get(IFNAME).string()).isEqualTo("wg0");
      for (Attribute peer : request.attributes().get(PEERS).nested()) {
        int number = peer.nested().get(PUBLIC_KEY).payload().getInt(0);
        assertThat(peer.nested().find(PEER_FLAGS).isPresent())
            .isEqualTo(!peers.containsKey(Integer.reverseBytes(number)));
        List<Integer> addresses =
            peers.computeIfAbsent(Integer.reverseBytes(number), n -> new ArrayList<>());
        peer.nested()
            .find(ALLOWEDIPS)
            .ifPresent(
                list ->
                    list.nested().forEach(ip -> addresses.add(ip.nested().get(CIDR_MASK).u8())));
      }
    }
    return peers;
  }

  private static List<Integer> masks(int addresses) {
    return IntStream.range(0, addresses).mapToObj(i -> i % 33).toList();
  }

  @Test
  void whatFitsIsOneRequest() throws NetlinkException {
    assertThat(family.requestInParts(request(List.of(peer(1, 3))))).isEqualTo(1);
    assertThat(configured()).isEqualTo(Map.of(1, masks(3)));
  }

  @Test
  void addressesOfOnePeerAreCut() throws NetlinkException {
    Wireguard.of(genl).setDevice(request(List.of(peer(0, 1), peer(1, 5000), peer(2, 1))));

    assertThat(configured()).isEqualTo(Map.of(0, masks(1), 1, masks(5000), 2, masks(1)));
    assertThat(fake.requests()).hasSizeBetween(2, 8);
    // The rest of the device is in the first alone: it would remove the peers again.
    assertThat(fake.requests())
        .extracting(r -> r.attributes().find(DEVICE_FLAGS).isPresent())
        .startsWith(true)
        .filteredOn(there -> there)
        .hasSize(1);
  }

  @Test
  void peersAreCut() throws NetlinkException {
    List<Wgpeer> peers = IntStream.range(0, 20_000).mapToObj(i -> peer(i, 1)).toList();

    int parts = family.requestInParts(request(peers));

    assertThat(fake.requests()).hasSize(parts);
    assertThat(configured().keySet())
        .containsExactlyElementsOf(IntStream.range(0, 20_000).boxed().toList());
  }

  @Test
  void partThatIsRefusedEndsIt() {
    fake.onDo(
        SET_DEVICE,
        (request, answer) -> {
          if (fake.requests().size() == 3) {
            answer.error(EPERM);
          }
        });

    assertThatThrownBy(
            () -> family.requestInParts(request(Collections.nCopies(10_000, peer(1, 1)))))
        .isInstanceOfSatisfying(
            PartlyDoneException.class,
            e -> {
              assertThat(e.done()).isEqualTo(2);
              assertThat(e.parts()).isGreaterThan(3);
              assertThat(e)
                  .hasMessageStartingWith(
                      "wireguard set-device: 2 of " + e.parts() + " parts done, then: ")
                  .hasCauseInstanceOf(KernelException.class);
            });
    assertThat(fake.requests()).hasSize(3);
  }

  @Test
  void refusalOfTheFirstIsNoMoreThanThat() {
    fake.onDo(SET_DEVICE, (request, answer) -> answer.error(EPERM));

    assertThatThrownBy(
            () -> family.requestInParts(request(Collections.nCopies(10_000, peer(1, 1)))))
        .isInstanceOf(KernelException.class);
    assertThat(fake.requests()).hasSize(1);
  }

  @Test
  void nothingIsSentOfWhatCannotBe() {
    List<Wgpeer> peers = new ArrayList<>(Collections.nCopies(10_000, peer(1, 1)));
    peers.add(Wgpeer.of(p -> p.publicKey(new byte[31])));

    assertThatThrownBy(() -> family.requestInParts(request(peers)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("public-key: 32 bytes are wanted, not 31");
    assertThatThrownBy(
            () -> family.requestInParts(SetDeviceRequest.of(r -> r.ifname("x".repeat(70_000)))))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("wireguard set-device: ifname: ");
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void withoutPartsItIsRefused() {
    assertThatThrownBy(() -> family.request(request(List.of(peer(1, 5000)))))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("peers.[0].allowedips: ");
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void partsOfADumpAreMerged() throws NetlinkException {
    Wgpeer.Builder first = Wgpeer.builder().publicKey(new byte[32]).rxBytes(5);
    Wgpeer rest = Wgpeer.of(p -> p.publicKey(new byte[32]).allowedips(a -> a.cidrMask(2)));
    fake.onDump(
        0,
        (request, answer) -> {
          answer.message(
              0,
              a ->
                  a.putString(IFNAME, "wg0")
                      .putU16(6, 7)
                      .putNested(
                          PEERS,
                          p -> {
                            p.putNested(
                                0,
                                q ->
                                    q.putBytes(PUBLIC_KEY, new byte[32])
                                        .putU64(7, 5)
                                        .putNested(
                                            ALLOWEDIPS,
                                            l -> l.putNested(0, i -> i.putU8(CIDR_MASK, 1))));
                          }));
          answer.message(
              0,
              a ->
                  a.putString(IFNAME, "wg0")
                      .putNested(
                          PEERS,
                          p -> {
                            p.putNested(
                                0,
                                q ->
                                    q.putBytes(PUBLIC_KEY, new byte[32])
                                        .putNested(
                                            ALLOWEDIPS,
                                            l -> l.putNested(0, i -> i.putU8(CIDR_MASK, 2))));
                          }));
        });

    List<GetDeviceReply> devices = Wireguard.of(genl).getDeviceDump(r -> r.ifname("wg0")).merged();

    assertThat(devices).hasSize(1);
    assertThat(devices.get(0).listenPort()).hasValue(7);
    assertThat(devices.get(0).peers())
        .containsExactly(
            first.allowedips(a -> a.cidrMask(1)).allowedips(rest.allowedips()).build());
  }

  /** A part that does not say so would make the peer, or make it again. */
  @Test
  void flagsThatHoldForEachPartAreKept() throws NetlinkException {
    Flags<WgpeerFlags> all =
        Flags.of(WgpeerFlags.REPLACE_ALLOWEDIPS, WgpeerFlags.UPDATE_ONLY, WgpeerFlags.REMOVE_ME);

    family.requestInParts(
        request(
            List.of(
                Wgpeer.of(
                    p ->
                        p.publicKey(new byte[32])
                            .flags(all)
                            .allowedips(peer(1, 9000).allowedips())))));

    assertThat(sentPeerFlags()).hasSizeGreaterThan(2).startsWith(7L);
    assertThat(sentPeerFlags().subList(1, sentPeerFlags().size())).containsOnly(5L);
  }

  @Test
  void flagsByNameAreKeptAsWell() throws NetlinkException {
    Value named =
        Value.of(
            Map.of(
                "ifname",
                "wg0",
                "peers",
                List.of(
                    Map.of(
                        "public-key",
                        new byte[32],
                        "flags",
                        List.of("update-only", "replace-allowedips"),
                        "allowedips",
                        Collections.nCopies(9000, Map.of("family", 2))))));

    family.dynamic().requestInParts("set-device", named);

    assertThat(sentPeerFlags()).hasSizeGreaterThan(1).startsWith(6L);
    assertThat(sentPeerFlags().subList(1, sentPeerFlags().size())).containsOnly(4L);
  }

  private List<Long> sentPeerFlags() {
    List<Long> flags = new ArrayList<>();
    for (FakeRequest request : fake.requests()) {
      for (Attribute peer : request.attributes().get(PEERS).nested()) {
        flags.add(peer.nested().get(PEER_FLAGS).u32());
      }
    }
    return flags;
  }
}
