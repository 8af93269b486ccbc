package dev.jgenl.examples;

import dev.jgenl.AttributePolicy;
import dev.jgenl.Genl;
import dev.jgenl.GenlCommand;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlPolicy;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.MulticastGroup;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Shows which families the kernel has, and what their commands accept: families, policies, and a
 * batch, of which one request may fail without the others.
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.Families nlctrl ethtool
 * </pre>
 */
public final class Families {

  private static final int GETFAMILY = 3;
  private static final int FAMILY_NAME = 2;

  private static final String USAGE =
      """
      usage: Families [NAME...]

      Without a name, lists the families of the kernel. With names, shows the commands, the groups
      and the policy of each; exits with 1 if one is not registered.
      """;

  private Families() {}

  /**
   * Lists all families, or shows some.
   *
   * @param args the names
   */
  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    for (String name : args) {
      if (name.startsWith("-")) {
        System.err.print(USAGE);
        System.exit(2);
      }
    }
    try (Genl genl = Genl.open()) {
      if (args.length == 0) {
        genl.families().forEach(Families::showLine);
      } else if (!show(genl, List.of(args))) {
        System.exit(1);
      }
    } catch (NetlinkException | UnsatisfiedLinkError e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void showLine(GenlFamily f) {
    System.out.printf(
        "%3d %-16s version %d, %d commands, %d groups%n",
        f.id(), f.name(), f.version(), f.commands().size(), f.groups().size());
  }

  /** Asks for all names at once; returns whether all are registered. */
  private static boolean show(Genl genl, List<String> names) throws NetlinkException {
    GenlFamily controller = genl.family("nlctrl");
    List<GenlRequest> requests = new ArrayList<>();
    for (String name : names) {
      requests.add(GenlRequest.of(controller, GETFAMILY, a -> a.putString(FAMILY_NAME, name)));
    }
    boolean all = true;
    List<Outcome<String>> outcomes =
        genl.batch(requests, m -> m.attributes().get(FAMILY_NAME).string());
    for (int i = 0; i < names.size(); i++) {
      try {
        show(genl, genl.family(outcomes.get(i).get()));
      } catch (KernelException e) {
        all = false;
        System.err.println(
            Printable.escape(names.get(i)) + " is not registered: " + Errno.describe(e.errno()));
      }
    }
    return all;
  }

  private static void show(Genl genl, GenlFamily family) throws NetlinkException {
    showLine(family);
    for (MulticastGroup group : family.groups()) {
      System.out.println("    group " + group.id() + " " + group.name());
    }
    GenlPolicy policy = genl.policy(family);
    for (GenlCommand command : family.commands()) {
      System.out.printf(
          "    command %d:%s%s%s%n",
          command.id(),
          command.hasDo() ? " do" : "",
          command.hasDump() ? " dump" : "",
          command.needsAdmin() ? " (CAP_NET_ADMIN)" : "");
      new TreeMap<>(policy.ofDo(command.id())).forEach(Families::showAttribute);
    }
  }

  private static void showAttribute(int type, AttributePolicy attribute) {
    System.out.println("      attribute " + type + ": " + attribute.type());
  }
}
