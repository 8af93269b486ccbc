package dev.jgenl.engine;

import dev.jgenl.ExtendedAck;
import dev.jgenl.ProtocolException;
import dev.jgenl.wire.Lease;
import dev.jgenl.wire.MessageReader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decodes the one message of every answer. */
public final class Values<M, T> implements Batch.Results<T> {

  private final Decoder<M> decoder;
  private final Function<? super M, ? extends T> reader;
  private final @Nullable Object[] values;
  private final int[] counts;

  /** Makes one for so many requests. */
  public Values(Decoder<M> decoder, Function<? super M, ? extends T> reader, int count) {
    this.decoder = decoder;
    this.reader = reader;
    values = new Object[count];
    counts = new int[count];
  }

  @Override
  public void message(int i, Envelope request, MessageReader message) {
    if (counts[i]++ == 0) {
      Lease lease = new Lease(message.buffer());
      try {
        values[i] =
            reader.apply(
                decoder.decode(lease, message.start(), message.end(), request.headerLength()));
      } finally {
        lease.end(message.buffer());
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public T end(int i, Envelope request, ExtendedAck warning, int value, Strays strays)
      throws ProtocolException {
    Failures.requireOneMessage(request, counts[i], strays);
    return (T) values[i];
  }
}
