package dev.jgenl.cli;

import dev.jgenl.DumpPolicy;
import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.spec.DynamicClient;
import dev.jgenl.spec.Specs;
import dev.jgenl.spec.model.Family;
import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a verb works with: settings, output, and clients that are opened when they are asked for.
 * What was printed arrives, even if a signal ends the process.
 */
final class Session implements AutoCloseable {

  private final Environment environment;
  private final Settings settings;
  private final Output out;
  private final AtExit endEarly;
  private final MessageLog log = new MessageLog(this);
  private @Nullable SpecSource specs;
  private @Nullable DynamicClient client;
  private @Nullable Genl genl;

  Session(Environment environment, Settings settings) {
    this.environment = environment;
    this.settings = settings;
    out = new Output(environment.out());
    endEarly = new AtExit(out::endEarly);
  }

  Settings settings() {
    return settings;
  }

  /** Takes data. */
  Output out() {
    return out;
  }

  /**
   * Takes data that is not text.
   *
   * @throws CommandException if a terminal would show it
   */
  OutputStream bytesOut() {
    if (environment.isTerminal()) {
      throw new CommandException(ExitStatus.USAGE, "a terminal cannot be shown what is not text");
    }
    return environment.out();
  }

  InputStream in() {
    return environment.in();
  }

  /** Takes what is for people; text of a message has to be escaped. */
  PrintStream err() {
    return environment.err();
  }

  /** Returns what prints values in the format that is asked for. */
  Printer printer(Format.Count count) {
    return Printer.of(settings, out, environment.columns(), count);
  }

  /** Returns the options of a client. */
  NetlinkOptions options() {
    NetlinkOptions options =
        NetlinkOptions.DEFAULTS.withTimeout(settings.timeout()).withDumpPolicy(DumpPolicy.mark());
    return settings.namespace() == null
        ? options
        : options.withNetworkNamespace(settings.namespace());
  }

  /** Returns what opens sockets: those of the kernel, or of a test. */
  Transport.Factory plainSockets() throws NetlinkException {
    Transport.Factory sockets = environment.sockets();
    return sockets == null ? kernelSockets() : sockets;
  }

  private Transport.Factory kernelSockets() throws NetlinkException {
    Path namespace = settings.namespace();
    try {
      return Genl.sockets(options());
    } catch (KernelException e) {
      // So says the library of a namespace of another kind.
      if (namespace != null && e.error() == Errno.EINVAL) {
        throw NetworkNamespace.ofAnotherKind(namespace, namespace.toString());
      }
      throw e;
    }
  }

  /** Returns the same, watched if need be. */
  Transport.Factory sockets() throws NetlinkException {
    Transport.Factory sockets = plainSockets();
    return log.isNeeded() ? new Tap(sockets, log) : sockets;
  }

  /** Returns what shows messages as they are sent and received. */
  MessageLog log() {
    return log;
  }

  /** Returns where specs come from. */
  SpecSource specs() {
    SpecSource known = specs;
    if (known == null) {
      known = new SpecSource(settings.specFolder(), environment.err());
      specs = known;
    }
    return known;
  }

  /**
   * Returns what is known of a family.
   *
   * @throws CommandException if there is no spec of it
   */
  Family model(String name) throws IOException {
    return specs().family(name);
  }

  /** Returns a client of these specs, which the session closes. Asked again, it is the same. */
  DynamicClient client(Specs known) throws NetlinkException {
    DynamicClient opened = client;
    if (opened == null) {
      opened = DynamicClient.open(options(), known, sockets());
      client = opened;
    }
    return opened;
  }

  /** Returns a client without names, which the session closes. */
  Genl genl() throws NetlinkException {
    Genl opened = genl;
    if (opened == null) {
      opened = Genl.open(options(), sockets());
      genl = opened;
    }
    return opened;
  }

  /** Has all that was printed arrive, and closes the clients. */
  @Override
  public void close() {
    try (endEarly) {
      out.flush();
    } finally {
      if (client != null) {
        client.close();
      }
      if (genl != null) {
        genl.close();
      }
    }
  }
}
