/**
 * What a family of netlink is made of, as the kernel's specs have it: names, numbers and types. All
 * is immutable and safe to share between threads. Lists of a {@link ModelFile} are read from memory
 * when they are first looked at.
 *
 * <p>Things refer to each other by name, since attribute sets may hold each other.
 */
@NullMarked
package dev.jgenl.spec.model;

import org.jspecify.annotations.NullMarked;
