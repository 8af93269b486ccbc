package com.example;

import com.example.gnlfoobarxmpl.EchoMsgReply;
import com.example.gnlfoobarxmpl.GnlFoobarXmpl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.util.List;

/**
 * Talks to the family "gnl_foobar_xmpl" in the three roles of the tutorial, through the client that
 * jgenl-maven-plugin makes of the family's spec.
 */
public final class Main {

  private static final String HELLO = "Hello World from Java user program (using a spec)!";
  private static final List<String> ROLES =
      List.of("echo", "echo_with_dump_flag", "reply_with_error");

  private Main() {}

  /**
   * Plays a role, or all.
   *
   * @param args the role
   */
  public static void main(String[] args) {
    if (!ROLES.containsAll(List.of(args))) {
      System.err.println("usage: Main [" + String.join("|", ROLES) + "]");
      System.exit(2);
    }
    try (GnlFoobarXmpl family = GnlFoobarXmpl.open()) {
      for (String role : args.length > 0 ? List.of(args) : ROLES) {
        play(role, family);
      }
    } catch (NetlinkException | IllegalStateException | UnsatisfiedLinkError e) {
      System.err.println("[User-Typed] " + e.getMessage());
      System.exit(1);
    }
  }

  private static void play(String role, GnlFoobarXmpl family) throws NetlinkException {
    switch (role) {
      case "echo" -> say("Kernel replied: '" + echo(family, HELLO) + "'");
      case "echo_with_dump_flag" ->
          list(family).forEach(text -> say("Kernel listed: '" + text + "'"));
      default -> say("Kernel refused: " + refusal(family, HELLO));
    }
  }

  /** Has a text sent back. */
  static String echo(GnlFoobarXmpl family, String text) throws NetlinkException {
    String reply = text(family.echoMsg(r -> r.msg(text)));
    if (!reply.equals(text)) {
      throw new IllegalStateException("the reply differs from what was sent: " + reply);
    }
    return reply;
  }

  /** Lists the kernel's own texts. */
  static List<String> list(GnlFoobarXmpl family) throws NetlinkException {
    return family.echoMsgDump().toList().stream().map(Main::text).toList();
  }

  private static String text(EchoMsgReply reply) {
    return Printable.escape(reply.msg().orElse("(nothing)"));
  }

  /** Has a text refused, and tells why. */
  static String refusal(GnlFoobarXmpl family, String text) throws NetlinkException {
    try {
      family.replyWithNlmsgErr(r -> r.msg(text));
    } catch (KernelException e) {
      if (e.error() != Errno.EINVAL) {
        throw e;
      }
      return e.getMessage();
    }
    throw new IllegalStateException("the kernel accepted what it was asked to refuse");
  }

  private static void say(String line) {
    System.out.println("[User-Typed] " + line);
  }
}
