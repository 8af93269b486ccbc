package dev.jgenl.testkit;

import java.util.List;

/**
 * Why a policy refuses a request, before any script is asked: {@link FakeFamily#fault}, {@link
 * FakeProtocol#fault}.
 *
 * @param errno a positive errno
 * @param text of the extended ACK
 * @param path the types that lead to the attribute at fault, outermost first; empty if it is none
 */
public record FakeFault(int errno, String text, List<Integer> path) {

  /**
   * Copies what it is given.
   *
   * @param errno as {@link #errno()}
   * @param text as {@link #text()}
   * @param path as {@link #path()}
   */
  public FakeFault {
    path = List.copyOf(path);
  }
}
