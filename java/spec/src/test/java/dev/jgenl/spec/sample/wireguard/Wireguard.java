package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.Genl;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.spec.SampleModels;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.typed.TypedDump;
import dev.jgenl.spec.typed.TypedFamily;
import dev.jgenl.spec.typed.TypedRequest;
import dev.jgenl.spec.typed.TypedValue;
import java.util.List;
import java.util.function.Consumer;

/**
 * The family wireguard.
 *
 * <p>Safe to share between threads. Must be closed, which ends the waits of all threads; one that
 * borrows what it is made of closes nothing.
 */
public final class Wireguard implements AutoCloseable {

  private final TypedFamily family;

  private Wireguard(TypedFamily family) {
    this.family = family;
  }

  /**
   * Opens.
   *
   * @return an open instance
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static Wireguard open() throws NetlinkException {
    return open(NetlinkOptions.DEFAULTS);
  }

  /**
   * Opens.
   *
   * @param options time limits and the like
   * @return an open instance
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static Wireguard open(NetlinkOptions options) throws NetlinkException {
    return new Wireguard(TypedFamily.open(options, model()));
  }

  /**
   * Borrows a client.
   *
   * @param genl stays open when this is closed
   * @return an instance that needs no closing
   * @throws NetlinkException if the kernel does not have the family, or cannot be asked
   */
  public static Wireguard of(Genl genl) throws NetlinkException {
    return new Wireguard(TypedFamily.of(genl, model()));
  }

  /**
   * Returns what is known of the family.
   *
   * @return its model
   */
  public static Family model() {
    // Generated: TypedFamily.model(Wireguard.class, "wireguard").
    return SampleModels.wireguard();
  }

  /**
   * Retrieve WireGuard device.
   *
   * @param request what is asked for
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<GetDeviceReply> getDeviceDump(GetDeviceDumpRequest request)
      throws NetlinkException {
    return family.dump(request);
  }

  /**
   * Retrieve WireGuard device.
   *
   * @param request sets what is asked for
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<GetDeviceReply> getDeviceDump(
      Consumer<? super GetDeviceDumpRequest.Builder> request) throws NetlinkException {
    return getDeviceDump(GetDeviceDumpRequest.of(request));
  }

  /**
   * Retrieve WireGuard device.
   *
   * @return the answers, to be closed unless they are read to their end
   * @throws NetlinkException if it fails
   */
  public TypedDump<GetDeviceReply> getDeviceDump() throws NetlinkException {
    return getDeviceDump(GetDeviceDumpRequest.builder().build());
  }

  /**
   * Set WireGuard device.
   *
   * <p>What does not fit into one message is sent in parts, one after the other: not atomic.
   *
   * @param request what is asked for
   * @throws NetlinkException if it fails
   */
  public void setDevice(SetDeviceRequest request) throws NetlinkException {
    family.requestInParts(request);
  }

  /**
   * Set WireGuard device.
   *
   * <p>What does not fit into one message is sent in parts, one after the other: not atomic.
   *
   * @param request sets what is asked for
   * @throws NetlinkException if it fails
   */
  public void setDevice(Consumer<? super SetDeviceRequest.Builder> request)
      throws NetlinkException {
    setDevice(SetDeviceRequest.of(request));
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
