package dev.jgenl.engine;

import dev.jgenl.ExtendedAck;
import dev.jgenl.Reply;
import dev.jgenl.wire.MessageReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects every message of every answer. */
public final class Replies<M> implements Batch.Results<Reply<M>> {

  private final Decoder<M> decoder;
  private final @Nullable List<M>[] messages;

  /** Makes one for so many requests. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Replies(Decoder<M> decoder, int count) {
    this.decoder = decoder;
    messages = new List[count];
  }

  @Override
  public void message(int i, Envelope request, MessageReader message) {
    List<M> list = messages[i];
    if (list == null) {
      list = new ArrayList<>(1);
      messages[i] = list;
    }
    list.add(decoder.copy(message, request.headerLength()));
  }

  @Override
  public Reply<M> end(int i, Envelope request, ExtendedAck warning, int value, Strays strays) {
    List<M> list = messages[i];
    return new Reply<>(list == null ? List.of() : list, warning, value);
  }
}
