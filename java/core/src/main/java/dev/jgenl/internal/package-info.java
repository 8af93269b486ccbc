/** The transport on libnl, and the loading of the native library. Not part of the API. */
@NullMarked
package dev.jgenl.internal;

import org.jspecify.annotations.NullMarked;
