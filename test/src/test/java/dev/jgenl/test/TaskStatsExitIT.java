package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Event;
import dev.jgenl.Event.Notification;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.wire.Attributes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The family TASKSTATS tells the end of processes to the socket that has asked for it. */
@Timeout(60)
class TaskStatsExitIT {

  private static final int CMD_GET = 1;
  private static final int CMD_ATTR_PID = 1;
  private static final int CMD_ATTR_REGISTER_CPUMASK = 3;
  private static final int CMD_ATTR_DEREGISTER_CPUMASK = 4;
  private static final int TYPE_PID = 1;
  private static final int TYPE_STATS = 3;
  private static final int TYPE_AGGR_PID = 4;

  private Genl genl;
  private GenlFamily family;
  private String processors;

  @BeforeEach
  void open() throws Exception {
    Prerequisite.requireNetAdmin();
    Prerequisite.requireFamily("TASKSTATS");
    genl = Genl.open();
    family = genl.family("TASKSTATS");
    processors = Files.readString(Path.of("/sys/devices/system/cpu/online")).strip();
    try (GenlConnection trial = genl.connect()) {
      trial.execute(register(processors));
    } catch (KernelException e) {
      Prerequisite.require(false, "only the first namespaces may hear of processes: " + e);
    }
  }

  @AfterEach
  void close() {
    if (genl != null) {
      genl.close();
    }
  }

  @Test
  @DisplayName("T37 events on a request's socket disturb no request, batch or resolution")
  void eventsOnARequestsSocket() throws Exception {
    for (int i = 0; i < 3; i++) {
      genl.execute(register(processors));
      endThree();
      assertAnswers(genl.request(get(), GenlMessage::copy));
      genl.execute(register(processors));
      endThree();
      for (Outcome<Reply<GenlMessage>> outcome :
          genl.batch(List.of(get(), get().withoutAck(), get()))) {
        assertThat(outcome.get().messages()).hasSize(1);
        assertAnswers(outcome.get().messages().get(0));
      }
      genl.execute(register(processors));
      endThree();
      assertThat(genl.family("nlctrl").id()).isEqualTo(16);
      assertThat(genl.families()).hasSizeGreaterThan(2);
    }
  }

