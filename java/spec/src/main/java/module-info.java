/** Every family of netlink by name: the kernel's specs, and one codec over them. */
module dev.jgenl.spec {
  requires transitive dev.jgenl;
  requires com.fasterxml.jackson.core;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.jgenl.spec;
  exports dev.jgenl.spec.model;
  exports dev.jgenl.spec.typed;
}
