package dev.jgenl.engine;

import dev.jgenl.wire.Lease;

/**
 * Makes what users see of a message.
 *
 * @param <M> the type of it
 */
@FunctionalInterface
public interface Decoder<M> {

  /**
   * Views a message.
   *
   * @param lease its bytes
   * @param start the index of its first byte
   * @param end the index behind its last byte
   * @param headerLength the length of the headers behind {@code nlmsghdr}, in bytes
   * @return the view
   * @throws dev.jgenl.wire.MalformedMessageException if it is shorter than its headers
   */
  M decode(Lease lease, int start, int end, int headerLength);
}
