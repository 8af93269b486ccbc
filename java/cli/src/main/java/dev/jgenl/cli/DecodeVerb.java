package dev.jgenl.cli;

import dev.jgenl.GenlFamily;
import dev.jgenl.NetlinkException;
import dev.jgenl.capture.CaptureReader;
import dev.jgenl.capture.CapturedDatagram;
import dev.jgenl.spec.DescribedMessage;
import dev.jgenl.spec.MessageDescriber;
import java.io.IOException;
import java.util.List;

/** {@code jgenl decode}: what the messages of a recording say. */
final class DecodeVerb extends Verb {

  private static final int GENERIC = 16;

  @Override
  void describe(Syntax spec) {
    spec.description(
        "Shows the messages of a recording: a pcap file of jgenl record or of nlmon, the output"
            + " of strace -f -ttt -yy -e trace=network -e read=all -e write=all, or"
            + " hexadecimal digits.");
    spec.addPositional(Options.optional("FILE", "the recording; - or nothing: standard input"));
    spec.addOption(
        Options.value("NUMBER", "the netlink protocol of digits: 16, generic", "--protocol"));
  }

  @Override
  int run(Parsed parsed, Session session) throws IOException {
    String file = Options.parameter(parsed, 0);
    int protocol = (int) Options.number(parsed, "--protocol", 0, 31, GENERIC);
    try (CaptureReader reader =
        CaptureReader.open(Input.open(file == null ? "-" : file, session.in()), protocol)) {
      return show(reader, session, Options.has(parsed, "--protocol") ? protocol : -1);
    }
  }

  private static int show(CaptureReader reader, Session session, int protocol) throws IOException {
    MessageDescriber describer = new MessageDescriber(session.specs().all());
    try (Messages shown = new Messages(session)) {
      boolean learned = false;
      CapturedDatagram datagram = reader.next();
      int status = datagram == null ? ExitStatus.REFUSED : ExitStatus.OK;
      if (datagram == null) {
        session.err().println("jgenl: no message of netlink in it; --help says what is read");
      }
      for (; datagram != null; datagram = reader.next()) {
        if (protocol >= 0 && datagram.protocol() != protocol) {
          throw new CommandException(
              ExitStatus.USAGE,
              "--protocol is for digits: this recording itself says protocol "
                  + datagram.protocol());
        }
        if (datagram.protocol() == GENERIC && !learned) {
          learned = true;
          learn(describer, session);
        }
        shown.print(datagram, describer.describe(datagram));
      }
      shown.end();
      return status;
    }
  }

  /** What the recording does not tell, this kernel may: often it is of the same machine. */
  private static void learn(MessageDescriber describer, Session session) {
    try {
      for (GenlFamily family : session.genl().families()) {
        describer.learn(family.id(), family.name());
      }
    } catch (NetlinkException | UnsatisfiedLinkError e) {
      session.err().println("jgenl: families are known by the recording alone");
    }
  }

  /** Prints messages of a recording. */
  private static final class Messages implements AutoCloseable {

    private final Session session;
    private final Printer printer;
    private final MessageLine line;

    Messages(Session session) {
      this.session = session;
      printer = session.printer(Format.Count.MANY);
      line = new MessageLine(session.settings().colors());
    }

    void print(CapturedDatagram datagram, List<DescribedMessage> messages) {
      switch (session.settings().format()) {
        case TABLE -> messages.forEach(m -> session.out().println(line.ofRecorded(m)));
        case HEX -> session.out().println(NetlinkText.hex(datagram.bytes()) + "\n");
        default -> messages.forEach(m -> printer.print(m.toValue()));
      }
    }

    void end() {
      if (session.settings().format() != Format.TABLE) {
        printer.end();
      }
    }

    @Override
    public void close() {
      printer.close();
    }
  }
}
