/** The command line {@code jgenl}. */
module dev.jgenl.cli {
  requires dev.jgenl.spec;
  requires dev.jgenl.spec.compiler;
  requires org.apache.commons.cli;
  requires static org.jspecify;

  exports dev.jgenl.cli;
}
