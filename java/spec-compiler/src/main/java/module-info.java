/** Makes models of the kernel's specs of netlink families. */
module dev.jgenl.spec.compiler {
  requires transitive dev.jgenl.spec;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.jgenl.spec.compiler;
}
