/** The goals of jgenl-maven-plugin. */
@NullMarked
package dev.jgenl.maven;

import org.jspecify.annotations.NullMarked;
