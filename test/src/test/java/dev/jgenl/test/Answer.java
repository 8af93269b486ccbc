package dev.jgenl.test;

import dev.jgenl.transport.Errno;
import java.util.List;

/** What comes of a call of the kernel. */
sealed interface Answer {

  /** Messages. */
  record Messages(List<Json> list) implements Answer {}

  /** The kernel refused. */
  record Refused(Errno error) implements Answer {}

  /** The client could not send, or could not read what came. */
  record Failed(String why) implements Answer {}
}
