package dev.jgenl;

/**
 * What a subscriber is told. Kinds may be added, as kinds of {@link Other}.
 *
 * @param <M> the type of the messages
 */
public sealed interface Event<M> {

  /** Why notifications were lost, or may have been. */
  enum Reason {
    /** The reader was too slow: the kernel's receive buffer was full ({@code ENOBUFS}). */
    OVERRUN,
    /** The program was too slow: too many events waited within the process. */
    QUEUE_FULL,
    /** A family was registered anew: its groups were joined again. */
    RELOADED,
    /** A family was registered anew, and its groups cannot be joined; it is tried again. */
    NOT_REJOINED,
    /** A notification was larger than the buffer; the next of its size fits. */
    TRUNCATED,
    /** A notification was malformed. */
    MALFORMED,
    /** What is listed changed meanwhile: it is listed anew. */
    LIST_CHANGED
  }

  /**
   * A notification.
   *
   * @param <M> the type of the message
   * @param message valid for ever; its sequence number is whatever the sender chose
   * @param family the name of the family that sent it, empty if that is not known; or of another
   *     protocol, such as "route"
   * @param group the name of the multicast group, or of another protocol its number; empty if it
   *     was sent to this socket alone
   */
  record Notification<M>(M message, String family, String group) implements Event<M> {}

  /**
   * Notifications were lost here, or may have been. After an {@link Reason#OVERRUN} a few that were
   * sent after the loss may stand before the gap: the kernel does not say where it lost, and goes
   * on as soon as what it had queued is read. What is listed behind the gap is complete.
   *
   * @param <M> the type of the messages
   * @param reason why
   * @param text why, for people
   */
  record Gap<M>(Reason reason, String text) implements Event<M> {}

  /**
   * An entry of the list.
   *
   * @param <M> the type of the message
   * @param message valid for ever
   */
  record Listed<M>(M message) implements Event<M> {}

  /**
   * The list is complete: notifications follow, the first of which may already be in the list.
   *
   * @param <M> the type of the messages
   * @param consistent false if the list changed while it was read, which only {@link
   *     DumpPolicy#mark()} lets pass
   */
  record Synchronized<M>(boolean consistent) implements Event<M> {}

  /**
   * A kind that a later version has added: a {@code switch} over kinds needs this case.
   *
   * @param <M> the type of the messages
   */
  non-sealed interface Other<M> extends Event<M> {}
}
