/** Uses jgenl as a module. */
module consumer {
  requires dev.jgenl;
}
