package dev.jgenl.cli;

import dev.jgenl.Event;
import dev.jgenl.Message;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.capture.CaptureReader;
import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.capture.PcapWriter;
import dev.jgenl.capture.Recorder;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code jgenl record}: writes down what the kernel tells, or what a program asks. */
final class RecordVerb extends Verb {

  private static final String STDOUT = "-";

  /** Where the standard output is the recording, a program writes to ours for errors. */
  private static final List<String> TO_STDERR = List.of("sh", "-c", "exec \"$@\" >&2", "jgenl");

  private static final List<String> STRACE =
      List.of("strace", "-f", "-ttt", "-yy", "-e", "trace=network", "-e", "read=all");

  @Override
  void describe(Syntax spec) {
    spec.description(
        "Writes a pcap file, for Wireshark and for jgenl decode: of what the kernel tells by"
            + " itself, or behind -- of what a program asks, which takes strace.",
        "",
        "What all programs ask is heard by tcpdump on a device of the kind nlmon.");
    spec.addPositional(Options.parameter("FILE", "the file to write; - for the standard output"));
    spec.addPositional(
        Options.parameters(0, "FAMILY[:GROUP]", "whom to hear; -- COMMAND: what to run"));
    Limits.addTo(spec);
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    String file = String.valueOf(Options.parameter(parsed, 0));
    if (parsed.dashes() == 0) {
      throw new CommandException(ExitStatus.USAGE, "FILE is missing in front of --");
    } else if (parsed.dashes() > 1) {
      throw new CommandException(ExitStatus.USAGE, "a command is recorded, or groups, not both");
    } else if (parsed.dashes() == 1) {
      Limits.refuse(parsed);
      return trace(session, file, List.of(Options.parameters(parsed, 1)));
    }
    Limits limits = Limits.of(parsed);
    String[] names = Options.parameters(parsed, 1);
    boolean all = names.length == 0;
    GroupNames groups = all ? GroupNames.all(session) : GroupNames.named(session, List.of(names));
    MonitorVerb.requireAny(groups);
    NetlinkOptions options = session.options().withReceiveBuffer(limits.buffer());
    try (PcapWriter writer = PcapWriter.open(open(file, session));
        AtExit atExit = new AtExit(() -> flush(writer))) {
      List<Recorder> recorders = new ArrayList<>();
      Hearing.Sockets sockets =
          () -> {
            Recorder recorder = new Recorder(session.plainSockets(), writer);
            recorders.add(recorder);
            return recorder;
          };
      try (Hearing hearing = Hearing.open(options, sockets, groups, all)) {
        MonitorVerb.tellRefused(session, hearing);
        hearing.run(limits.duration(), new Watch(session, writer, recorders, limits.count()));
      }
    }
    return ExitStatus.OK;
  }

  private static OutputStream open(String file, Session session) throws IOException {
    return file.equals(STDOUT) ? session.bytesOut() : Files.newOutputStream(Path.of(file));
  }

  private static void flush(PcapWriter writer) {
    try {
      writer.flush();
    } catch (IOException e) {
      // It is closed, or the failure was told.
      return;
    }
  }

  /** The sockets write what comes; this only looks whether they can, and when there is enough. */
  private static final class Watch implements Ear {

    private final Session session;
    private final PcapWriter writer;
    private final List<Recorder> recorders;
    private long left;

    Watch(Session session, PcapWriter writer, List<Recorder> recorders, long count) {
      this.session = session;
      this.writer = writer;
      this.recorders = recorders;
      left = count;
    }

    @Override
    public boolean heard(int protocol, String family, String group, Message message)
        throws IOException {
      for (Recorder recorder : recorders) {
        if (recorder.failure().isPresent()) {
          throw recorder.failure().get();
        }
      }
      return --left > 0;
    }

    @Override
    public void lost(Event.Gap<?> gap) {
      session.err().println("jgenl: gap: " + gap.reason() + ": " + Printable.escape(gap.text()));
    }

    @Override
    public void idle() throws IOException {
      writer.flush();
    }
  }

  /** Runs a program, and returns its status. */
  private static int trace(Session session, String file, List<String> command) throws IOException {
    if (command.isEmpty()) {
      throw new CommandException(ExitStatus.USAGE, "behind -- a command is missing");
    }
    OutputStream out = open(file, session);
    Trace trace = new Trace(Files.createTempFile("jgenl", ".strace"), out);
    try {
      Process process = strace(trace.text, command, session, file.equals(STDOUT));
      try (AtExit atExit = new AtExit(() -> trace.endEarly(process))) {
        return process.waitFor();
      } catch (InterruptedException e) {
        trace.endEarly(process);
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    } finally {
      trace.write();
    }
  }

  private static Process strace(Path text, List<String> command, Session session, boolean quiet) {
    List<String> words = new ArrayList<>();
    Path namespace = session.settings().namespace();
    if (namespace != null) {
      words.addAll(List.of("nsenter", "--net=" + namespace, "--"));
    }
    words.addAll(STRACE);
    words.addAll(List.of("-e", "write=all", "-o", text.toString(), "--"));
    if (quiet) {
      words.addAll(TO_STDERR);
    }
    words.addAll(command);
    try {
      return new ProcessBuilder(words).inheritIO().start();
    } catch (IOException e) {
      throw new CommandException(
          ExitStatus.REFUSED,
          words.get(0)
              + " cannot be started, which records what a program asks: apt install strace"
              + " util-linux");
    }
  }

  /** What strace writes, which becomes a recording once: at the end of the program, or at ours. */
  private static final class Trace {

    private static final int SECONDS_TO_END = 2;

    private final Path text;
    private final OutputStream out;
    private boolean written;

    Trace(Path text, OutputStream out) {
      this.text = text;
      this.out = out;
    }

    /** Ends the program, too, which nobody would watch any more. */
    void endEarly(Process process) {
      process.descendants().forEach(ProcessHandle::destroy);
      try {
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
        write();
      } catch (IOException | InterruptedException e) {
        System.err.println("jgenl: the recording is not whole: " + Printable.escape("" + e));
      }
    }

    synchronized void write() throws IOException {
      if (written) {
        return;
      }
      written = true;
      try (PcapWriter writer = PcapWriter.open(out);
          CaptureReader reader = CaptureReader.open(Files.newInputStream(text))) {
        CapturedDatagram datagram = reader.next();
        for (; datagram != null; datagram = reader.next()) {
          writer.write(datagram);
        }
      } finally {
        Files.delete(text);
      }
    }
  }
}
