package dev.jgenl;

import java.io.IOException;

/** Any failure of a call that talks to the kernel; its subclasses tell what went wrong. */
public abstract sealed class NetlinkException extends IOException
    permits ClosedException,
        DumpInterruptedException,
        FamilyNotFoundException,
        KernelException,
        OverrunException,
        ProtocolException,
        RequestInterruptedException,
        RequestTimeoutException {

  private static final long serialVersionUID = 1;

  NetlinkException(String message) {
    super(message);
  }
}
