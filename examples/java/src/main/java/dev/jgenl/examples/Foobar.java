package dev.jgenl.examples;

import dev.jgenl.Dump;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.foobar.GenlClient;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.util.List;

/**
 * By hand, without a spec: talks to the family "gnl_foobar_xmpl" in the three roles of the
 * tutorial, echo, dump, error. {@code examples/own-family} does the same by a client that is made
 * of a spec.
 *
 * <p>{@link GenlClient} does each in one call; the dump is done with the general API too, which
 * works with any family.
 *
 * <pre>
 * mvn package
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.Foobar
 * </pre>
 */
public final class Foobar {

  private static final String HELLO = "Hello World from Java user program (using jgenl)!";
  private static final int ECHO_MSG = 1;
  private static final int MSG = 1;
  private static final int DUMP_COUNT = 3;

  private static final String USAGE =
      """
      usage: Foobar [ROLE]

      Talks to the kernel module gnl_foobar_xmpl. Roles; without one, all three:
        echo                  sends a string, and has it sent back
        echo_with_dump_flag   lists the messages of the kernel
        reply_with_error      sends a string, and has it refused
      """;

  private Foobar() {}

  /**
   * Plays a role, or all.
   *
   * @param args the role
   */
  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    List<String> roles =
        args.length > 0
            ? List.of(args)
            : List.of("echo", "echo_with_dump_flag", "reply_with_error");
    try {
      for (String role : roles) {
        switch (role) {
          case "echo" -> echo();
          case "echo_with_dump_flag" -> echoWithDumpFlag();
          case "reply_with_error" -> replyWithError();
          default -> {
            System.err.print("unknown role '" + Printable.escape(role) + "'\n" + USAGE);
            System.exit(2);
          }
        }
      }
    } catch (NetlinkException | IllegalStateException | UnsatisfiedLinkError e) {
      System.err.println("[User-Java] " + e.getMessage());
      System.exit(1);
    }
  }

  private static void echo() throws NetlinkException {
    try (GenlClient client = GenlClient.open()) {
      say("extracted family id is: " + client.family().id());
      say("Sent to kernel: '" + HELLO + "'");
      String reply = client.echo(HELLO);
      say("Kernel replied: '" + Printable.escape(reply) + "'");
      require(reply.equals(HELLO), "the reply differs from what was sent");
    }
  }

  private static void echoWithDumpFlag() throws NetlinkException {
    try (Genl genl = Genl.open()) {
      GenlFamily family = genl.family("gnl_foobar_xmpl");
      say("Requested a dump (NLM_F_DUMP)");
      int count = 0;
      try (Dump<GenlMessage> dump = genl.dump(family, ECHO_MSG)) {
        for (GenlMessage m = dump.next(); m != null; m = dump.next()) {
          String text = Printable.escape(m.attributes().get(MSG).string());
          say("Kernel replied: [seq=" + m.sequence() + "] '" + text + "'");
          count++;
        }
      }
      say("Received NLMSG_DONE");
      require(count == DUMP_COUNT, count + " messages instead of " + DUMP_COUNT);
    } catch (FamilyNotFoundException e) {
      throw e.withRemedy(GenlClient.REMEDY);
    }
  }

  private static void replyWithError() throws NetlinkException {
    try (GenlClient client = GenlClient.open()) {
      say("Sent to kernel: '" + HELLO + "'");
      client.replyWithError(HELLO);
      require(false, "the kernel accepted what it was asked to refuse");
    } catch (KernelException e) {
      say("Kernel refused: " + Errno.describe(e.errno()));
      String explanation = e.extendedAck().message().orElse("(nothing)");
      say("Kernel explained: '" + Printable.escape(explanation) + "'");
      require(e.error() == Errno.EINVAL, "refused with another error than EINVAL");
      require(e.extendedAck().path().equals(List.of(MSG)), "the kernel named another attribute");
      say("The refused request held: GNL_FOOBAR_XMPL_A_MSG = '" + HELLO + "'");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void say(String line) {
    System.out.println("[User-Java] " + line);
  }
}
