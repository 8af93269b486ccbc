/**
 * The engine: who owns a socket, which message answers which request, and what every failure leaves
 * behind. It knows datagrams and headers, and no family. Not part of the API.
 *
 * <pre>
 * Engine(protocol, network namespace)
 *   Pool    -> Connection { Transport, memory, sequence numbers, Exchange, Listener }
 *   Window     many requests on one connection
 *   DumpReader a dump, pulled message by message
 *   Reception  notifications and events of a connection that somebody owns
 *   Listing    list, then watch: a dump that is repeated behind each gap
 * </pre>
 */
@NullMarked
package dev.jgenl.engine;

import org.jspecify.annotations.NullMarked;
