package dev.jgenl.spec.sample.wireguard;

import dev.jgenl.spec.Shape;

/** The names of what the family has, in their places. */
final class Shapes {

  static final Shape KERNEL_TIMESPEC = Shape.of("sec", "nsec");

  static final Shape WGALLOWEDIP = Shape.of("family", "ipaddr", "cidr-mask");

  static final Shape WGPEER =
      Shape.of("public-key", "flags", "last-handshake-time", "rx-bytes", "allowedips");

  static final Shape WGDEVICE = Shape.of("ifindex", "ifname", "flags", "listen-port", "peers");

  private Shapes() {}
}
