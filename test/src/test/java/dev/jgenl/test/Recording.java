package dev.jgenl.test;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.capture.PcapWriter;
import dev.jgenl.capture.Recorder;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.DynamicSubscription;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.model.Group;
import dev.jgenl.transport.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a test and the kernel say to each other, written to a pcap file in the folder that the
 * system property {@code jgenl.recordings} names, if it names one: see test/oracles/golden.sh.
 */
final class Recording implements AutoCloseable {

  private static final Optional<Path> FOLDER =
      Optional.ofNullable(System.getProperty("jgenl.recordings")).map(Path::of);

  /** What is heard waits there until the end. */
  private static final int RECEIVE_BUFFER = 8 << 20;

  private final NetlinkOptions options;
  private final PcapWriter writer;
  private final Map<String, DynamicSubscription> heard = new HashMap<>();
  private Optional<DynamicClient> listener = Optional.empty();

  private Recording(NetlinkOptions options, PcapWriter writer) {
    this.options = options;
    this.writer = writer;
  }

  static Recording open(String name, NetlinkOptions options) throws IOException {
    OutputStream file =
        FOLDER.isPresent() ? create(FOLDER.get(), name) : OutputStream.nullOutputStream();
    return new Recording(options, PcapWriter.open(file));
  }

  /** Creates a file in the folder of the kernel that is recorded, such as linux-6.18. */
  private static OutputStream create(Path folder, String name) throws IOException {
    String[] release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).split("[.-]");
    Path ofKernel = folder.resolve("linux-" + release[0] + "." + release[1]);
    return Files.newOutputStream(Files.createDirectories(ofKernel).resolve(name + ".pcap"));
  }

  /** Opens a client whose messages are written. */
  DynamicClient client(Specs specs) throws NetlinkException {
    return client(specs, options);
  }

  private DynamicClient client(Specs specs, NetlinkOptions options) throws NetlinkException {
    Transport.Factory sockets = new Recorder(Genl.sockets(options), writer);
    return DynamicClient.open(options, specs, sockets);
  }

  /** From now on what the kernel tells by itself is written, too, of the groups that it has. */
  void listen(Specs specs) throws NetlinkException {
    if (FOLDER.isEmpty()) {
      return;
    }
    if (listener.isEmpty()) {
      listener = Optional.of(client(specs, options.withReceiveBuffer(RECEIVE_BUFFER)));
    }
    for (String name : specs.names()) {
      for (Group group : specs.family(name).groups()) {
        if (!heard.containsKey(name + ":" + group.name())) {
          listen(name, group.name());
        }
      }
    }
  }

  private void listen(String family, String group) {
    try {
      DynamicFamily there = listener.orElseThrow().family(family);
      heard.put(family + ":" + group, there.subscribe(group));
    } catch (NetlinkException e) {
      // The kernel does not have the one or the other.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    for (DynamicSubscription subscription : heard.values()) {
      while (subscription.poll(Duration.ZERO).isPresent()) {
        // Reading it has written it.
      }
      subscription.close();
    }
    listener.ifPresent(DynamicClient::close);
    writer.close();
  }
}
