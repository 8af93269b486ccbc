package dev.jgenl.spec.typed;

import dev.jgenl.DumpInterruptedException;
import dev.jgenl.NetlinkException;
import dev.jgenl.spec.DynamicDump;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.Value;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a dump. As {@link DynamicDump}: for one thread at a time; must be closed unless it
 * is read to its end, or has failed. So a loop over one belongs into a {@code try}: it may be left
 * early, or what is done in it may fail.
 *
 * @param <T> what the answers are
 */
public final class TypedDump<T> implements Iterable<T>, AutoCloseable {

  private final DynamicDump dump;
  private final Function<NestValue, T> view;

  TypedDump(DynamicDump dump, Function<NestValue, T> view) {
    this.dump = dump;
    this.view = view;
  }

  /**
   * Waits for the next answer.
   *
   * @return the answer; null at the end
   * @throws NetlinkException as {@link DynamicDump#next()}
   */
  public @Nullable T next() throws NetlinkException {
    Value value = dump.next();
    return value == null ? null : view(value);
  }

  private T view(Value value) {
    return view.apply((NestValue) value);
  }

  /**
   * Tells whether nothing has changed while the kernel answered.
   *
   * @return as {@link DynamicDump#isConsistent()}
   */
  public boolean isConsistent() {
    return dump.isConsistent();
  }

  /**
   * Goes through the answers.
   *
   * @return as {@link DynamicDump#iterator()}
   */
  @Override
  public Iterator<T> iterator() {
    Iterator<Value> values = dump.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return values.hasNext();
      }

      @Override
      public T next() {
        return view(values.next());
      }
    };
  }

  /**
   * Goes through the answers that are left, and closes, also if the action fails.
   *
   * @param action what to do with each
   * @throws java.io.UncheckedIOException as {@link DynamicDump#iterator()}
   */
  @Override
  public void forEach(Consumer<? super T> action) {
    try (this) {
      Iterable.super.forEach(action);
    }
  }

  /**
   * Returns the answers as a stream.
   *
   * @return as {@link DynamicDump#stream()}
   */
  public Stream<T> stream() {
    return dump.stream().map(this::view);
  }

  /**
   * Waits for all answers that are to come, and closes.
   *
   * @return the answers
   * @throws DumpInterruptedException as {@link DynamicDump#toList()}; its messages are such answers
   * @throws NetlinkException as {@link DynamicDump#next()}
   */
  public List<T> toList() throws NetlinkException {
    return views(dump::toList);
  }

  private List<T> views(Answers answers) throws NetlinkException {
    try {
      return views(answers.read());
    } catch (DumpInterruptedException e) {
      DumpInterruptedException typed =
          new DumpInterruptedException(
              String.valueOf(e.getMessage()), views(e.messages(Value.class)));
      typed.initCause(e);
      throw typed;
    }
  }

  private List<T> views(List<Value> values) {
    return values.stream().map(this::view).toList();
  }

  /** How all answers are waited for. */
  private interface Answers {
    List<Value> read() throws NetlinkException;
  }

  /**
   * Waits for all answers that are to come, joins those that go on with the object of the one
   * before, and closes.
   *
   * @return the objects; the same as {@link #toList()} where no object goes on
   * @throws DumpInterruptedException as {@link #toList()}
   * @throws NetlinkException as {@link DynamicDump#next()}
   */
  public List<T> merged() throws NetlinkException {
    return views(dump::merged);
  }

  /** Ends the dump. More than once does no harm. */
  @Override
  public void close() {
    dump.close();
  }

  /** Names what it reads. */
  @Override
  public String toString() {
    return dump.toString();
  }
}
