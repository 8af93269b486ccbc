package dev.jgenl.spec.model;

/** How a number or bytes are shown: {@code display-hint}. */
public enum Hint {
  /** As what they are. */
  NONE,
  /** In hexadecimal digits. */
  HEX,
  /** As a link-layer address. */
  MAC,
  /** As an address of IPv4. */
  IPV4,
  /** As an address of IPv6. */
  IPV6,
  /** As an address of IPv4 or IPv6: the length tells which. */
  IPV4_OR_V6,
  /** As a UUID. */
  UUID,
  /** As an address with a port: {@code struct sockaddr_in} or {@code struct sockaddr_in6}. */
  SOCKET_ADDRESS
}
