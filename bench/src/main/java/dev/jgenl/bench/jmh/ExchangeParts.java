package dev.jgenl.bench.jmh;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.internal.LibnlTransports;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import dev.jgenl.wire.Attributes;
import dev.jgenl.wire.MessageReader;
import dev.jgenl.wire.MessageWriter;
import dev.jgenl.wire.NetlinkConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an exchange costs within the process: the parts that Java adds to the two system calls, and
 * for comparison an exchange with the running kernel.
 *
 * <pre>
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main -prof gc
 * </pre>
 *
 * <p>With {@code -p payload=1024,4096} for longer echoes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ExchangeParts {

  /** An echo, in memory: no kernel is needed. */
  @State(Scope.Thread)
  public static class Echo {

    private static final int FAMILY = 40;
    private static final int ECHO_MSG = 1;
    private static final int VERSION = 1;
    private static final int MSG = 1;

    @Param("50")
    public int payload;

    private final MessageWriter request = new MessageWriter(memory());
    private final MessageWriter reply = new MessageWriter(memory());
    private final MessageReader reader = new MessageReader();
    private String message;
    private int sequence;

    /** As the library's own buffers: outside of the heap, in the order of the processor. */
    private static ByteBuffer memory() {
      return ByteBuffer.allocateDirect(8192).order(ByteOrder.nativeOrder());
    }

    @Setup
    public void write() {
      message = "x".repeat(payload);
      encode(reply);
    }

    private int encode(MessageWriter writer) {
      writer.clear();
      writer
          .begin(FAMILY, NetlinkConstants.NLM_F_REQUEST, ++sequence, 0, ECHO_MSG, VERSION)
          .putString(MSG, message);
      writer.end();
      return writer.length();
    }

    private String decode() {
      reader.read(reply.buffer(), 0, reply.length()).next();
      reader.requireGenericHeader();
      int attributes =
          reader.start() + NetlinkConstants.NLMSG_HDRLEN + NetlinkConstants.GENL_HDRLEN;
      return Attributes.of(reader.buffer(), attributes, reader.end()).get(MSG).string();
    }
  }

  /** A socket on which nothing is sent. */
  @State(Scope.Thread)
  public static class Socket {

    private static final int NETLINK_GENERIC = 16;

    private Transport.Factory transports;
    private Transport transport;

    @Setup
    public void open() throws TransportException {
      transports = LibnlTransports.inNamespace(null);
      transport = transports.open(NETLINK_GENERIC, Transport.Purpose.REQUESTS);
    }

    @TearDown
    public void close() {
      transport.close();
      transports.close();
    }
  }

  /** The controller, which every kernel has. */
  @State(Scope.Benchmark)
  public static class Nlctrl {

    private static final int GETFAMILY = 3;
    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;

    private Genl genl;
    private GenlFamily family;

    @Setup
    public void open() throws NetlinkException {
      genl = Genl.open();
      family = genl.family("nlctrl");
    }

    @TearDown
    public void close() {
      genl.close();
    }

    private int exchange() throws NetlinkException {
      GenlRequest request =
          GenlRequest.of(family, GETFAMILY, a -> a.putString(FAMILY_NAME, "nlctrl"));
      return genl.request(request.withoutAck(), Nlctrl::id);
    }

    private static int id(GenlMessage reply) {
      return reply.attributes().get(FAMILY_ID).u16();
    }
  }

  /** Writes the request of an echo. */
  @Benchmark
  public int encode(Echo echo) {
    return echo.encode(echo.request);
  }

  /** Reads its reply. */
  @Benchmark
  public String decode(Echo echo) {
    return echo.decode();
  }

  /** Goes to C and back, where a wake that nobody waits for does next to nothing. */
  @Benchmark
  public void crossing(Socket socket) {
    socket.transport.wake();
  }

  /** All of it, and the kernel. */
  @Benchmark
  public int exchange(Nlctrl nlctrl) throws NetlinkException {
    return nlctrl.exchange();
  }
}
