package dev.jgenl;

import dev.jgenl.engine.OpenDump;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
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
 * <p>Must be closed, at any time and more than once; what was read to its end, or has failed, holds
 * nothing any more. One thread at a time reads, once; any thread may close, which ends a wait with
 * a {@link ClosedException}.
 *
 * @param <M> the type of the messages, each valid for ever
 */
public sealed interface Dump<M> extends Iterable<M>, AutoCloseable permits OpenDump {

  /**
   * Reads the next message.
   *
   * @return the message, or null at the end
   * @throws KernelException if the kernel refuses the dump, or ends it with an error
   * @throws DumpInterruptedException at the end, if the data changed and the policy is not {@link
   *     DumpPolicy#mark()}
   * @throws NetlinkException for any other failure; the dump is then over
   */
  @Nullable M next() throws NetlinkException;

  /**
   * Tells whether the data stayed the same as far as it has been read.
   *
   * @return false once a message was marked with {@code NLM_F_DUMP_INTR}
   */
  boolean isConsistent();

  /**
   * Tells whether the kernel says that it has filtered what it dumps, as far as it has been read.
   *
   * @return true once a message was marked with {@code NLM_F_DUMP_FILTERED}
   */
  boolean isFiltered();

  /**
   * Iterates over the messages that are left.
   *
   * @return an iterator that throws {@link UncheckedIOException} with a {@link NetlinkException} as
   *     its cause where {@link #next()} throws that
   */
  @Override
  Iterator<M> iterator();

  /**
   * Goes through the messages that are left, and closes, also if the action fails.
   *
   * @param action what to do with each
   * @throws UncheckedIOException as {@link #iterator()} does
   */
  @Override
  void forEach(Consumer<? super M> action);

  /**
   * Streams the messages that are left, in their order and lazily.
   *
   * @return a sequential stream that closes the dump when it is closed, and throws as {@link
   *     #iterator()} does
   */
  Stream<M> stream();

  /**
   * Reads all messages that are left. With {@link DumpPolicy#retry(int)}, and if none was read
   * before, an inconsistent dump is repeated.
   *
   * @return the messages in their order
   * @throws DumpInterruptedException if the data changed, each time; it has the messages
   * @throws NetlinkException as {@link #next()} does
   */
  List<M> toList() throws NetlinkException;

  /**
   * As {@link #toList()}, but makes something else of each message as it comes, so that none is
   * kept. What the function throws is thrown, and the dump is closed.
   *
   * @param <R> what a message becomes
   * @param reader makes it
   * @return what the messages became, in their order
   * @throws DumpInterruptedException as {@link #toList()}; it has what the messages became
   * @throws NetlinkException as {@link #next()} does
   */
  <R> List<R> readAll(Function<? super M, ? extends R> reader) throws NetlinkException;

  /** Ends the dump: what was not read is lost. */
  @Override
  void close();
}
