package dev.jgenl.spec;

import dev.jgenl.wire.MessageReader;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests that were seen last, by protocol and sequence number. */
final class PastRequests {

  /**
   * A request.
   *
   * @param known what it is
   * @param value what it says
   * @param bytes the whole message
   */
  record Request(KnownMessage known, Value value, ByteBuffer bytes) {}

  private static final int KEPT = 1024;

  /** Of a longer one no more is kept than can offend. */
  private static final int LENGTH_MAX = 1 << 16;

  private final Map<Long, Request> requests =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Request> eldest) {
          return size() > KEPT;
        }
      };

  void add(int protocol, MessageReader message, KnownMessage known, Value value) {
    int length = Math.min(LENGTH_MAX, message.end() - message.start());
    byte[] bytes = new byte[length];
    message.buffer().get(message.start(), bytes);
    ByteBuffer copy = ByteBuffer.wrap(bytes).order(message.buffer().order());
    requests.put(key(protocol, message.sequence()), new Request(known, value, copy));
  }

  @Nullable Request find(int protocol, int sequence) {
    return requests.get(key(protocol, sequence));
  }

  private static long key(int protocol, int sequence) {
    return (long) protocol << Integer.SIZE | Integer.toUnsignedLong(sequence);
  }
}
