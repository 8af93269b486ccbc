/**
 * What generated classes of families are made of, and what they hand out: views of the values of
 * {@link dev.jgenl.spec}, their builders, requests, and the client beneath the generated ones.
 */
@NullMarked
package dev.jgenl.spec.typed;

import org.jspecify.annotations.NullMarked;
