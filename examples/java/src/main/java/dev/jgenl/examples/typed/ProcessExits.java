package dev.jgenl.examples.typed;

import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.families.taskstats.Aggregate;
import dev.jgenl.families.taskstats.NewNtf;
import dev.jgenl.families.taskstats.Taskstats;
import dev.jgenl.families.taskstats.TaskstatsStruct;
import dev.jgenl.spec.DynamicFamily;
import dev.jgenl.spec.NestValue;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Logs each thread that ends anywhere on the machine. The kernel tells it to the socket that has
 * registered, so this asks by hand, over a connection of its own, and reads by the typed classes.
 */
public final class ProcessExits {

  private static final String USAGE =
      """
      usage: ProcessExits

      Logs each thread that ends, until it is stopped. Needs CAP_NET_ADMIN in the first user
      namespace.
      """;

  private static final int TASKSTATS_CMD_GET = 1;
  private static final int TASKSTATS_CMD_ATTR_REGISTER_CPUMASK = 3;

  private ProcessExits() {}

  /** Logs until it is stopped. */
  public static void main(String[] args) {
    Program.run(ProcessExits.class, USAGE, "", args, ProcessExits::log);
  }

  private static void log() throws IOException {
    try (Genl genl = Genl.open();
        GenlConnection connection = genl.connect()) {
      DynamicFamily taskstats = DynamicFamily.of(Taskstats.model(), genl);
      String processors = Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip();
      connection.execute(
          GenlRequest.of(
              genl.family("TASKSTATS"),
              TASKSTATS_CMD_GET,
              a -> a.putString(TASKSTATS_CMD_ATTR_REGISTER_CPUMASK, processors)));
      System.out.println("listening on processors " + processors);
      for (; ; ) {
        Event<GenlMessage> event = connection.next();
        if (event instanceof Event.Notification<GenlMessage> told) {
          NewNtf exit = NewNtf.of((NestValue) taskstats.read("new", told.message()));
          exit.aggrPid().flatMap(Aggregate::stats).ifPresent(ProcessExits::print);
        } else {
          System.out.println(event);
        }
      }
    }
  }

  private static void print(TaskstatsStruct s) {
    System.out.printf(
        "%d %s: status %d after %.3f s, of which %.3f s on a processor%n",
        s.acPid(),
        Printable.escape(s.acComm()),
        (s.acExitcode() >> 8) & 0xff,
        s.acEtime() / 1e6,
        s.cpuRunVirtualTotal() / 1e9);
  }
}
