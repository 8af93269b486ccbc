package dev.jgenl.spec.testkit;

/** What an operation of a {@link SpecFamily} does. */
@FunctionalInterface
public interface SpecScript {

  /**
   * Answers a request that the spec allows. When it returns, the kernel acknowledges the request if
   * that was asked for and nothing was refused, and ends a dump. It runs in the thread that sends
   * the request, to which it throws, but for a {@link Refusal}, which is answered.
   *
   * @param request what was asked
   * @param answer takes the answer
   */
  void run(SpecRequest request, SpecAnswer answer);
}
