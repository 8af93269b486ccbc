package dev.jgenl.examples;

import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Logs each thread that ends anywhere on the machine: the kernel tells it to the socket that has
 * registered with the family "TASKSTATS", so the socket is one of its own. The numbers are those of
 * {@code include/uapi/linux/taskstats.h}.
 *
 * <p>Needs CAP_NET_ADMIN in the first user namespace.
 *
 * <pre>
 * sudo java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.ProcessExits
 * </pre>
 */
public final class ProcessExits {

  private static final int CMD_GET = 1;
  private static final int CMD_ATTR_REGISTER_CPUMASK = 3;
  private static final int TYPE_PID = 1;
  private static final int TYPE_STATS = 3;
  private static final int TYPE_AGGR_PID = 4;

  /** Of {@code ac_comm} in {@code struct taskstats}, in bytes; it is 32 bytes long. */
  private static final int COMMAND = 80;

  private ProcessExits() {}

  /**
   * Logs until it is stopped.
   *
   * @param args none
   * @throws IOException if the kernel refuses
   */
  public static void main(String[] args) throws IOException {
    try (Genl genl = Genl.open();
        GenlConnection connection = genl.connect()) {
      GenlFamily taskstats = genl.family("TASKSTATS");
      String processors = Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip();
      connection.execute(
          GenlRequest.of(
              taskstats, CMD_GET, a -> a.putString(CMD_ATTR_REGISTER_CPUMASK, processors)));
      System.out.println("listening on processors " + processors);
      for (; ; ) {
        Event<GenlMessage> event = connection.next();
        if (event instanceof Event.Notification<GenlMessage> exit) {
          exit.message().attributes().findNested(TYPE_AGGR_PID).ifPresent(ProcessExits::print);
        } else {
          System.out.println(event);
        }
      }
    }
  }

  private static void print(Attributes exit) {
    byte[] stats = exit.get(TYPE_STATS).bytes();
    String command = new String(stats, COMMAND, 32, StandardCharsets.UTF_8);
    System.out.println(
        exit.get(TYPE_PID).u32()
            + " "
            + Printable.escape(command.substring(0, Math.max(0, command.indexOf('\0')))));
  }
}
