/** A scripted kernel for tests of programs that use jgenl. */
module dev.jgenl.testkit {
  requires transitive dev.jgenl;
  requires static transitive org.jspecify;

  exports dev.jgenl.testkit;
}
