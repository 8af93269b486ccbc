package dev.jgenl.engine;

import dev.jgenl.NetlinkException;

/** Lends connections, each for one dump. */
interface Lender {

  /** Lends one. */
  Connection lend(Envelope request) throws NetlinkException;

  /** Starts a use of it; {@link #exit} must follow. */
  void enter(Connection c) throws NetlinkException;

  void exit(Connection c);

  /** Gets it back at the end of the dump, or before, from any thread. */
  void giveBack(Connection c);
}
