package dev.jgenl.engine;

import dev.jgenl.Dump;
import dev.jgenl.DumpPolicy;
import dev.jgenl.NetlinkException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A dump that a user has, watched over in case that it is forgotten. */
public final class OpenDump<M> implements Dump<M> {

  private final DumpReader<M> reader;
  private final DumpPolicy policy;
  private final Cleaner.Cleanable leak;

  /**
   * Sends the request.
   *
   * @throws NetlinkException if that fails; nothing is open then
   */
  public OpenDump(DumpReader<M> reader, DumpPolicy policy) throws NetlinkException {
    this.reader = reader;
    this.policy = policy;
    leak = Leaks.watch(this, "a dump", reader::abandon);
    boolean started = false;
    try {
      reader.start(Deadline.FOREVER);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  @Override
  public @Nullable M next() throws NetlinkException {
    try {
      M message = reader.read(Deadline.FOREVER);
      if (message == null && !isAcceptable()) {
        throw reader.inconsistent(List.of());
      }
      return message;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public boolean isConsistent() {
    return reader.isConsistent();
  }

  @Override
  public boolean isFiltered() {
    return reader.isFiltered();
  }

  @Override
  public Iterator<M> iterator() {
    return new Iterator<>() {
      private @Nullable M ahead;

      @Override
      public boolean hasNext() {
        if (ahead == null) {
          try {
            ahead = OpenDump.this.next();
          } catch (NetlinkException e) {
            throw new UncheckedIOException(e);
          }
        }
        return ahead != null;
      }

      @Override
      public M next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        M message = Objects.requireNonNull(ahead);
        ahead = null;
        return message;
      }
    };
  }

  @Override
  public void forEach(Consumer<? super M> action) {
    try (this) {
      for (M message : this) {
        action.accept(message);
      }
    }
  }

  @Override
  public Stream<M> stream() {
    return StreamSupport.stream(spliterator(), false).onClose(this::close);
  }

  @Override
  public List<M> toList() throws NetlinkException {
    return readAll(message -> message);
  }

  @Override
  public <R> List<R> readAll(Function<? super M, ? extends R> made) throws NetlinkException {
    int retries = reader.isBegun() ? 0 : policy.retries();
    try {
      for (; ; ) {
        List<R> messages = readOnce(made);
        if (isAcceptable()) {
          return messages;
        }
        if (retries-- == 0) {
          throw reader.inconsistent(messages);
        }
        reader.start(Deadline.FOREVER);
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private <R> List<R> readOnce(Function<? super M, ? extends R> made) throws NetlinkException {
    List<R> messages = new ArrayList<>();
    for (M m = reader.read(Deadline.FOREVER); m != null; m = reader.read(Deadline.FOREVER)) {
      messages.add(made.apply(m));
    }
    return messages;
  }

  /** Names what is dumped, and says how far it has come. */
  @Override
  public String toString() {
    return "dump of " + reader;
  }

  private boolean isAcceptable() {
    return reader.isConsistent() || policy.marks();
  }

  @Override
  public void close() {
    reader.close();
    leak.clean();
  }
}
