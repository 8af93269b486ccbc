/** Makes models of the kernel's specs of netlink families, and Java of the models. */
module dev.jgenl.spec.compiler {
  requires transitive dev.jgenl.spec;
  requires com.palantir.javapoet;
  requires java.compiler;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.jgenl.spec.compiler;
}
