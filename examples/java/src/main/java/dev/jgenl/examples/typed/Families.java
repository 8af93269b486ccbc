package dev.jgenl.examples.typed;

import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.families.nlctrl.*;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Shows the families of the kernel, and what their commands accept: dumps, and a batch. */
public final class Families {

  private static final String USAGE =
      """
      usage: Families [NAME...]

      Without a name, lists the families of the kernel. With names, shows the commands, the groups
      and the policy of each; exits with 1 if one is not registered.
      """;

  private Families() {}

  /** Lists all families, or shows some. */
  public static void main(String[] args) {
    Program.run(Families.class, USAGE, "([^- ]\\S*( |$))*", args, () -> show(args));
  }

  private static void show(String... names) throws IOException {
    try (Nlctrl controller = Nlctrl.open()) {
      if (names.length == 0) {
        controller.getfamilyDump().toList().forEach(Families::printLine);
        return;
      }
      List<GetfamilyRequest> requests =
          Stream.of(names).map(name -> GetfamilyRequest.of(r -> r.familyName(name))).toList();
      // One may fail without the others.
      List<Outcome<Reply<GetfamilyReply>>> outcomes = controller.batch(requests);
      for (int i = 0; i < names.length; i++) {
        if (outcomes.get(i) instanceof Outcome.Success<Reply<GetfamilyReply>> found) {
          print(found.value().messages().get(0), policy(controller, names[i]));
        } else if (outcomes.get(i) instanceof Outcome.Failure<Reply<GetfamilyReply>> failure) {
          String name = Printable.escape(names[i]);
          System.out.println(name + " is not registered: " + failure.cause().getMessage());
        }
      }
      if (!outcomes.stream().allMatch(o -> o instanceof Outcome.Success)) {
        throw new IOException("not all are registered");
      }
    }
  }

  private static List<GetpolicyReply> policy(Nlctrl controller, String name)
      throws NetlinkException {
    try {
      return controller.getpolicyDump(r -> r.familyName(name)).toList();
    } catch (KernelException e) {
      if (e.error() == Errno.ENODATA) {
        return List.of();
      }
      throw e;
    }
  }

  private static void printLine(GetfamilyReply f) {
    System.out.printf(
        "%3d %-16s version %d, %d commands, %d groups%n",
        f.familyId().orElseThrow(),
        Printable.escape(f.familyName().orElseThrow()),
        f.version().orElse(0),
        f.ops().size(),
        f.mcastGroups().size());
  }

  private static void print(GetfamilyReply family, List<GetpolicyReply> told) {
    printLine(family);
    for (McastGroup group : family.mcastGroups()) {
      String name = Printable.escape(group.name().orElseThrow());
      System.out.println("    group " + group.id().orElseThrow() + " " + name);
    }
    for (Op op : family.ops()) {
      long id = op.id().orElseThrow();
      System.out.println("    command " + id + ": " + op.flags().map(Object::toString).orElse(""));
      told.stream()
          .flatMap(t -> t.opPolicy().stream().filter(o -> o.opId() == id))
          .flatMap(o -> o.doValue().stream().boxed())
          .forEach(index -> printAttributes(told, index));
    }
  }

  private static void printAttributes(List<GetpolicyReply> told, long index) {
    told.stream()
        .flatMap(t -> t.policy().stream().filter(p -> p.policyId() == index))
        .forEach(
            p ->
                System.out.println(
                    "      attribute " + p.attrId() + ": " + p.type().orElseThrow()));
  }
}
