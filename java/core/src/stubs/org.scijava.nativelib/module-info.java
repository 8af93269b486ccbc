/** As much of native-lib-loader as the library is compiled against. */
module org.scijava.nativelib {
  exports org.scijava.nativelib;
}
