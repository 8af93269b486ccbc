package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.families.ethtool.Bitset;
import dev.jgenl.families.ethtool.BitsetBit;
import dev.jgenl.families.ethtool.BitsetBits;
import dev.jgenl.families.rtlink.Ifinfomsg;
import dev.jgenl.families.rtlink.NewlinkRequest;
import dev.jgenl.families.rtlink.RtnlLinkStats64;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypedBuilderTest {

  private static BitsetBit bit(long index) {
    return BitsetBit.of(b -> b.index(index));
  }

  @Test
  void whatWasBuiltStaysWhenTheBuilderGoesOn() {
    BitsetBits.Builder builder = BitsetBits.builder().bit(bit(1));
    BitsetBits one = builder.build();
    BitsetBits two = builder.bit(b -> b.index(2)).bit(List.of(bit(3), bit(4))).build();

    assertThat(one.bit()).containsExactly(bit(1));
    assertThat(two.bit()).containsExactly(bit(1), bit(2), bit(3), bit(4));
    assertThat(one).isNotEqualTo(two).isEqualTo(BitsetBits.of(b -> b.bit(bit(1))));
  }

  @Test
  void emptyListIsThere() {
    assertThat(BitsetBits.of(b -> b.bit(List.of())).toValue().names()).containsExactly("bit");
    assertThat(BitsetBits.of(b -> {}).toValue().names()).isEmpty();
  }

  @Test
  void lastValueCounts() {
    assertThat(Bitset.of(b -> b.size(1).size(2)).size()).hasValue(2);
  }

  @Test
  void flagThatIsNotSetIsLeftOut() {
    assertThat(Bitset.of(b -> b.nomask(true)).nomask()).isTrue();
    assertThat(Bitset.of(b -> b.nomask(true).nomask(false))).isEqualTo(Bitset.of(b -> {}));
  }

  @Test
  void unsignedNumbersKeepAllTheirBits() {
    RtnlLinkStats64 stats = RtnlLinkStats64.of(s -> s.rxBytes(-1));

    assertThat(stats.rxBytes()).isEqualTo(-1);
    assertThat(stats).hasToString("{\"rx-bytes\":18446744073709551615}");
  }

  @Test
  void headerStandsInFrontOfTheAttributes() {
    Ifinfomsg header = Ifinfomsg.of(h -> h.ifiIndex(3));
    Ifinfomsg parsed = Ifinfomsg.of((NestValue) Value.of(Map.of("ifi-index", 3)));
    NewlinkRequest request = NewlinkRequest.of(r -> r.ifname("eth0").header(header));

    assertThat(request.header()).isEqualTo(header);
    assertThat(NewlinkRequest.of(r -> r.header(parsed)).header().ifiIndex()).isEqualTo(3);
    assertThat(request).hasToString("{\"ifi-index\":3,\"ifname\":\"eth0\"}");
  }

  @Test
  void requestsHaveTheFlagsThatWereSet() {
    NewlinkRequest.Builder builder = NewlinkRequest.builder().create().exclusive();
    NewlinkRequest request = builder.build();
    NewlinkRequest other = builder.replace().append().echo().build();

    assertThat(request.toRequest().operation()).isEqualTo("newlink");
    assertThat(request.toRequest().flags())
        .containsExactlyInAnyOrder(RequestFlag.CREATE, RequestFlag.EXCL);
    assertThat(other.toRequest().flags()).containsExactlyInAnyOrder(RequestFlag.values());
    assertThat(request)
        .isNotEqualTo(other)
        .isEqualTo(NewlinkRequest.of(r -> r.exclusive().create()))
        .hasSameHashCodeAs(other);
  }

  @Test
  void elementThatIsNullIsTold() {
    List<BitsetBit> bits = Arrays.asList(bit(1), null);

    assertThatThrownBy(() -> BitsetBits.of(b -> b.bit(bits)))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("bit[1]");
  }
}
