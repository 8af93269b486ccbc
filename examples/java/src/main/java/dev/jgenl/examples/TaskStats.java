package dev.jgenl.examples;

import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the family "TASKSTATS" what a process has used: a request, and an answer that is a C struct
 * within a nest. The numbers are those of {@code include/uapi/linux/taskstats.h}.
 *
 * <p>Needs CAP_NET_ADMIN in the first user namespace. Safe to share between threads; must be
 * closed.
 *
 * <pre>
 * mvn package
 * sudo java --enable-native-access=ALL-UNNAMED \
 *   -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
 *   dev.jgenl.examples.TaskStats 1
 * </pre>
 */
public final class TaskStats implements AutoCloseable {

  private static final int CMD_GET = 1;
  private static final int CMD_ATTR_PID = 1;
  private static final int TYPE_STATS = 3;
  private static final int TYPE_AGGR_PID = 4;

  /**
   * Of {@code struct taskstats} the length in version 8, of Linux 2.6.30; newer ones are longer.
   */
  private static final int LEAST_LENGTH = 328;

  /** Linux 6.14 and 6.15 put new fields amidst the old ones; version 16 moved them to the end. */
  private static final int MISLAID_VERSION = 15;

  private static final String USAGE =
      """
      usage: TaskStats [PID]

      Prints what a process (or thread) has used; without PID, this one. Needs CAP_NET_ADMIN.
      """;

  private final Genl genl;
  private final GenlFamily family;

  private TaskStats(Genl genl, GenlFamily family) {
    this.genl = genl;
    this.family = family;
  }

  /**
   * What one thread has used since it started; the main thread if asked by the number of a process.
   *
   * @param version the version of the kernel's struct
   * @param command the name of the program, at most 15 bytes
   * @param pid the thread
   * @param parent the process that started it
   * @param user the number of its user
   * @param elapsed since it started
   * @param userTime running the program, to 1 us
   * @param systemTime running the kernel, to 1 us
   * @param cpuTime running, to 1 ns
   * @param minorFaults page faults that needed no I/O
   * @param majorFaults page faults that did
   * @param voluntarySwitches how often it waited
   * @param involuntarySwitches how often others were let run instead
   */
  public record Usage(
      int version,
      String command,
      long pid,
      long parent,
      long user,
      Duration elapsed,
      Duration userTime,
      Duration systemTime,
      Duration cpuTime,
      long minorFaults,
      long majorFaults,
      long voluntarySwitches,
      long involuntarySwitches) {}

  /**
   * Connects.
   *
   * @return an open client
   * @throws FamilyNotFoundException if the kernel lacks the family
   * @throws NetlinkException for any other failure
   */
  public static TaskStats open() throws NetlinkException {
    Genl genl = Genl.open();
    try {
      return new TaskStats(genl, genl.family("TASKSTATS"));
    } catch (FamilyNotFoundException e) {
      genl.close();
      throw e.withRemedy("it is part of a kernel with CONFIG_TASKSTATS, and no module");
    } catch (NetlinkException | RuntimeException | Error e) {
      genl.close();
      throw e;
    }
  }

  /**
   * Asks what a thread has used.
   *
   * @param pid the thread, or the process for its main thread
   * @return its usage
   * @throws KernelException with ESRCH if there is none, with EPERM without CAP_NET_ADMIN
   * @throws NetlinkException for any other failure
   */
  public Usage usage(long pid) throws NetlinkException {
    GenlRequest get = GenlRequest.of(family, CMD_GET, a -> a.putU32(CMD_ATTR_PID, pid));
    return genl.request(get.withoutAck(), TaskStats::usageOf);
  }

  @Override
  public void close() {
    genl.close();
  }

  /** The struct is aligned to 4 bytes only, and a newer kernel appends fields: read by offset. */
  private static Usage usageOf(GenlMessage message) {
    Attributes aggregate = message.attributes().get(TYPE_AGGR_PID).nested();
    ByteBuffer s = aggregate.get(TYPE_STATS).payload();
    int version = s.remaining() < 2 ? 0 : Short.toUnsignedInt(s.getShort(0));
    if (s.remaining() < LEAST_LENGTH || version == MISLAID_VERSION) {
      throw new MalformedMessageException(
          "struct taskstats of version " + version + ", " + s.remaining() + " bytes: not known");
    }
    return new Usage(
        version,
        stringAt(s, 80, 32),
        Integer.toUnsignedLong(s.getInt(128)),
        Integer.toUnsignedLong(s.getInt(132)),
        Integer.toUnsignedLong(s.getInt(120)),
        microsAt(s, 144),
        microsAt(s, 152),
        microsAt(s, 160),
        Duration.ofNanos(s.getLong(64)),
        s.getLong(168),
        s.getLong(176),
        s.getLong(272),
        s.getLong(280));
  }

  private static Duration microsAt(ByteBuffer s, int offset) {
    return Duration.ofNanos(1000 * s.getLong(offset));
  }

  private static String stringAt(ByteBuffer s, int offset, int length) {
    byte[] bytes = new byte[length];
    s.get(offset, bytes);
    String padded = new String(bytes, StandardCharsets.UTF_8);
    int end = padded.indexOf('\0');
    return end < 0 ? padded : padded.substring(0, end);
  }

  /**
   * Prints the usage of a process.
   *
   * @param args its number
   */
  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(USAGE);
      return;
    }
    if (args.length > 1 || (args.length == 1 && !args[0].matches("\\d{1,9}"))) {
      System.err.print(USAGE);
      System.exit(2);
    }
    long pid = args.length == 1 ? Long.parseLong(args[0]) : ProcessHandle.current().pid();
    try (TaskStats client = open()) {
      print(client.usage(pid));
    } catch (KernelException e) {
      System.err.println("TaskStats: " + e.getMessage() + remedy(e, pid));
      System.exit(1);
    } catch (NetlinkException | MalformedMessageException | UnsatisfiedLinkError e) {
      System.err.println("TaskStats: " + e.getMessage());
      System.exit(1);
    }
  }

  private static String remedy(KernelException e, long pid) {
    return switch (e.error()) {
      case ESRCH -> " (there is no process " + pid + ")";
      default -> "";
    };
  }

  private static void print(Usage u) {
    System.out.printf(
        "process %d '%s' of user %d, started by %d%n",
        u.pid(), Printable.escape(u.command()), u.user(), u.parent());
    System.out.printf("elapsed  %s%n", u.elapsed());
    System.out.printf(
        "CPU      %s: user %s, system %s%n", u.cpuTime(), u.userTime(), u.systemTime());
    System.out.printf("faults   %d minor, %d major%n", u.minorFaults(), u.majorFaults());
    System.out.printf(
        "switches %d voluntary, %d not%n", u.voluntarySwitches(), u.involuntarySwitches());
    System.out.printf("(struct taskstats version %d)%n", u.version());
  }
}
