import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.jgenl.bench.client.Client;
import dev.jgenl.bench.client.Kernel;
import dev.jgenl.bench.client.Serve;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * A netlink socket by hand with the foreign function API of JDK 22: the system calls of libc, and
 * messages that are written and read in native memory. Each thread has a socket of its own.
 *
 * <pre>
 * javac -d target/bench/ffm -cp bench/target/classes bench/clients/ffm/Ffm.java
 * java --enable-native-access=ALL-UNNAMED -cp bench/target/classes:target/bench/ffm Ffm host
 * </pre>
 */
public final class Ffm implements Client {

  private static final int NLCTRL_VERSION = 2;
  private static final int CTRL_CMD_GETFAMILY = 3;
  private static final int CTRL_ATTR_FAMILY_ID = 1;
  private static final int CTRL_ATTR_FAMILY_NAME = 2;

  /** The replies to so many of the longest requests fit into a receive buffer of usual size. */
  private static final int WINDOW = 16;

  private final Kernel kernel;

  private Ffm(Kernel kernel) {
    this.kernel = kernel;
  }

  public static void main(String[] args) {
    Serve.main(args, Ffm::new);
  }

  @Override
  public String madeOf() {
    return "java.lang.foreign";
  }

  @Override
  public Connection connect() throws IOException {
    // It lives as long as the process, and is used by more than one thread in turn.
    GenlConnection connection = new GenlConnection(kernel, new Socket(Arena.global(), WINDOW));
    connection.resolveDumpFamily();
    return connection;
  }

  @Override
  public void cycle(String message) throws IOException {
    try (Arena arena = Arena.ofConfined();
        Socket socket = new Socket(arena, 1)) {
      new GenlConnection(kernel, socket).exchange(message);
    }
  }

  /** The functions of libc that are needed. */
  private static final class Libc {

    static final int AF_NETLINK = 16;
    static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    static final int NETLINK_GENERIC = 16;
    static final int MSG_TRUNC = 0x20;

    /** struct sockaddr_nl: u16 family, u16 padding, u32 port, u32 groups. */
    static final long SOCKADDR_NL = 12;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    static final MemoryLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
        CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    static final MethodHandle SOCKET =
        function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle BIND =
        function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle CONNECT =
        function("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle GETSOCKNAME =
        function("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    static final MethodHandle SEND =
        function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle RECV =
        function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static MethodHandle function(String name, FunctionDescriptor type) {
      MemorySegment address = LINKER.defaultLookup().find(name).orElseThrow();
      return LINKER.downcallHandle(address, type, CAPTURE_ERRNO);
    }

    static IOException failure(String function, MemorySegment captured) {
      return new IOException(function + ": errno " + (int) ERRNO.get(captured, 0L));
    }

    /** What a method handle throws besides is nothing that C could. */
    static RuntimeException unexpected(Throwable e) {
      return e instanceof RuntimeException r ? r : new IllegalStateException(e);
    }
  }

  /** A socket that is connected to the kernel, with a buffer for either direction. */
  private static final class Socket implements AutoCloseable {

    /** Headers, and a payload of 4 KiB with its NUL. */
    private static final long REQUEST_MAX = 20 + 4 + 4100;

    /** The longest datagram that the kernel makes of a dump. */
    private static final long RECEIVE_BUFFER = 32 * 1024;

    final MemorySegment out;
    final MemorySegment in;
    final int port;

    private final MemorySegment captured;
    private final int fd;

    /** Opens one for requests of which so many share a datagram. */
    Socket(Arena arena, int window) throws IOException {
      captured = arena.allocate(Libc.CAPTURED);
      out = arena.allocate(window * REQUEST_MAX, Integer.BYTES);
      in = arena.allocate(RECEIVE_BUFFER, Integer.BYTES);
      MemorySegment address = arena.allocate(Libc.SOCKADDR_NL, Integer.BYTES);
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) Libc.SOCKADDR_NL);
      address.set(JAVA_SHORT, 0, (short) Libc.AF_NETLINK);
      try {
        fd =
            (int)
                Libc.SOCKET.invokeExact(
                    captured, Libc.AF_NETLINK, Libc.SOCK_RAW_CLOEXEC, Libc.NETLINK_GENERIC);
        check(fd, "socket");
        try {
          check((int) Libc.BIND.invokeExact(captured, fd, address, (int) Libc.SOCKADDR_NL), "bind");
          check((int) Libc.GETSOCKNAME.invokeExact(captured, fd, address, length), "getsockname");
          port = address.get(JAVA_INT, 4);
          address.set(JAVA_INT, 4, 0);
          // From now on nobody but the kernel can write to it.
          check(
              (int) Libc.CONNECT.invokeExact(captured, fd, address, (int) Libc.SOCKADDR_NL),
              "connect");
        } catch (Throwable e) {
          close();
          throw e;
        }
      } catch (IOException e) {
        throw e;
      } catch (Throwable e) {
        throw Libc.unexpected(e);
      }
    }

