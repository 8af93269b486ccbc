/** Families of the scripted kernel that answer by their spec. */
module dev.jgenl.spec.testkit {
  requires transitive dev.jgenl.spec;
  requires transitive dev.jgenl.testkit;
  requires static transitive org.jspecify;

  exports dev.jgenl.spec.testkit;
}
