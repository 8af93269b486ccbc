package dev.jgenl.test;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.Value;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of families by the names of their specs, each in a network namespace of its own. */
abstract class InSpecs {

  NamedNamespace namespace;
  DynamicClient client;

  @BeforeEach
  void open() throws Exception {
    namespace = NamedNamespace.open();
    client =
        DynamicClient.open(
            NetlinkOptions.DEFAULTS.withNetworkNamespace(namespace.file()),
            Prerequisite.requireSpecs());
  }

  @AfterEach
  void close() throws Exception {
    if (client != null) {
      client.close();
    }
    if (namespace != null) {
      namespace.close();
    }
  }

  DynamicFamily family(String name) throws NetlinkException {
    return client.family(name);
  }

  /** Has something changed; what it is written in the short form of JSON. */
  void change(String family, String operation, String value, RequestFlag... flags)
      throws NetlinkException {
    family(family).execute(operation, Value.parse(value), flags);
  }

  /** Makes a device that needs no more than its kind. */
  void addLink(int index, String name, String kind) throws NetlinkException {
    change(
        "rt-link",
        "newlink",
        "{ifi-index: %d, ifname: %s, linkinfo: {kind: %s}}".formatted(index, name, kind),
        RequestFlag.CREATE,
        RequestFlag.EXCL);
  }

  void setUp(int index) throws NetlinkException {
    change("rt-link", "newlink", "{ifi-index: %d, ifi-flags: up, ifi-change: 1}".formatted(index));
  }

  /** The one object that a program prints, or that is in the array which it prints. */
  static Json only(List<Json> shown) {
    if (shown.size() != 1) {
      throw new AssertionError("one object is expected, not " + shown);
    }
    return shown.get(0);
  }
}
