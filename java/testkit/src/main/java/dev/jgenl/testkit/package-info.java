/**
 * A kernel of which a test writes the script, so that a program that uses jgenl can be tested
 * without a module, without privilege and without Linux, and meets the faults that a real kernel
 * rarely shows.
 *
 * <pre>{@code
 * int echo = 1;
 * int text = 1;
 * FakeKernel kernel = new FakeKernel();
 * kernel.family("demo").onDo(echo, (request, answer) ->
 *     answer.message(echo, a -> a.putString(text, request.attributes().get(text).string())));
 * try (Genl genl = kernel.open()) {
 *   GenlMessage answer = genl.request(genl.family("demo"), echo, a -> a.putString(text, "hello"));
 *   System.out.println(answer.attributes().get(text).string());
 * }
 * }</pre>
 */
@NullMarked
package dev.jgenl.testkit;

import org.jspecify.annotations.NullMarked;
