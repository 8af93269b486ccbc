package dev.jgenl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Genl} or a {@link dev.jgenl.netlink.Netlink} behaves. Immutable, so safe to share
 * between threads.
 */
public final class NetlinkOptions {

  /**
   * A timeout of 5 seconds, a buffer of 1 MiB, inconsistent dumps fail, and the network namespace
   * is that of the thread that opens.
   */
  public static final NetlinkOptions DEFAULTS =
      new NetlinkOptions(Duration.ofSeconds(5), 1 << 20, DumpPolicy.fail(), null);

  private final Duration timeout;
  private final int receiveBuffer;
  private final DumpPolicy dumpPolicy;
  private final @Nullable Path networkNamespace;

  private NetlinkOptions(
      Duration timeout, int receiveBuffer, DumpPolicy dumpPolicy, @Nullable Path networkNamespace) {
    this.timeout = timeout;
    this.receiveBuffer = receiveBuffer;
    this.dumpPolicy = dumpPolicy;
    this.networkNamespace = networkNamespace;
  }

  /**
   * Returns how long a call waits for an answer before it throws {@link RequestTimeoutException}; a
   * request may have a time limit of its own.
   *
   * @return more than 0; what is too long to count in nanoseconds is for ever
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Returns the buffer that the kernel keeps for what a subscription or a batch has not read yet.
   *
   * @return bytes; beyond {@code net.core.rmem_max} the kernel grants them only to who has {@code
   *     CAP_NET_ADMIN}
   */
  public int receiveBuffer() {
    return receiveBuffer;
  }

  /**
   * Returns what happens when the data changes while it is dumped.
   *
   * @return the policy
   */
  public DumpPolicy dumpPolicy() {
    return dumpPolicy;
  }

  /**
   * Returns the network namespace in which all is asked, whichever thread asks.
   *
   * @return its file, such as {@code /run/netns/NAME} or {@code /proc/PID/ns/net}; empty for that
   *     of the thread that opens
   */
  public Optional<Path> networkNamespace() {
    return Optional.ofNullable(networkNamespace);
  }

  /**
   * Changes the timeout.
   *
   * @param timeout more than 0; such as {@code ChronoUnit.FOREVER.getDuration()}
   * @return the same options but for that
   * @throws IllegalArgumentException if it is not more than 0
   */
  public NetlinkOptions withTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout + " is not positive");
    }
    return new NetlinkOptions(timeout, receiveBuffer, dumpPolicy, networkNamespace);
  }

  /**
   * Changes the receive buffer. It is only ever raised: less than {@code net.core.rmem_default}
   * changes nothing.
   *
   * @param receiveBuffer bytes, more than 0
   * @return the same options but for that
   * @throws IllegalArgumentException if it is not more than 0
   */
  public NetlinkOptions withReceiveBuffer(int receiveBuffer) {
    if (receiveBuffer <= 0) {
      throw new IllegalArgumentException("receive buffer of " + receiveBuffer + " bytes");
    }
    return new NetlinkOptions(timeout, receiveBuffer, dumpPolicy, networkNamespace);
  }

  /**
   * Changes what happens when the data changes while it is dumped.
   *
   * @param dumpPolicy the policy
   * @return the same options but for that
   */
  public NetlinkOptions withDumpPolicy(DumpPolicy dumpPolicy) {
    Objects.requireNonNull(dumpPolicy, "dumpPolicy");
    return new NetlinkOptions(timeout, receiveBuffer, dumpPolicy, networkNamespace);
  }

  /**
   * Changes the network namespace. A thread that is in another enters it for no longer than a
   * socket is opened, which needs {@code CAP_SYS_ADMIN} over both.
   *
   * @param networkNamespace its file, which is opened once, and kept until the instance is closed
   * @return the same options but for that
   */
  public NetlinkOptions withNetworkNamespace(Path networkNamespace) {
    Objects.requireNonNull(networkNamespace, "networkNamespace");
    return new NetlinkOptions(timeout, receiveBuffer, dumpPolicy, networkNamespace);
  }

  /** Says them for people. */
  @Override
  public String toString() {
    return "timeout "
        + timeout
        + ", receive buffer "
        + receiveBuffer
        + " bytes, inconsistent dumps "
        + dumpPolicy
        + (networkNamespace == null ? "" : ", network namespace " + networkNamespace);
  }
}
