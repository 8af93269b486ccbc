package dev.jgenl.spec;

import dev.jgenl.Dump;
import dev.jgenl.Message;
import dev.jgenl.NetlinkException;
import dev.jgenl.ProtocolException;
import dev.jgenl.spec.model.Continuation;
import dev.jgenl.wire.MalformedMessageException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a dump. As {@link Dump}: for one thread at a time; must be closed unless it is
 * read to its end, or has failed.
 */
public final class DynamicDump implements Iterable<Value>, AutoCloseable {

  /**
   * Where the values come from.
   *
   * @param what family and operation, for the message of an exception
   * @param dump the messages
   * @param reader makes a value of each
   */
  record Source<M extends Message>(String what, Dump<M> dump, Function<M, Value> reader) {

    @Nullable Value next() throws NetlinkException {
      M message = dump.next();
      return message == null ? null : read(message);
    }

    /** What cannot be read ends the dump, as any other failure. */
    private Value read(M message) throws ProtocolException {
      try {
        return reader.apply(message);
      } catch (MalformedMessageException e) {
        dump.close();
        throw Caller.malformed(what, e);
      }
    }

    List<Value> toList() throws NetlinkException {
      try {
        return dump.readAll(reader);
      } catch (MalformedMessageException e) {
        throw Caller.malformed(what, e);
      }
    }

    Iterator<Value> iterator() {
      Iterator<M> messages = dump.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return messages.hasNext();
        }

        @Override
        public Value next() {
          if (!messages.hasNext()) {
            throw new NoSuchElementException();
          }
          try {
            return read(messages.next());
          } catch (ProtocolException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    }
  }

  private final Source<?> source;
  private final Optional<Continuation> continuation;

  DynamicDump(Source<?> source, Optional<Continuation> continuation) {
    this.source = source;
    this.continuation = continuation;
  }

  /**
   * Waits for the next answer.
   *
   * @return the answer; null at the end
   * @throws NetlinkException as {@link Dump#next()}
   */
  public @Nullable Value next() throws NetlinkException {
    return source.next();
  }

  /**
   * Tells whether nothing has changed while the kernel answered.
   *
   * @return as {@link Dump#isConsistent()}
   */
  public boolean isConsistent() {
    return source.dump().isConsistent();
  }

  /**
   * Goes through the answers.
   *
   * @return as {@link Dump#iterator()}
   */
  @Override
  public Iterator<Value> iterator() {
    return source.iterator();
  }

  /**
   * Goes through the answers that are left, and closes, also if the action fails.
   *
   * @param action what to do with each
   * @throws UncheckedIOException as {@link #iterator()} does
   */
  @Override
  public void forEach(Consumer<? super Value> action) {
    try (this) {
      Iterable.super.forEach(action);
    }
  }

  /**
   * Returns the answers as a stream.
   *
   * @return as {@link Dump#stream()}
   */
  public Stream<Value> stream() {
    return StreamSupport.stream(spliterator(), false).onClose(this::close);
  }

  /**
   * Waits for all answers that are to come, and closes. With {@link dev.jgenl.DumpPolicy#retry},
   * and if none was read before, an inconsistent dump is repeated.
   *
   * @return the answers
   * @throws dev.jgenl.DumpInterruptedException as {@link Dump#toList()}; its messages are values
   * @throws NetlinkException as {@link Dump#next()}
   */
  public List<Value> toList() throws NetlinkException {
    try (this) {
      return List.copyOf(source.toList());
    }
  }

  /**
   * Waits for all answers that are to come, joins those that go on with the object of the one
   * before, and closes. Which do so is not in the specs of the kernel: jgenl's overlays say it.
   *
   * @return the objects; the same as {@link #toList()} where no object goes on
   * @throws NetlinkException as {@link Dump#next()}
   */
  public List<Value> merged() throws NetlinkException {
    List<Value> values = toList();
    return continuation.map(c -> new Merger(c).merge(values)).orElse(values);
  }

  /** Ends the dump. More than once does no harm. */
  @Override
  public void close() {
    source.dump().close();
  }

  /** Names what is dumped, and says how far it has come. */
  @Override
  public String toString() {
    return source.dump().toString();
  }
}
