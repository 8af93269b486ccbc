/** Uses jgenl as a module; its tests use the testkit, of which this knows nothing. */
module sensors {
  requires dev.jgenl;
}
