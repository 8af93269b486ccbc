package dev.jgenl.mutation;

import dev.jgenl.wire.Attributes;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Has PIT find out which tests there are without running them. Its plugin for JUnit runs whole
 * classes to that end in each JVM that it starts, and PIT starts one behind each change that does
 * not end.
 *
 * <p>In use only where JUnit is told to detect extensions, which the profile {@code mutation} does.
 */
public final class Discovery implements InvocationInterceptor {

  /** The JVM that measures what the tests cover runs them while it finds them, and no more. */
  private static final boolean COVERED =
      System.getProperty("sun.java.command", "").contains(".MutationTestMinion");

  private static final StackWalker STACK = StackWalker.getInstance();

  static {
    // A change that its initializer meets would make it unusable for all changes after.
    Attributes.none();
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext call, ExtensionContext test)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test)
      throws Throwable {
    proceed(invocation);
  }

  private static void proceed(Invocation<Void> invocation) throws Throwable {
    if (COVERED && isSearching()) {
      invocation.skip();
    } else {
      invocation.proceed();
    }
  }

  private static boolean isSearching() {
    return STACK.walk(
        frames -> frames.anyMatch(frame -> frame.getMethodName().equals("findTestUnits")));
  }
}
