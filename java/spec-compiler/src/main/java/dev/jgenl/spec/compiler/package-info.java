/**
 * From the kernel's specs, in YAML, to models: a tree that knows its lines, overlays that correct
 * it, numbers and types bound, all of it checked.
 */
@NullMarked
package dev.jgenl.spec.compiler;

import org.jspecify.annotations.NullMarked;
