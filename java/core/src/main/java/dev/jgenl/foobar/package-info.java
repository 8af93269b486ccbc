/**
 * A typed client of the family "gnl_foobar_xmpl", written on the public API alone: a model for a
 * client of any other family.
 */
@NullMarked
package dev.jgenl.foobar;

import org.jspecify.annotations.NullMarked;