    /** Sends what the buffer holds up to here. */
    void send(long length) throws IOException {
      long sent;
      try {
        sent = (long) Libc.SEND.invokeExact(captured, fd, out, length, 0);
      } catch (Throwable e) {
        throw Libc.unexpected(e);
      }
      check(sent, "send");
      Client.require(sent == length, "sent " + sent + " of " + length + " bytes");
    }

    /** Waits for a datagram and returns its length. */
    long receive() throws IOException {
      long length;
      try {
        length = (long) Libc.RECV.invokeExact(captured, fd, in, RECEIVE_BUFFER, Libc.MSG_TRUNC);
      } catch (Throwable e) {
        throw Libc.unexpected(e);
      }
      check(length, "recv");
      Client.require(length <= RECEIVE_BUFFER, "a datagram of " + length + " bytes");
      return length;
    }

    private void check(long result, String function) throws IOException {
      if (result < 0) {
        throw Libc.failure(function, captured);
      }
    }

    @Override
    public void close() throws IOException {
      int result;
      try {
        result = (int) Libc.CLOSE.invokeExact(captured, fd);
      } catch (Throwable e) {
        throw Libc.unexpected(e);
      }
      check(result, "close");
    }
  }

  /** Writes and reads messages of Generic Netlink. */
  private static final class GenlConnection implements Connection {

    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_REQUEST = 1;
    private static final int NLM_F_DUMP = 0x300;
    private static final int NLA_TYPE_MASK = 0x3fff;

    /** nlmsghdr: u32 length, u16 type, u16 flags, u32 sequence, u32 port. */
    private static final long NLMSG_HDRLEN = 16;

    /** That, and genlmsghdr: u8 command, u8 version, u16 zero. */
    private static final long HDRLEN = NLMSG_HDRLEN + 4;

    /** nlattr: u16 length, u16 type. */
    private static final long NLA_HDRLEN = 4;

    private final Kernel kernel;
    private final Socket socket;
    private final MemorySegment out;
    private final MemorySegment in;
    private final int family;
    private int dumpFamily;
    private int sequence;

    /** Where the message begins that is being written, and where it ends. */
    private long start;

    private long end;

    GenlConnection(Kernel kernel, Socket socket) throws IOException {
      this.kernel = kernel;
      this.socket = socket;
      out = socket.out;
      in = socket.in;
      family = resolve(kernel.family);
    }

    void resolveDumpFamily() throws IOException {
      dumpFamily = resolve(kernel.dumpFamily);
    }

    private int resolve(String name) throws IOException {
      end = 0;
      begin(NLCTRL_ID, 0, CTRL_CMD_GETFAMILY, NLCTRL_VERSION);
      putString(CTRL_ATTR_FAMILY_NAME, name);
      socket.send(end);
      long reply = receiveReply(NLCTRL_ID, sequence);
      return Short.toUnsignedInt(in.get(JAVA_SHORT, find(0, reply, CTRL_ATTR_FAMILY_ID)));
    }

    @Override
    public void exchange(String message) throws IOException {
      send(message, 1);
      receiveReplies(1);
    }

    @Override
    public void pipeline(String message, int count) throws IOException {
      for (int done = 0; done < count; ) {
        int window = Math.min(WINDOW, count - done);
        send(message, window);
        receiveReplies(window);
        done += window;
      }
    }

    /** Requests that share a datagram. */
    private void send(String message, int count) throws IOException {
      end = 0;
      for (int i = 0; i < count; i++) {
        begin(family, 0, kernel.command, kernel.version);
        putString(kernel.attribute, message);
      }
      socket.send(end);
    }

    private void receiveReplies(int count) throws IOException {
      for (int i = count - 1; i >= 0; i--) {
        long reply = receiveReply(family, sequence - i);
        long at = find(0, reply, Client.REPLY_ATTRIBUTE);
        Client.require(kernel == Kernel.HOST ? isNlctrl(at) : isEcho(at), "a wrong reply");
      }
    }

    private boolean isNlctrl(long at) {
      return in.get(JAVA_SHORT, at) == NLCTRL_ID;
    }

    /** The attribute that was sent last is still there to compare with. */
    private boolean isEcho(long at) {
      long sent = start + HDRLEN;
      long length = Short.toUnsignedLong(out.get(JAVA_SHORT, sent));
      long got = at - NLA_HDRLEN;
      return Short.toUnsignedLong(in.get(JAVA_SHORT, got)) == length
          && MemorySegment.mismatch(out, sent + NLA_HDRLEN, sent + length, in, at, got + length)
              < 0;
    }

