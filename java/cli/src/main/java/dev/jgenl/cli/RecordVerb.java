package dev.jgenl.cli;

import dev.jgenl.Event;
import dev.jgenl.Message;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.capture.PcapWriter;
import dev.jgenl.capture.Recorder;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code jgenl record}: writes down what the kernel tells, or what a program asks. */
final class RecordVerb extends Verb {

  @Override
  void describe(Syntax spec) {
    spec.description(
        "Writes a pcap file, for Wireshark and for jgenl decode: of what the kernel tells by"
            + " itself, or behind -- of what a program asks, which takes strace.",
        "",
        "What all programs ask is heard by tcpdump on a device of the kind nlmon. Behind -- it ends"
            + " with the status of the command.");
    spec.addPositional(Options.parameter("FILE", "the file to write; - for the standard output"));
    spec.addPositional(
        Options.parameters(0, "FAMILY[:GROUP]", "whom to hear; -- COMMAND: what to run"));
    Limits.addTo(spec);
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    Options.refuseFormat(parsed, "a recording");
    Options.refuse(parsed, "is not for record: jgenl decode shows the messages of FILE", "-v");
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
    try (RecordingFile recording = RecordingFile.open(file, session);
        PcapWriter writer = PcapWriter.open(recording);
        AtExit atExit = new AtExit(() -> flush(writer))) {
      List<Recorder> recorders = new ArrayList<>();
      Hearing.Sockets sockets =
          () -> {
            Recorder recorder = new Recorder(session.plainSockets(), writer);
            recorders.add(recorder);
            return recorder;
          };
      try (Hearing hearing = Hearing.open(options, sockets, groups, all)) {
        recording.begin();
        MonitorVerb.tellRefused(session, hearing);
        hearing.run(limits.duration(), new Watch(session, writer, recorders, limits.count()));
      }
    }
    return ExitStatus.OK;
  }

  private static int trace(Session session, String file, List<String> command) throws IOException {
    if (command.isEmpty()) {
      throw new CommandException(ExitStatus.USAGE, "behind -- a command is missing");
    }
    try (Trace trace = new Trace(session, file)) {
      return trace.run(command);
    }
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
}
