package dev.jgenl.spec.testkit;

import dev.jgenl.spec.Finding;
import dev.jgenl.spec.NestValue;
import dev.jgenl.testkit.FakeRequest;
import java.util.Optional;

/**
 * A request as a {@link SpecFamily} received it, by the names of the spec.
 *
 * @param operation the name of the operation; the number of the command in decimal digits if the
 *     spec has none that can be asked so
 * @param value what was asked; without names if the spec does not have the operation, or the
 *     request is malformed
 * @param fault why the kernel refused it before any script was asked; empty if it did not
 * @param fake the request itself: flags, sequence number, port, attributes
 */
public record SpecRequest(
    String operation, NestValue value, Optional<Finding> fault, FakeRequest fake) {

  /** Shows it for people. */
  @Override
  public String toString() {
    String kind = fake.isDump() ? " dump " : " ";
    return operation + kind + value + fault.map(SpecRequest::refused).orElse("");
  }

  private static String refused(Finding fault) {
    return " refused: " + (fault.path().isEmpty() ? fault.text() : fault);
  }
}
