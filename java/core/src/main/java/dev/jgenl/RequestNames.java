package dev.jgenl;

import java.util.List;
import java.util.Optional;

/**
 * The names of the commands and attributes of a family, or of the types and attributes of another
 * protocol, which then stand in the messages of exceptions in place of numbers. Called only where
 * an exception is made; safe to share between threads if its methods are.
 */
public interface RequestNames {

  /** No names: messages show the numbers. */
  RequestNames NONE = new RequestNames() {};

  /**
   * Names what the command is of, where that says more than the name of the protocol: one protocol
   * may be many families to its users. Of Generic Netlink the family's own name is taken.
   *
   * @return such as "rt-link"; empty for the name of the protocol, such as "route"
   */
  default Optional<String> family() {
    return Optional.empty();
  }

  /**
   * Names a command.
   *
   * @param command its number, 0 to 255; of another protocol the type of the message
   * @return such as "features-set"; empty if it has no name here
   */
  default Optional<String> command(int command) {
    return Optional.empty();
  }

  /**
   * Names an attribute.
   *
   * @param path the types of the attributes that lead to it, outermost first, and its own as the
   *     last: at least one
   * @return its name, without that of those around it; empty if it has no name here
   */
  default Optional<String> attribute(List<Integer> path) {
    return Optional.empty();
  }
}
