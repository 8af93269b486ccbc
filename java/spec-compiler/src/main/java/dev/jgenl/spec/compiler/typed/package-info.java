/**
 * From models to Java: views and builders of what messages hold, and a client, of each family. The
 * model comes first, names next, text last.
 */
@NullMarked
package dev.jgenl.spec.compiler.typed;

import org.jspecify.annotations.NullMarked;
