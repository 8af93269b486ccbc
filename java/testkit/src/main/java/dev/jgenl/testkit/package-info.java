/**
 * A kernel of which a test writes the script, so that a program that uses jgenl can be tested
 * without a module, without privilege and without Linux, and meets the faults that a real kernel
 * rarely shows.
 *
 * <pre>{@code
 * FakeKernel kernel = new FakeKernel();
 * kernel.family("demo").onDo(ECHO, (request, answer) ->
 *     answer.message(ECHO, a -> a.putString(TEXT, request.attributes().get(TEXT).string())));
 * try (Genl genl = kernel.open()) {
 *   ...
 * }
 * }</pre>
 */
@NullMarked
package dev.jgenl.testkit;

import org.jspecify.annotations.NullMarked;
