package dev.jgenl.test;

import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;

/** A program that LabPrivilegeIT runs as another user, and in other namespaces. */
final class LabChild {

  private LabChild() {}

  /** Prints what comes of one command after the other. */
  public static void main(String[] args) throws NetlinkException {
    try (Genl genl = Genl.open()) {
      print("echo", () -> Lab.echo(genl, 1));
      print("admin", () -> genl.execute(Lab.request(genl, Lab.ADMIN, a -> {})));
      print("ns_admin", () -> genl.execute(Lab.request(genl, Lab.NS_ADMIN, a -> {})));
      print("burst", () -> Lab.burst(genl, 0, 3, 0));
    }
  }

  private interface Action {
    void run() throws NetlinkException;
  }

  private static void print(String name, Action action) throws NetlinkException {
    String outcome = "ok";
    try {
      action.run();
    } catch (KernelException e) {
      outcome = e.error().name();
    }
    System.out.println(name + " " + outcome);
  }
}
