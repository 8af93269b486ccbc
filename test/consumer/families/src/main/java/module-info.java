/** Uses typed families as a module. */
module links {
  requires dev.jgenl.families;
}
