package dev.jgenl.engine;

import dev.jgenl.ExtendedAck;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * What the engine sees of a request, as it is sent now. Its {@code toString} names family and
 * command, for the message of an exception.
 */
public interface Envelope {

  /** Why a request that is no dump is refused with both flags. */
  String WOULD_DUMP =
      "NLM_F_REPLACE and NLM_F_EXCL together are NLM_F_DUMP, and the kernel would dump: leave one"
          + " out, or use dump()";

  /** Makes the envelope of a request each time that it is sent. */
  @FunctionalInterface
  interface Source {

    /**
     * Makes one.
     *
     * @param patience how long to wait for what has to be found out, in nanoseconds
     * @return the request as it is to be sent now
     * @throws NetlinkException if that cannot be found out
     */
    Envelope envelope(long patience) throws NetlinkException;
  }

  /**
   * Makes the envelopes of requests.
   *
   * @param <R> the type of a request
   */
  @FunctionalInterface
  interface Maker<R> {

    /**
     * Makes one.
     *
     * @param request the request
     * @return it as it is to be sent now
     * @throws NetlinkException if that cannot be found out
     */
    Envelope envelope(R request) throws NetlinkException;
  }

  /**
   * Writes the request behind what the writer holds.
   *
   * @param writer takes one message
   * @param flags flags of the header beside those of {@link #flags()}
   * @param sequence its sequence number
   * @throws RuntimeException if it cannot be written; the writer then holds part of it
   */
  void write(MessageWriter writer, int flags, int sequence);

  /**
   * Returns the flags of the header that the request itself wants.
   *
   * @return 16 bits
   */
  int flags();

  /**
   * Returns the length of the headers between {@code nlmsghdr} and attributes, in the request and
   * in its answers.
   *
   * @return bytes, without padding
   */
  int headerLength();

  /**
   * Tells whether an acknowledgement is asked for, which then ends the exchange.
   *
   * @return whether it is
   */
  boolean acknowledged();

  /**
   * Tells whether an answer may bear any sequence number.
   *
   * @return whether it may
   */
  boolean anySequence();

  /**
   * Tells whether an answer may bear any port ID.
   *
   * @return whether it may
   */
  boolean anyPort();

  /**
   * Tells whether it tolerates answers that could as well be those to another request, so that it
   * has to be alone on a connection that was never used.
   *
   * @return whether it does
   */
  default boolean isTolerant() {
    return anySequence() || anyPort();
  }

  /**
   * Tells whether the kernel, where privilege is missing, refuses the first message of a datagram
   * and does not look at the others.
   *
   * @return whether it does
   */
  default boolean isRefusedWithOthers() {
    return false;
  }

  /**
   * Returns how long the answer is waited for.
   *
   * @return nanoseconds, or {@link Deadline#FOREVER}
   */
  long timeout();

  /**
   * Tells whether a message may be meant as an answer, by its type alone.
   *
   * @param type the type of the message
   * @return false if another family or protocol must have sent it
   */
  boolean isAnsweredBy(int type);

  /**
   * Makes the exception of a refusal.
   *
   * @param errno the positive errno
   * @param ack what the kernel said beside it
   * @return the exception
   */
  KernelException refusal(int errno, ExtendedAck ack);

  /**
   * Says whether the request was refused only because its receiver has another number by now.
   *
   * @param refusal what the kernel answered
   * @param since when that was known, by {@link Engine#nanoTime()}
   * @param patience how long to wait for what has to be found out, in nanoseconds
   * @return the same request to the number of now; null if that would be refused again
   * @throws NetlinkException if that cannot be found out
   */
  @Nullable Envelope anew(KernelException refusal, long since, long patience)
      throws NetlinkException;
}
