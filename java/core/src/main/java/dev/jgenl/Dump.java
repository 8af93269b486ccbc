package dev.jgenl;

import dev.jgenl.engine.Deadline;
import dev.jgenl.engine.DumpReader;
import dev.jgenl.engine.Leaks;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A dump under way: messages that are read from the kernel as they are asked for, whatever their
 * number in bounded memory. It has a socket of its own, so a slow consumer delays nobody.
 *
 * <pre>{@code
 * int getFamily = 3; // CTRL_CMD_GETFAMILY
 * int familyName = 2; // CTRL_ATTR_FAMILY_NAME
 * try (Dump<GenlMessage> dump = genl.dump(genl.family("nlctrl"), getFamily)) {
 *   for (GenlMessage m : dump) {
 *     System.out.println(m.attributes().get(familyName).string());
 *   }
 * }
 * }</pre>
 *
 * <p>What happens if the data changes meanwhile ({@code NLM_F_DUMP_INTR}), {@link DumpPolicy} says.
 *
 * <p>Must be closed, at any time and more than once. One thread at a time reads, once; any thread
 * may close, which ends a wait with a {@link ClosedException}.
 *
 * @param <M> the type of the messages, each valid for ever
 */
public final class Dump<M> implements Iterable<M>, AutoCloseable {

  private final DumpReader<M> reader;
  private final DumpPolicy policy;
  private final Cleaner.Cleanable leak;

  /** Sends the request. */
  Dump(DumpReader<M> reader, DumpPolicy policy) throws NetlinkException {
    this.reader = reader;
    this.policy = policy;
    leak = Leaks.watch(this, "a dump", reader::abandon);
    boolean started = false;
    try {
      reader.start();
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /**
   * Reads the next message.
   *
   * @return the message, or null at the end
   * @throws KernelException if the kernel refuses the dump, or ends it with an error
   * @throws DumpInterruptedException at the end, if the data changed and the policy is not {@link
   *     DumpPolicy#mark()}
   * @throws NetlinkException for any other failure; the dump is then over
   */
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

  /**
   * Tells whether the data stayed the same as far as it has been read.
   *
   * @return false once a message was marked with {@code NLM_F_DUMP_INTR}
   */
  public boolean isConsistent() {
    return reader.isConsistent();
  }

  /**
   * Tells whether the kernel says that it has filtered what it dumps, as far as it has been read.
   *
   * @return true once a message was marked with {@code NLM_F_DUMP_FILTERED}
   */
  public boolean isFiltered() {
    return reader.isFiltered();
  }

  /**
   * Iterates over the messages that are left.
   *
   * @return an iterator that throws {@link UncheckedIOException} with a {@link NetlinkException} as
   *     its cause where {@link #next()} throws that
   */
  @Override
  public Iterator<M> iterator() {
    return new Iterator<>() {
      private @Nullable M ahead;

      @Override
      public boolean hasNext() {
        if (ahead == null) {
          try {
            ahead = Dump.this.next();
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

  /**
   * Streams the messages that are left, in their order and lazily.
   *
   * @return a sequential stream that closes the dump when it is closed, and throws as {@link
   *     #iterator()} does
   */
  public Stream<M> stream() {
    return StreamSupport.stream(spliterator(), false).onClose(this::close);
  }

  /**
   * Reads all messages that are left. With {@link DumpPolicy#retry(int)}, and if none was read
   * before, an inconsistent dump is repeated.
   *
   * @return the messages in their order
   * @throws DumpInterruptedException if the data changed, each time; it has the messages
   * @throws NetlinkException as {@link #next()} does
   */
  public List<M> toList() throws NetlinkException {
    int retries = reader.isBegun() ? 0 : policy.retries();
    try {
      for (; ; ) {
        List<M> messages = readAll();
        if (isAcceptable()) {
          return messages;
        }
        if (retries-- == 0) {
          throw reader.inconsistent(messages);
        }
        reader.start();
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private List<M> readAll() throws NetlinkException {
    List<M> messages = new ArrayList<>();
    for (M m = reader.read(Deadline.FOREVER); m != null; m = reader.read(Deadline.FOREVER)) {
      messages.add(m);
    }
    return messages;
  }

  private boolean isAcceptable() {
    return reader.isConsistent() || policy.marks();
  }

  /** Ends the dump: what was not read is lost. */
  @Override
  public void close() {
    reader.close();
    leak.clean();
  }
}
