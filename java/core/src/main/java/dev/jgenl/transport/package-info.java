/**
 * The seam to the kernel: datagrams go through here, and nothing above it does any input or output.
 *
 * <p>A program that wants to see, record, replay or script what goes over the socket implements
 * {@link dev.jgenl.transport.Transport}.
 */
@NullMarked
package dev.jgenl.transport;

import org.jspecify.annotations.NullMarked;
