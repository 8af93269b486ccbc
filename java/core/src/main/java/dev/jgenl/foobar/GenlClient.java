package dev.jgenl.foobar;

import dev.jgenl.Dump;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of the family "gnl_foobar_xmpl", whose kernel module is in {@code kernel-mod/}.
 *
 * <pre>{@code
 * try (GenlClient client = GenlClient.open()) {
 *   System.out.println(client.echo("Hello from Java"));
 * }
 * }</pre>
 *
 * <p>Safe to share between threads. Must be closed.
 */
public final class GenlClient implements AutoCloseable {

  /** The longest message, in bytes of UTF-8. */
  public static final int MESSAGE_BYTES_MAX = FoobarProtocol.MSG_LEN_MAX;

  /** What to do when the family is not registered. */
  public static final String REMEDY =
      "load its module (sudo insmod kernel-mod/gnl_foobar_xmpl.ko),"
          + " or run in the VM (./build_and_run.sh vm -- COMMAND)";

  private final Genl genl;
  private final GenlFamily family;

  private GenlClient(Genl genl, GenlFamily family) {
    this.genl = genl;
    this.family = family;
  }

  /**
   * Connects to the kernel and finds the family.
   *
   * @return an open client
   * @throws FamilyNotFoundException if the kernel module is not loaded
   * @throws NetlinkException for any other failure
   * @throws UnsatisfiedLinkError if the native library cannot be loaded; the message names the
   *     remedy
   */
  public static GenlClient open() throws NetlinkException {
    return on(Genl.open());
  }

  /**
   * Finds the family through a connection that is there, for one with other options.
   *
   * @param genl an open connection; the client closes it, also if this fails
   * @return an open client
   * @throws FamilyNotFoundException if the kernel module is not loaded
   * @throws NetlinkException for any other failure
   */
  public static GenlClient on(Genl genl) throws NetlinkException {
    try {
      return new GenlClient(genl, genl.family(FoobarProtocol.NAME));
    } catch (FamilyNotFoundException e) {
      genl.close();
      throw e.withRemedy(REMEDY);
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
  }

  /**
   * Has the kernel send a message back.
   *
   * @param message without a NUL, at most {@link #MESSAGE_BYTES_MAX} bytes in UTF-8
   * @return the message that came back
   * @throws IllegalArgumentException if the message is too long or holds a NUL
   * @throws KernelException if the kernel refuses it
   * @throws NetlinkException for any other failure
   */
  public String echo(String message) throws NetlinkException {
    return genl.request(request(FoobarProtocol.C_ECHO_MSG, message, false), GenlClient::messageOf);
  }

  /**
   * Has the kernel send many messages back, with far fewer system calls than one by one.
   *
   * @param messages each without a NUL, at most {@link #MESSAGE_BYTES_MAX} bytes in UTF-8
   * @return the messages that came back, in the same order
   * @throws IllegalArgumentException if a message is too long or holds a NUL; none was sent then if
   *     it is too long
   * @throws NetlinkException the first failure; the messages before it were sent back
   */
  public List<String> echoAll(List<String> messages) throws NetlinkException {
    List<GenlRequest> requests = new ArrayList<>(messages.size());
    for (String message : messages) {
      requests.add(request(FoobarProtocol.C_ECHO_MSG, message, false));
    }
    List<String> echoes = new ArrayList<>(messages.size());
    for (Outcome<String> outcome : genl.batch(requests, GenlClient::messageOf)) {
      echoes.add(outcome.get());
    }
    return echoes;
  }

  /**
   * Has the kernel list its messages.
   *
   * @return the messages in their order
   * @throws KernelException if the kernel refuses it
   * @throws NetlinkException for any other failure
   */
  public List<String> dump() throws NetlinkException {
    List<String> messages = new ArrayList<>();
    try (Dump<GenlMessage> dump =
        genl.dump(
            GenlRequest.of(family, FoobarProtocol.C_ECHO_MSG).withNames(FoobarNames.INSTANCE))) {
      for (GenlMessage m = dump.next(); m != null; m = dump.next()) {
        messages.add(messageOf(m));
      }
    }
    return messages;
  }

  /**
   * Has the kernel refuse a message.
   *
   * @param message without a NUL, at most {@link #MESSAGE_BYTES_MAX} bytes in UTF-8
   * @throws IllegalArgumentException if the message is too long or holds a NUL
   * @throws KernelException with EINVAL and an extended ACK, always, unless something else fails
   * @throws NetlinkException for any other failure
   */
  public void replyWithError(String message) throws NetlinkException {
    genl.execute(request(FoobarProtocol.C_REPLY_WITH_NLMSG_ERR, message, true));
  }

  /**
   * Returns the family as it was found when the client was opened.
   *
   * @return the family
   */
  public GenlFamily family() {
    return family;
  }

  /** Closes the connection; more than once does no harm. */
  @Override
  public void close() {
    genl.close();
  }

  private GenlRequest request(int command, String message, boolean acknowledged) {
    requireLength(message);
    GenlRequest request =
        GenlRequest.of(family, command, a -> a.putString(FoobarProtocol.A_MSG, message))
            .withNames(FoobarNames.INSTANCE);
    return acknowledged ? request : request.withoutAck();
  }

  private static String messageOf(GenlMessage message) {
    return message.attributes().get(FoobarProtocol.A_MSG).string();
  }

  private static void requireLength(String message) {
    // A char is at most 3 bytes in UTF-8, so that most messages need no counting.
    if (message.length() > MESSAGE_BYTES_MAX / 3) {
      int length = message.getBytes(StandardCharsets.UTF_8).length;
      if (length > MESSAGE_BYTES_MAX) {
        throw new IllegalArgumentException(
            "message of " + length + " bytes, limit " + MESSAGE_BYTES_MAX);
      }
    }
  }
}
