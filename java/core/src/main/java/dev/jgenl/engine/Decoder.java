package dev.jgenl.engine;

import dev.jgenl.wire.Lease;
import dev.jgenl.wire.MessageReader;
import java.nio.ByteBuffer;

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

  /**
   * Copies a message.
   *
   * @param message stands on it
   * @param headerLength the length of the headers behind {@code nlmsghdr}, in bytes
   * @return a view of the copy, valid for ever
   * @throws dev.jgenl.wire.MalformedMessageException if it is shorter than its headers
   */
  default M copy(MessageReader message, int headerLength) {
    byte[] bytes = new byte[message.end() - message.start()];
    message.buffer().get(message.start(), bytes);
    Lease lease = new Lease(ByteBuffer.wrap(bytes).order(message.buffer().order()));
    return decode(lease, 0, bytes.length, headerLength);
  }
}
