package dev.jgenl.spec.sample.rtlink;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.SampleModels;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.typed.TypedDump;
import dev.jgenl.spec.typed.TypedDumpRequest;
import dev.jgenl.spec.typed.TypedFamily;
import dev.jgenl.spec.typed.TypedRequest;
import dev.jgenl.spec.typed.TypedSubscription;
import dev.jgenl.spec.typed.TypedValue;
import java.util.List;
import java.util.function.Consumer;

/**
 * The family rt-link.
 *
 * <p>Safe to share between threads. Must be closed, which ends the waits of all threads; one that
 * borrows what it is made of closes nothing.
 */
public final class RtLink implements AutoCloseable {

  private final TypedFamily family;

  private RtLink(TypedFamily family) {
    this.family = family;
  }

  /**
   * Opens.
   *
   * @return an open instance
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static RtLink open() throws NetlinkException {
    return open(NetlinkOptions.DEFAULTS);
  }

  /**
   * Opens.
   *
   * @param options time limits and the like
   * @return an open instance
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static RtLink open(NetlinkOptions options) throws NetlinkException {
    return new RtLink(TypedFamily.open(options, model()));
  }

  /**
   * Borrows a client.
   *
   * @param netlink stays open when this is closed
   * @return an instance that needs no closing
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static RtLink of(Netlink netlink) throws NetlinkException {
    return new RtLink(TypedFamily.of(netlink, model()));
  }

  /**
   * Returns what is known of the family.
   *
   * @return its model
   */
  public static Family model() {
    // Generated: TypedFamily.model(RtLink.class, "rt-link").
    return SampleModels.rtLink();
  }

  /**
   * Get / dump information about a link.
   *
   * @param request what is asked for
   * @return the answer
   * @throws NetlinkException if it fails
   */
  public GetlinkReply getlink(GetlinkRequest request) throws NetlinkException {
    return family.request(request);
  }

  /**
   * Get / dump information about a link.
   *
   * @param request sets what is asked for
   * @return the answer
   * @throws NetlinkException if it fails
   */
  public GetlinkReply getlink(Consumer<? super GetlinkRequest.Builder> request)
      throws NetlinkException {
    return getlink(GetlinkRequest.of(request));
  }

  /**
   * Get / dump information about a link.
   *
   * @param request what is asked for
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<GetlinkReply> getlinkDump(GetlinkDumpRequest request) throws NetlinkException {
    return family.dump(request);
  }

  /**
   * Get / dump information about a link.
   *
   * @param request sets what is asked for
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<GetlinkReply> getlinkDump(Consumer<? super GetlinkDumpRequest.Builder> request)
      throws NetlinkException {
    return getlinkDump(GetlinkDumpRequest.of(request));
  }

  /**
   * Get / dump information about a link.
   *
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<GetlinkReply> getlinkDump() throws NetlinkException {
    return getlinkDump(GetlinkDumpRequest.builder().build());
  }

  /**
   * Create a new link.
   *
   * @param request what is asked for
   * @throws NetlinkException if it fails
   */
  public void newlink(NewlinkRequest request) throws NetlinkException {
    family.request(request);
  }

  /**
   * Create a new link.
   *
   * @param request sets what is asked for
   * @throws NetlinkException if it fails
   */
  public void newlink(Consumer<? super NewlinkRequest.Builder> request) throws NetlinkException {
    newlink(NewlinkRequest.of(request));
  }

  /**
   * Sends many requests at once, each with an outcome of its own.
   *
   * @param <R> what all answers are
   * @param requests what to ask
   * @return the outcomes in the order of the requests
   */
  public <R extends TypedValue> List<Outcome<Reply<R>>> batch(
      List<? extends TypedRequest<? extends R>> requests) {
    return family.batch(requests);
  }

  /**
   * Subscribes to what the kernel tells.
   *
   * @param groups whose messages
   * @return the subscription, which must be closed
   * @throws NetlinkException if it fails
   */
  public TypedSubscription<RtLinkNotification> subscribe(RtLinkGroup... groups)
      throws NetlinkException {
    return family.subscribe(RtLinkNotification::of, RtLinkGroup.names(groups));
  }

  /**
   * Subscribes, lists what there is, and lists again after each gap.
   *
   * @param list what lists
   * @param groups whose messages
   * @return the subscription, which must be closed
   * @throws NetlinkException if it fails
   */
  public TypedSubscription<RtLinkNotification> subscribe(
      TypedDumpRequest<? extends RtLinkNotification> list, RtLinkGroup... groups)
      throws NetlinkException {
    return family.subscribe(list, RtLinkNotification::of, RtLinkGroup.names(groups));
  }

  /** Closes what {@link #open()} has opened. More than once does no harm. */
  @Override
  public void close() {
    family.close();
  }

  @Override
  public String toString() {
    return family.toString();
  }
}
