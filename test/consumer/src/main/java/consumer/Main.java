package consumer;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.NetlinkException;

/** Asks the kernel for a family that every kernel has. */
final class Main {
  private Main() {}

  public static void main(String[] args) throws NetlinkException {
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      System.out.println(
          Genl.class.getModule() + " got family " + controller.name() + " with id " + controller.id());
    }
  }
}
