/** The command line {@code jgenl}: verbs, and how they read and print. */
@NullMarked
package dev.jgenl.cli;

import org.jspecify.annotations.NullMarked;
