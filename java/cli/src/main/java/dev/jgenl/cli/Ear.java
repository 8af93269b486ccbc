package dev.jgenl.cli;

import dev.jgenl.Event;
import dev.jgenl.Message;
import java.io.IOException;

/** Takes what is told. Its methods are called by one thread at a time. */
interface Ear {

  /**
   * Takes a notification.
   *
   * @param protocol such as 16, {@code NETLINK_GENERIC}
   * @param group its name, or its number
   * @return whether more is wanted
   */
  boolean heard(int protocol, String family, String group, Message message) throws IOException;

  /** Something was lost. */
  void lost(Event.Gap<?> gap);

  /** There is nothing to be heard for now. */
  void idle() throws IOException;
}
