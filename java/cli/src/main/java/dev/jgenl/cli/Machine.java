package dev.jgenl.cli;

import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicDump;
import dev.jgenl.spec.Value;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this machine has that a command line may name.
 *
 * @param namespace the network namespace, as {@code -n} names it; null for this process's
 */
record Machine(@Nullable String namespace) {

  private static final Path DEVICES = Path.of("/sys/class/net");

  /** Returns network devices of the namespace and their indices. */
  Map<String, String> devices() throws IOException {
    Map<String, String> devices = new TreeMap<>();
    if (namespace != null) {
      addDevicesOf(namespace, devices);
      return devices;
    }
    for (String name : names(DEVICES)) {
      Path index = DEVICES.resolve(name).resolve("ifindex");
      // There are other files, and devices that have gone since.
      if (Files.isReadable(index)) {
        devices.put(name, Files.readString(index).strip());
      }
    }
    return devices;
  }

  /** The kernel tells files of another namespace to those alone who are in it. */
  private static void addDevicesOf(String namespace, Map<String, String> devices)
      throws IOException {
    NetlinkOptions options =
        NetlinkOptions.DEFAULTS.withNetworkNamespace(NetworkNamespace.find(namespace));
    try (DynamicClient client = DynamicClient.open(options, SpecSource.findBundled());
        DynamicDump links = client.family("rt-link").dump("getlink", Value.of(Map.of()))) {
      for (Value link = links.next(); link != null; link = links.next()) {
        devices.put(link.at("ifname").asText(), link.at("ifi-index").asText());
      }
    }
  }

  /** Returns network namespaces that have a name. */
  static List<String> namespaces() throws IOException {
    return names(NetworkNamespace.NAMED);
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          names.add(String.valueOf(file.getFileName()));
        }
      }
    }
    Collections.sort(names);
    return names;
  }
}
