package dev.jgenl.spec.model;

import java.util.Optional;
import java.util.Set;

/**
 * What may be asked for, or what the kernel tells by itself.
 *
 * @param name its name
 * @param doc what it does; perhaps empty
 * @param set the name of the set of all its attributes; empty if it has none
 * @param header the name of the struct in front of its attributes
 * @param doCall as a request for one thing, or to change something
 * @param dump as a request for many
 * @param event as what the kernel tells by itself, with the number of that message
 * @param notifies the operation whose reply an {@link #event} looks like
 * @param group the multicast group of an event, where the spec says so or there is but one
 * @param privileges what who asks has to be allowed, any of them; none if anybody may
 * @param continuation how an object goes on in the next message: of a dump, or of what changes it
 * @param cName what it is called in C; empty if that is not known
 */
public record Operation(
    String name,
    String doc,
    Optional<String> set,
    Optional<String> header,
    Optional<Call> doCall,
    Optional<Call> dump,
    Optional<Layout> event,
    Optional<String> notifies,
    Optional<String> group,
    Set<Privilege> privileges,
    Optional<Continuation> continuation,
    String cName) {

  /**
   * Copies what it is given.
   *
   * @param name as {@link #name()}
   * @param doc as {@link #doc()}
   * @param set as {@link #set()}
   * @param header as {@link #header()}
   * @param doCall as {@link #doCall()}
   * @param dump as {@link #dump()}
   * @param event as {@link #event()}
   * @param notifies as {@link #notifies()}
   * @param group as {@link #group()}
   * @param privileges as {@link #privileges()}
   * @param continuation as {@link #continuation()}
   * @param cName as {@link #cName()}
   */
  public Operation {
    privileges = Set.copyOf(privileges);
  }

  /** What who asks has to be allowed. */
  public enum Privilege {
    /** CAP_NET_ADMIN in the first user namespace: {@code admin-perm}. */
    ADMIN,
    /** CAP_NET_ADMIN in the one that owns the network namespace: {@code uns-admin-perm}. */
    NAMESPACE_ADMIN
  }
}
