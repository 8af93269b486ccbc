package dev.jgenl.examples.typed;

import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.families.nlctrl.*;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.Printable;
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

  private static void show(String... names) throws NetlinkException {
    try (Nlctrl nlctrl = Nlctrl.open()) {
      if (names.length == 0) {
        nlctrl.getfamilyDump().toList().forEach(Families::printLine);
        return;
      }
      List<GetfamilyRequest> requests =
          Stream.of(names).map(name -> GetfamilyRequest.of(r -> r.familyName(name))).toList();
      List<Outcome<Reply<GetfamilyReply>>> outcomes = nlctrl.batch(requests); // one may fail alone
      for (int i = 0; i < names.length; i++) {
        if (outcomes.get(i) instanceof Outcome.Success<Reply<GetfamilyReply>> found) {
          print(nlctrl, found.value().messages().get(0));
        } else if (outcomes.get(i) instanceof Outcome.Failure<?> failure) {
          System.out.println(names[i] + " is not registered: " + failure.cause().getMessage());
        }
      }
      Outcome.values(outcomes); // throws if one is missing
    }
  }

  private static void printLine(GetfamilyReply f) {
    String name = Printable.escape(f.familyName().orElseThrow());
    System.out.printf(
        "%3d %-16s version %d", f.familyId().orElseThrow(), name, f.version().orElse(0));
    System.out.printf(", %d commands, %d groups%n", f.ops().size(), f.mcastGroups().size());
  }

  private static void print(Nlctrl nlctrl, GetfamilyReply f) throws NetlinkException {
    printLine(f);
    for (McastGroup group : f.mcastGroups()) {
      String name = Printable.escape(group.name().orElseThrow());
      System.out.println("    group " + group.id().orElseThrow() + " " + name);
    }
    int id = f.familyId().orElseThrow();
    List<GetpolicyReply> told = // nothing of a family that has no policy
        Program.unless(Errno.ENODATA, () -> nlctrl.getpolicyDump(r -> r.familyId(id)).toList())
            .orElse(List.of());
    List<OpPolicy> policies = told.stream().flatMap(t -> t.opPolicy().stream()).toList();
    List<Policy> attributes = told.stream().flatMap(t -> t.policy().stream()).toList();
    for (Op o : f.ops()) {
      long op = o.id().orElseThrow();
      System.out.println("    command " + op + ": " + o.flags().map(Object::toString).orElse(""));
      policies.stream()
          .filter(p -> p.opId() == op)
          .flatMap(p -> attributes.stream().filter(a -> a.policyId() == p.doValue().orElse(-1)))
          .map(a -> "      attribute " + a.attrId() + ": " + a.type().orElseThrow())
          .forEach(System.out::println);
    }
  }
}
