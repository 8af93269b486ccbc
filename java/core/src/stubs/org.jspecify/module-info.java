/** As much of JSpecify as the library is compiled against. */
module org.jspecify {
  exports org.jspecify.annotations;
}
