/**
 * The seam to the kernel: datagrams go through here, and nothing above it does any input or output.
 *
 * <p>A program that wants to see, record, replay or script what goes over the socket implements
 * {@link dev.jgenl.transport.Transport}, mostly in front of the kernel's sockets, which {@code
 * Genl.sockets(options)} opens: as a {@link dev.jgenl.transport.ForwardingTransport}. Here is one
 * that shows what a program says when no socket is to be had:
 *
 * <pre>{@code
 * Transport.Factory exhausted = (protocol, purpose) -> {
 *   throw new TransportException(Errno.EMFILE.number());
 * };
 * try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS, exhausted)) {
 *   System.out.println(genl.families());
 * } catch (KernelException e) {
 *   System.out.println(e.getMessage());
 * }
 * }</pre>
 */
@NullMarked
package dev.jgenl.transport;

import org.jspecify.annotations.NullMarked;
