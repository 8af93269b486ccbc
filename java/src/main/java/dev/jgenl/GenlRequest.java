package dev.jgenl;

import dev.jgenl.wire.AttributeWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A request that can be sent any number of times. Immutable, so safe to share between threads if
 * its attributes are.
 *
 * @param family whom to ask
 * @param command what to ask for, 0 to 255
 * @param attributes writes the attributes each time that the request is sent
 * @param flags flags of the netlink header that the family defines, such as {@code NLM_F_CREATE};
 *     those of request, dump and acknowledgement are set as needed
 * @param header the family's own header, of as many bytes as {@link GenlFamily#headerSize()} says;
 *     empty for most families
 * @param acknowledged whether the kernel is asked for an acknowledgement, which ends the exchange.
 *     Without one it ends at the first answer: quicker, but right only for a command that always
 *     answers with one message
 * @param anySequence whether an answer is accepted whatever its sequence number, for a family that
 *     sets it wrongly
 * @param names tells the name of an attribute by the types that lead to it, outermost first, for
 *     the message of an exception; empty where it knows none
 */
public record GenlRequest(
    GenlFamily family,
    int command,
    Consumer<? super AttributeWriter> attributes,
    int flags,
    List<Byte> header,
    boolean acknowledged,
    boolean anySequence,
    Function<? super List<Integer>, Optional<String>> names) {

  private static final Function<List<Integer>, Optional<String>> NO_NAMES = p -> Optional.empty();

  private static final Consumer<AttributeWriter> NO_ATTRIBUTES = a -> {};

  /**
   * Creates a request; {@link #of(GenlFamily, int)} and the methods {@code with…} are mostly
   * simpler. The header is copied.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @param attributes writes the attributes
   * @param flags flags of the family, within 16 bits
   * @param header the family's own header
   * @param acknowledged whether to ask for an acknowledgement
   * @param anySequence whether any sequence number is accepted
   * @param names names of attributes, for messages
   * @throws IllegalArgumentException if command or flags are out of range
   */
  public GenlRequest {
    if (command < 0 || command > 255) {
      throw new IllegalArgumentException("command " + command + " is not within 0 to 255");
    }
    if (flags < 0 || flags > 0xffff) {
      throw new IllegalArgumentException("flags " + flags + " are not within 16 bits");
    }
    header = List.copyOf(header);
  }

  /**
   * Makes a request without attributes.
   *
   * @param family whom to ask
   * @param command what to ask for, 0 to 255
   * @return an acknowledged request
   */
  public static GenlRequest of(GenlFamily family, int command) {
    return of(family, command, NO_ATTRIBUTES);
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
    return new GenlRequest(family, command, attributes, 0, List.of(), true, false, NO_NAMES);
  }

  /**
   * Makes the same request without asking for an acknowledgement.
   *
   * @return a request whose exchange ends at the first answer
   */
  public GenlRequest withoutAck() {
    return new GenlRequest(family, command, attributes, flags, header, false, anySequence, names);
  }

  /**
   * Makes the same request with flags that the family defines.
   *
   * @param flags such as {@code NLM_F_CREATE}
   * @return another request
   */
  public GenlRequest withFlags(int flags) {
    return new GenlRequest(
        family, command, attributes, flags, header, acknowledged, anySequence, names);
  }

  /**
   * Makes the same request with the family's own header.
   *
   * @param header as many bytes as {@link GenlFamily#headerSize()} says
   * @return another request
   */
  public GenlRequest withHeader(List<Byte> header) {
    return new GenlRequest(
        family, command, attributes, flags, header, acknowledged, anySequence, names);
  }

  /**
   * Makes the same request tolerate a wrong sequence number in the answer.
   *
   * @return another request
   */
  public GenlRequest withAnySequence() {
    return new GenlRequest(family, command, attributes, flags, header, acknowledged, true, names);
  }

  /**
   * Makes the same request with names for its attributes, which then stand in the message of a
   * {@link KernelException}.
   *
   * @param names tells the name by the types that lead to the attribute, or empty
   * @return another request
   */
  public GenlRequest withNames(Function<? super List<Integer>, Optional<String>> names) {
    return new GenlRequest(
        family, command, attributes, flags, header, acknowledged, anySequence, names);
  }
}
