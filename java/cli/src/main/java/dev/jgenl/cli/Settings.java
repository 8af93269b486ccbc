package dev.jgenl.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the options say that all verbs have: see {@link CommonOptions}.
 *
 * @param format how data is printed
 * @param colors whether it is coloured
 * @param jsonStrings whether numbers beyond 2<sup>53</sup> are strings in JSON
 * @param namespace the file of the network namespace; null for this process's
 * @param timeout how long to wait for an answer
 * @param specFolder where specs are looked for first
 * @param verbose whether messages are shown as they are sent and received
 * @param dryRun whether a request is shown in place of being sent
 */
record Settings(
    Format format,
    boolean colors,
    boolean jsonStrings,
    @Nullable Path namespace,
    Duration timeout,
    @Nullable Path specFolder,
    boolean verbose,
    boolean dryRun) {}
