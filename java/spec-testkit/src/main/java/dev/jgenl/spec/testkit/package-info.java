/**
 * Families of the scripted kernel that answer by their spec: a test sees requests, and says
 * answers, by name.
 */
@NullMarked
package dev.jgenl.spec.testkit;

import org.jspecify.annotations.NullMarked;
