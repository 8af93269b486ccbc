package dev.jgenl;

import dev.jgenl.wire.AttributeWriter;
import java.util.function.Consumer;

/**
 * A request that can be sent any number of times. Immutable, so safe to share between threads if
 * its attributes are.
 *
 * @param family whom to ask
 * @param command what to ask for, 0 to 255
 * @param attributes writes the attributes each time that the request is sent
 * @param acknowledged whether the kernel is asked for an acknowledgement, which ends the exchange.
 *     Without one it ends at the first answer: quicker, but right only for a command that always
 *     answers with one message
 */
public record GenlRequest(
    GenlFamily family,
    int command,
    Consumer<? super AttributeWriter> attributes,
    boolean acknowledged) {

  private static final Consumer<AttributeWriter> NO_ATTRIBUTES = a -> {};

  /** Checks the command. */
  public GenlRequest {
    if (command < 0 || command > 255) {
      throw new IllegalArgumentException("command " + command + " is not within 0 to 255");
    }
  }

  /**
   * Makes a request without attributes.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return an acknowledged request
   */
  public static GenlRequest of(GenlFamily family, int command) {
    return new GenlRequest(family, command, NO_ATTRIBUTES, true);
  }

  /**
   * Makes a request with attributes.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @param attributes writes the attributes each time that the request is sent
   * @return an acknowledged request
   */
  public static GenlRequest of(
      GenlFamily family, int command, Consumer<? super AttributeWriter> attributes) {
    return new GenlRequest(family, command, attributes, true);
  }

  /**
   * Makes the same request without asking for an acknowledgement.
   *
   * @return a request whose exchange ends at the first answer
   */
  public GenlRequest withoutAck() {
    return new GenlRequest(family, command, attributes, false);
  }
}
