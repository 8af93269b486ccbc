package dev.jgenl.engine;

import dev.jgenl.DumpPolicy;

/**
 * How an {@link Engine} behaves.
 *
 * @param timeout how long an answer is waited for if the request does not say, in nanoseconds
 * @param receiveBuffer what is asked for the answers of a batch and for notifications, in bytes
 * @param dumpPolicy what becomes of an inconsistent dump
 */
public record Settings(long timeout, int receiveBuffer, DumpPolicy dumpPolicy) {}
