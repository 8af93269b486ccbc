package dev.jgenl.cli;

/** The version of this program. */
final class Version {

  /** Of the jar; unknown where the classes do not lie in one. */
  static final String TEXT = text();

  private Version() {}

  private static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "of unknown version" : version;
  }
}