  @Test
  @DisplayName(
      "T37 three processes end and are seen, with requests on the same connection meanwhile")
  void endOfThreeProcessesIsSeen() throws Exception {
    try (GenlConnection connection = genl.connect()) {
      connection.execute(register(processors));
      List<Long> pids = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        pids.add(endOne("sleep", "0"));
        assertAnswers(connection.request(get(), GenlMessage::copy));
      }

      assertThat(commandsOf(pids, connection)).containsOnlyKeys(pids).containsValue("sleep");
      connection.execute(
          GenlRequest.of(
              family, CMD_GET, a -> a.putString(CMD_ATTR_DEREGISTER_CPUMASK, processors)));
      while (connection.poll(Duration.ZERO).isPresent()) {
        // What came before.
      }
      endThree();
      assertThat(connection.poll(Duration.ofMillis(50))).isEmpty();
    }
  }

  @Test
  @DisplayName("T66 a thread waits for events while others ask on the same connection")
  void threadWaitsWhileOthersAsk() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    AtomicBoolean stop = new AtomicBoolean();
    try (GenlConnection connection = genl.connect()) {
      connection.execute(register(processors));
      List<Long> pids = new ArrayList<>();
      Future<?> first = threads.submit(() -> askUntil(stop, connection));
      Future<?> second = threads.submit(() -> askUntil(stop, connection));
      List<Long> seen = new ArrayList<>();
      Future<?> reader =
          threads.submit(
              () -> {
                while (!stop.get()) {
                  connection.poll(Duration.ofMillis(50)).ifPresent(e -> seen.add(pid(e)));
                }
                return null;
              });
      for (int i = 0; i < 10; i++) {
        pids.add(endOne("true"));
      }
      Thread.sleep(50);
      stop.set(true);
      first.get();
      second.get();
      reader.get();
      assertThat(seen).containsAll(pids);
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("T65 an event that bears the sequence number of the request under way is an event")
  void eventWithTheSequenceOfTheRequest() throws Exception {
    try (GenlConnection connection = genl.connect()) {
      connection.execute(register("0"));
      boolean met = false;
      for (int attempt = 0; attempt < 5 && !met; attempt++) {
        int ours = sequenceOfRequest(connection);
        // How far our numbers jump from one request to the next.
        int step = sequenceOfRequest(connection) - ours;
        endMany(1);
        int last = message(connection.next()).sequence();
        // The sequence numbers of the events are a counter of the processor: one overtakes the
        // other.
        Prerequisite.require(last - ours < 50_000_000, "the counter is at " + last);
        for (ours += step; ours + step < last + 8; ) {
          ours = sequenceOfRequest(connection);
        }
        endMany(Math.min(ours + step - last - 6, 2_000));
        last = sequences(connection).stream().reduce(last, Math::max);
        endMany(Math.max(0, Math.min(ours + step - last + 6, 2_000)));
        GenlMessage answer = assertAnswers(connection.request(get(), GenlMessage::copy));
        met = sequences(connection).contains(answer.sequence());
      }
      assertThat(met).as("an event had the number of the request").isTrue();
    }
  }

  /** Those of the events that are there. */
  private static List<Integer> sequences(GenlConnection connection) throws NetlinkException {
    List<Integer> sequences = new ArrayList<>();
    for (var event = connection.poll(Duration.ZERO);
        event.isPresent();
        event = connection.poll(Duration.ZERO)) {
      sequences.add(message(event.get()).sequence());
    }
    return sequences;
  }

  @Test
  @DisplayName("T66 an event may wait for a dump's end, and a refused dump disturbs nothing")
  void refusedDumpDisturbsNothing() throws Exception {
    try (GenlConnection connection = genl.connect()) {
      connection.execute(register(processors));
      long pid = endOne("true");
      try (var dump = connection.dump(get())) {
        // There is none of this command.
        assertThatThrownBy(dump::next).isInstanceOf(KernelException.class);
      }
      assertAnswers(connection.request(get(), GenlMessage::copy));
      assertThat(commandsOf(List.of(pid), connection)).containsEntry(pid, "true");
    }
  }

  private Object askUntil(AtomicBoolean stop, GenlConnection connection) throws NetlinkException {
    int count = 0;
    for (; !stop.get(); count++) {
      assertAnswers(connection.request(get(), GenlMessage::copy));
    }
    return count;
  }

  /** Reads events until each of the processes was seen. */
  private static Map<Long, String> commandsOf(List<Long> pids, GenlConnection connection)
      throws NetlinkException {
    Map<Long, String> commands = new HashMap<>();
    while (!commands.keySet().containsAll(pids)) {
      Event<GenlMessage> event = connection.poll(Duration.ofSeconds(5)).orElseThrow();
      assertThat(((Notification<GenlMessage>) event).group()).isEmpty();
      assertThat(((Notification<GenlMessage>) event).family()).isEqualTo("TASKSTATS");
      if (pids.contains(pid(event))) {
        commands.put(pid(event), command(message(event)));
      }
    }
    return commands;
  }

  private GenlRequest register(String processors) {
    return GenlRequest.of(family, CMD_GET, a -> a.putString(CMD_ATTR_REGISTER_CPUMASK, processors));
  }

  /** What this process has used. */
  private GenlRequest get() {
    return GenlRequest.of(
        family, CMD_GET, a -> a.putU32(CMD_ATTR_PID, ProcessHandle.current().pid()));
  }

  private static GenlMessage assertAnswers(GenlMessage message) {
    assertThat(pid(message)).isEqualTo(ProcessHandle.current().pid());
    return message;
  }

  private int sequenceOfRequest(GenlConnection connection) throws NetlinkException {
    return connection.<Integer>request(get(), GenlMessage::sequence);
  }

  /** Ends as many processes on the first processor, and a shell. */
  private static void endMany(int count) throws Exception {
    String loop = "i=0; while [ $i -lt " + count + " ]; do (:); i=$((i + 1)); done";
    Command.succeed("taskset", "-c", "0", "sh", "-c", loop);
  }

  private static long endOne(String... words) throws Exception {
    Process process = new ProcessBuilder(words).start();
    assertThat(process.waitFor()).isZero();
    return process.pid();
  }

  private static void endThree() throws Exception {
    for (int i = 0; i < 3; i++) {
      endOne("true");
    }
  }

  private static GenlMessage message(Event<GenlMessage> event) {
    return ((Notification<GenlMessage>) event).message();
  }

  private static long pid(Event<GenlMessage> event) {
    return pid(message(event));
  }

  private static long pid(GenlMessage message) {
    // That of a group of threads, which comes beside, is another attribute.
    return message
        .attributes()
        .find(TYPE_AGGR_PID)
        .map(a -> a.nested().get(TYPE_PID).u32())
        .orElse(-1L);
  }

  private static String command(GenlMessage message) {
    Attributes aggregate = message.attributes().get(TYPE_AGGR_PID).nested();
    ByteBuffer s = aggregate.get(TYPE_STATS).payload();
    byte[] name = new byte[16];
    s.get(80, name);
    String all = new String(name, StandardCharsets.UTF_8);
    return all.substring(0, all.indexOf('\0'));
  }
}
