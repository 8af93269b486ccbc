/** The clients in Java that are compared, and the loop with which each serves the runner. */
@NullMarked
package dev.jgenl.bench.client;

import org.jspecify.annotations.NullMarked;
