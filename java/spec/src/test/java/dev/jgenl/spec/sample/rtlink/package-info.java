/** A slice of a family, written as the generator writes it. */
@NullMarked
package dev.jgenl.spec.sample.rtlink;

import org.jspecify.annotations.NullMarked;
