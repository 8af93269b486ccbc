package dev.jgenl.spec.sample.ethtool;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
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
 * The family ethtool.
 *
 * <p>Safe to share between threads. Must be closed, which ends the waits of all threads; one that
 * borrows what it is made of closes nothing.
 */
public final class Ethtool implements AutoCloseable {

  private final TypedFamily family;

  private Ethtool(TypedFamily family) {
    this.family = family;
  }

  /**
   * Opens.
   *
   * @return an open instance
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static Ethtool open() throws NetlinkException {
    return open(NetlinkOptions.DEFAULTS);
  }

  /**
   * Opens.
   *
   * @param options time limits and the like
   * @return an open instance
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static Ethtool open(NetlinkOptions options) throws NetlinkException {
    return new Ethtool(TypedFamily.open(options, model()));
  }

  /**
   * Borrows a client.
   *
   * @param genl stays open when this is closed
   * @return an instance that needs no closing
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static Ethtool of(Genl genl) throws NetlinkException {
    return new Ethtool(TypedFamily.of(genl, model()));
  }

  /**
   * Returns what is known of the family.
   *
   * @return its model
   */
  public static Family model() {
    // Generated: TypedFamily.model(Ethtool.class, "ethtool").
    return SampleModels.ethtool();
  }

  /**
   * Get ring params.
   *
   * @param request what is asked for
   * @return the answer
   * @throws NetlinkException if it fails
   */
  public RingsGetReply ringsGet(RingsGetRequest request) throws NetlinkException {
    return family.request(request);
  }

  /**
   * Get ring params.
   *
   * @param request sets what is asked for
   * @return the answer
   * @throws NetlinkException if it fails
   */
  public RingsGetReply ringsGet(Consumer<? super RingsGetRequest.Builder> request)
      throws NetlinkException {
    return ringsGet(RingsGetRequest.of(request));
  }

  /**
   * Get ring params.
   *
   * @param request what is asked for
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<RingsGetReply> ringsGetDump(RingsGetDumpRequest request)
      throws NetlinkException {
    return family.dump(request);
  }

  /**
   * Get ring params.
   *
   * @param request sets what is asked for
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<RingsGetReply> ringsGetDump(
      Consumer<? super RingsGetDumpRequest.Builder> request) throws NetlinkException {
    return ringsGetDump(RingsGetDumpRequest.of(request));
  }

  /**
   * Get ring params.
   *
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<RingsGetReply> ringsGetDump() throws NetlinkException {
    return ringsGetDump(RingsGetDumpRequest.builder().build());
  }

  /**
   * Set ring params.
   *
   * @param request what is asked for
   * @throws NetlinkException if it fails
   */
  public void ringsSet(RingsSetRequest request) throws NetlinkException {
    family.request(request);
  }

  /**
   * Set ring params.
   *
   * @param request sets what is asked for
   * @throws NetlinkException if it fails
   */
  public void ringsSet(Consumer<? super RingsSetRequest.Builder> request) throws NetlinkException {
    ringsSet(RingsSetRequest.of(request));
  }

  /**
   * Set features.
   *
   * @param request what is asked for
   * @return the answer
   * @throws NetlinkException if it fails
   */
  public FeaturesSetReply featuresSet(FeaturesSetRequest request) throws NetlinkException {
    return family.request(request);
  }

  /**
   * Set features.
   *
   * @param request sets what is asked for
   * @return the answer
   * @throws NetlinkException if it fails
   */
  public FeaturesSetReply featuresSet(Consumer<? super FeaturesSetRequest.Builder> request)
      throws NetlinkException {
    return featuresSet(FeaturesSetRequest.of(request));
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
  public TypedSubscription<EthtoolNotification> subscribe(EthtoolGroup... groups)
      throws NetlinkException {
    return family.subscribe(EthtoolNotification::of, EthtoolGroup.names(groups));
  }

  /**
   * Subscribes, lists what there is, and lists again after each gap.
   *
   * @param list what lists
   * @param groups whose messages
   * @return the subscription, which must be closed
   * @throws NetlinkException if it fails
   */
  public TypedSubscription<EthtoolNotification> subscribe(
      TypedDumpRequest<? extends EthtoolNotification> list, EthtoolGroup... groups)
      throws NetlinkException {
    return family.subscribe(list, EthtoolNotification::of, EthtoolGroup.names(groups));
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
