package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.families.ethtool.StatsGetReply;
import dev.jgenl.families.ethtool.StatsGrp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel puts many times, though the specs say once, in bytes as it puts them. */
class TypedRepeatedAttributesTest {

  private static final int TCMSG_LENGTH = 20;

  @Test
  void statisticsHaveGroupsOfNumbersAndRanges() {
    String mac =
        """
        3400 0480 0800 0200 01000000 0800 0300 12000000
          1000 0480 0c00 0000 0100000000000000
          1000 0480 0c00 0300 0200000000000000
        """;
    String rmon =
        """
        8400 0480 0800 0200 03000000 0800 0300 14000000
          2000 0580 0800 0700 00000000 0800 0800 40000000 0c00 0900 0500000000000000
          2000 0580 0800 0700 41000000 0800 0800 7f000000 0c00 0900 0600000000000000
          2000 0680 0800 0700 00000000 0800 0800 40000000 0c00 0900 0700000000000000
          1000 0480 0c00 0000 0800000000000000
        """;

    NestValue read = read("ethtool", "stats-get", mac + rmon);

    assertThat(read.at("grp").at(0).at("stat").toJson())
        .isEqualTo("[{\"id\":0,\"value\":1},{\"id\":3,\"value\":2}]");
    StatsGetReply reply = StatsGetReply.of(read);
    assertThat(reply.grp()).extracting(g -> g.id().orElseThrow()).containsExactly(1L, 3L);
    StatsGrp ranges = reply.grp().get(1);
    assertThat(ranges.stat()).hasSize(1);
    assertThat(ranges.histRx()).extracting(h -> h.histVal().orElseThrow()).containsExactly(5L, 6L);
    assertThat(ranges.histTx()).extracting(h -> h.histVal().orElseThrow()).containsExactly(7L);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ethtool | tunnel-info-get     | {"udp-ports":{"table":[{"size":4},{"size":1}]}} | 1c00 0280 0c00 0180 0800 0100 04000000 0c00 0180 0800 0100 01000000
          ethtool | cable-test-ntf      | {"nest":{"result":[{"pair":0},{"pair":1}],"fault-length":[{"cm":100},{"cm":200}]}} | 3400 0380 0c00 0180 0500 0100 00000000 0c00 0180 0500 0100 01000000 0c00 0280 0800 0200 64000000 0c00 0280 0800 0200 c8000000
          ethtool | cable-test-tdr-ntf  | {"nest":{"step":{"last-distance":500},"amplitude":[{"pair":0,"mv":-1000},{"pair":1,"mv":100}],"pulse":{"mv":1000}}} | 4400 0380 0c00 0180 0800 0200 f4010000 1400 0280 0500 0100 00000000 0600 0200 18fc0000 1400 0280 0500 0100 01000000 0600 0200 64000000 0c00 0380 0600 0100 e8030000
          team    | options-get         | {"list-option":{"option":[{"name":"abc"},{"name":"xyz"}]}} | 1c00 0200 0c00 0100 0800 0100 61626300 0c00 0100 0800 0100 78797a00
          team    | port-list-get       | {"list-port":{"port":[{"ifindex":5},{"ifindex":6}]}} | 1c00 0300 0c00 0100 0800 0100 05000000 0c00 0100 0800 0100 06000000
          devlink | region-get          | {"region-snapshots":{"region-snapshot":[{"region-snapshot-id":1},{"region-snapshot-id":2}]}} | 1c00 5a00 0c00 5b00 0800 5c00 01000000 0c00 5b00 0800 5c00 02000000
          devlink | region-read         | {"region-chunks":{"region-chunk":[{"region-chunk-data":"01020304"},{"region-chunk-data":"05060708"}]}} | 1c00 5d00 0c00 5e00 0800 5f00 01020304 0c00 5e00 0800 5f00 05060708
          devlink | linecard-get        | {"linecard-supported-types":{"linecard-type":["ab","cd"]}} | 1400 ae80 0700 ad00 61620000 0700 ad00 63640000
          nl80211 | get-wiphy           | {"rx-frame-types":{"station":{"frame-type":[64,208]}}} | 1800 6480 1400 0280 0600 6500 40000000 0600 6500 d0000000
          devlink | resource-dump       | {"resource-list":{"resource":[{"resource-name":"ab","resource-list":{"resource":[{"resource-name":"cd"}]}}]}} | 2000 3f00 1c00 4000 0700 4100 61620000 1000 3f00 0c00 4000 0700 4100 63640000
          """)
  void eachIsRead(String family, String operation, String json, String hex) {
    assertThat(read(family, operation, hex).toJson()).isEqualTo(json);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          gettfilter | {"key-mpls-opts":{"lse":[{"lse-depth":1},{"lse-depth":2}]}} | 0b00 0100 666c6f7765720000 2000 0280 1c00 6380 0c00 0180 0500 0100 01000000 0c00 0180 0500 0100 02000000
          getqdisc   | {"tc-entry":[{"index":0},{"index":1}]} | 0b00 0100 74617072696f0000 1c00 0280 0c00 0c80 0800 0100 00000000 0c00 0c80 0800 0100 01000000
          """)
  void eachOptionOfTrafficControlIsRead(String operation, String json, String hex) {
    NestValue read = read("tc", operation, "00".repeat(TCMSG_LENGTH) + hex);

    assertThat(read.at("options").toJson()).isEqualTo(json);
  }

  private static NestValue read(String family, String operation, String hex) {
    Operations operations =
        new Operations(BundledSpecs.require().family(family), ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    return operations
        .message(operations.operation(operation))
        .read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), null);
  }
}
