package dev.jgenl;

import java.io.IOException;

/**
 * Any failure of a call that talks to the kernel; its subclasses tell what went wrong, and more of
 * them may be added.
 */
public abstract class NetlinkException extends IOException {

  private static final long serialVersionUID = 1;

  NetlinkException(String message) {
    super(message);
  }
}
