/**
 * The JNI shim of jgenl, a file for each platform below {@code META-INF/lib}. It has no packages:
 * the library finds its file as a resource.
 */
module dev.jgenl.natives {}
