/** Generic Netlink for Java. */
module dev.jgenl {
  requires dev.jgenl.natives;
  requires static transitive org.jspecify;
  requires static org.scijava.nativelib;

  exports dev.jgenl;
  exports dev.jgenl.capture;
  exports dev.jgenl.foobar;
  exports dev.jgenl.netlink;
  exports dev.jgenl.transport;
  exports dev.jgenl.wire;
}
