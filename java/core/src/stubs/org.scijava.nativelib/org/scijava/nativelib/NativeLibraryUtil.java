package org.scijava.nativelib;

/** Never in a jar: where the original is absent, the library says so and does not extract. */
public final class NativeLibraryUtil {
  private NativeLibraryUtil() {}

  /**
   * Stands in for the original's signature.
   *
   * @param searchPath a folder
   * @return nothing
   */
  public static String getPlatformLibraryPath(String searchPath) {
    throw new UnsupportedOperationException(searchPath);
  }
}