    @Override
    public long dump(int payload, long count) throws IOException {
      end = 0;
      begin(dumpFamily, NLM_F_DUMP, kernel.dumpCommand, kernel.dumpVersion);
      if (kernel == Kernel.VM) {
        putU32(Client.LAB_COUNT, (int) count);
        putU32(Client.LAB_SIZE, payload);
      }
      socket.send(end);
      long messages = 0;
      for (; ; ) {
        long length = socket.receive();
        for (long at = 0; at < length; at += align(in.get(JAVA_INT, at))) {
          checkHeader(at, length - at, sequence);
          int type = Short.toUnsignedInt(in.get(JAVA_SHORT, at + 4));
          if (type == NLMSG_DONE) {
            Client.require(
                kernel == Kernel.HOST || messages == count, messages + " messages, not " + count);
            return messages;
          }
          Client.require(type == dumpFamily, "a message of type " + type);
          checkInDump(at, messages);
          messages++;
        }
      }
    }

    private void checkInDump(long message, long index) {
      long end = message + in.get(JAVA_INT, message);
      if (kernel == Kernel.HOST) {
        find(message, end, Client.FAMILY_NAME);
      } else {
        int got = in.get(JAVA_INT, find(message, end, Client.LAB_INDEX));
        Client.require(got == index, "message " + got + " instead of " + index);
      }
    }

    /** Returns where the reply ends, which is alone in its datagram. */
    private long receiveReply(int family, int sequence) throws IOException {
      long length = socket.receive();
      checkHeader(0, length, sequence);
      int type = Short.toUnsignedInt(in.get(JAVA_SHORT, 4));
      Client.require(type == family, "a message of type " + type);
      return in.get(JAVA_INT, 0);
    }

    private void checkHeader(long at, long left, int sequence) throws IOException {
      Client.require(left >= HDRLEN, "a datagram ends after " + left + " bytes");
      int length = in.get(JAVA_INT, at);
      Client.require(length >= HDRLEN && length <= left, "a message of " + length + " bytes");
      Client.require(
          in.get(JAVA_INT, at + 8) == sequence && in.get(JAVA_INT, at + 12) == socket.port,
          "a message that was not asked for");
      int type = in.get(JAVA_SHORT, at + 4);
      if (type == NLMSG_ERROR || type == NLMSG_DONE) {
        int error = in.get(JAVA_INT, at + NLMSG_HDRLEN);
        if (error < 0) {
          throw new IOException("the kernel refuses: errno " + -error);
        }
      }
    }

    /** Returns where the payload of an attribute starts, that lies whole within its message. */
    private long find(long message, long end, int type) {
      for (long at = message + HDRLEN; end - at >= NLA_HDRLEN; ) {
        long length = Short.toUnsignedLong(in.get(JAVA_SHORT, at));
        Client.require(length >= NLA_HDRLEN && length <= end - at, "an attribute does not fit");
        if ((in.get(JAVA_SHORT, at + 2) & NLA_TYPE_MASK) == type) {
          return at + NLA_HDRLEN;
        }
        at += align(length);
      }
      throw new IllegalStateException("attribute " + type + " is missing");
    }

    private void begin(int type, int flags, int command, int version) {
      start = end;
      out.set(JAVA_SHORT, start + 4, (short) type);
      out.set(JAVA_SHORT, start + 6, (short) (NLM_F_REQUEST | flags));
      out.set(JAVA_INT, start + 8, ++sequence);
      out.set(JAVA_INT, start + 12, 0);
      out.set(JAVA_BYTE, start + 16, (byte) command);
      out.set(JAVA_BYTE, start + 17, (byte) version);
      out.set(JAVA_SHORT, start + 18, (short) 0);
      grow(HDRLEN);
    }

    private void putString(int type, String value) {
      long payload = attribute(type, value.length() + 1);
      out.setString(payload, value, StandardCharsets.US_ASCII);
    }

    private void putU32(int type, int value) {
      long payload = attribute(type, Integer.BYTES);
      out.set(JAVA_INT, payload, value);
    }

    /** Returns where the payload goes. */
    private long attribute(int type, long length) {
      long at = end;
      out.set(JAVA_SHORT, at, (short) (NLA_HDRLEN + length));
      out.set(JAVA_SHORT, at + 2, (short) type);
      grow(NLA_HDRLEN + align(length));
      return at + NLA_HDRLEN;
    }

    private void grow(long length) {
      end += length;
      out.set(JAVA_INT, start, (int) (end - start));
    }

    private static long align(long length) {
      return (length + 3) & ~3L;
    }
  }
}
