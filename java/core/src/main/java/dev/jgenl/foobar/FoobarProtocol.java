package dev.jgenl.foobar;

/** The numbers of {@code include/gnl_foobar_xmpl.h}; a test compares them with the header. */
final class FoobarProtocol {

  /** {@code GNL_FOOBAR_XMPL_NAME}. */
  static final String NAME = "gnl_foobar_xmpl";

  /** {@code GNL_FOOBAR_XMPL_VERSION}. */
  static final int VERSION = 1;

  /** {@code GNL_FOOBAR_XMPL_MSG_LEN_MAX}, in bytes without the terminating NUL. */
  static final int MSG_LEN_MAX = 4096;

  /** {@code GNL_FOOBAR_XMPL_DUMP_COUNT}. */
  static final int DUMP_COUNT = 3;

  /** {@code GNL_FOOBAR_XMPL_A_MSG}. */
  static final int A_MSG = 1;

  /** {@code GNL_FOOBAR_XMPL_C_ECHO_MSG}. */
  static final int C_ECHO_MSG = 1;

  /** {@code GNL_FOOBAR_XMPL_C_REPLY_WITH_NLMSG_ERR}. */
  static final int C_REPLY_WITH_NLMSG_ERR = 2;

  private FoobarProtocol() {}
}
