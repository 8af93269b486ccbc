package dev.jgenl.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what strace prints with {@code -e read=all -e write=all}: below each call the bytes.
 *
 * <pre>
 * 30989 1795786439.601667 recvmmsg(3&lt;NETLINK:[GENERIC:30988]&gt;,  &lt;unfinished ...&gt;
 * 30989 1795786439.699155 &lt;... recvmmsg resumed&gt;[{msg_hdr={...}, msg_len=20}], 2, ...) = 1
 *  = 1 buffers in vector 0
 *  * 20 bytes in buffer 0
 *  | 00000  14 00 00 00 03 00 02 00  05 00 00 00 0c 79 00 00  .............y.. |
 *  | 00010  00 00 00 00                                       ....             |
 * </pre>
 */
final class StraceReader implements CaptureReader {

  private static final Pattern CALL =
      Pattern.compile(
          "^(?:\\[pid +(\\d+)\\] |(\\d+) +)?(?:(\\d+\\.\\d+) +|\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? +)?"
              + "(?:<\\.\\.\\. (\\w+) resumed>|(\\w+)\\((\\d+)?(?:<NETLINK:\\[([A-Z_0-9]+):)?)");

  private static final Pattern SOCKET =
      Pattern.compile("socket\\(AF_NETLINK, [^,]+, (\\w+)[^)]*\\) += (\\d+)");

  private static final Pattern BYTES = Pattern.compile("^ \\| ([0-9a-f]{5,8})  (.{49}).*");

  /** What a recording of more threads than this leaves unfinished is not told apart. */
  private static final int THREADS_MAX = 65_536;

  /** A call whose bytes may follow. */
  private record Call(@Nullable Instant time, int protocol, Direction direction) {}

  /** What is known of a call that is not finished: its file descriptor, or the protocol itself. */
  private record Begun(String descriptor, @Nullable String protocol) {}

  private final TextLines lines;
  private final Map<String, Begun> unfinished = new HashMap<>();
  private final Map<String, Integer> protocols = new HashMap<>();
  private final Queue<CapturedDatagram> read = new ArrayDeque<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Call call;
  private boolean netlinkSeen;
  private boolean bytesSeen;

  StraceReader(TextLines lines) {
    this.lines = lines;
  }

  @Override
  public @Nullable CapturedDatagram next() throws IOException {
    while (read.isEmpty()) {
      String line = lines.next();
      if (line == null) {
        finish();
        if (read.isEmpty()) {
          requireBytes();
          return null;
        }
      } else {
        take(line);
      }
    }
    return read.remove();
  }

  private void take(String line) throws IOException {
    if (line.startsWith(" | ")) {
      takeBytes(line);
    } else if (line.startsWith(" = ")) {
      // The next datagram of several.
      endDatagram();
    } else if (!line.startsWith(" * ")) {
      finish();
      begin(line);
    }
  }

  private void takeBytes(String line) throws IOException {
    if (call == null) {
      return;
    }
    Matcher m = BYTES.matcher(line);
    if (!m.matches()) {
      throw lines.malformed("no line of bytes");
    }
    bytesSeen = true;
    HexDigits.read(m.group(2), bytes, lines);
  }

  private void finish() {
    endDatagram();
    call = null;
  }

  private void endDatagram() {
    if (call != null && bytes.size() > 0) {
      ByteBuffer datagram = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.nativeOrder());
      CapturedDatagram heard = CapturedDatagram.of(call.protocol, call.direction, datagram);
      read.add(call.time == null ? heard : heard.withTime(call.time));
    }
    bytes.reset();
  }

  private void begin(String line) {
    Matcher m = CALL.matcher(line);
    if (!m.find()) {
      return;
    }
    String thread = m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : "";
    String name = m.group(4) != null ? m.group(4) : m.group(5);
    if (name.equals("socket")) {
      opened(line);
      return;
    }
    Direction direction = direction(name);
    if (direction == null) {
      return;
    }
    @Nullable Begun begun =
        m.group(4) != null
            ? unfinished.remove(thread)
            : new Begun(String.valueOf(m.group(6)), m.group(7));
    if (begun == null) {
      return;
    }
    if (line.endsWith("<unfinished ...>")) {
      if (unfinished.size() < THREADS_MAX) {
        unfinished.put(thread, begun);
      }
      return;
    }
    Integer protocol =
        begun.protocol == null
            ? protocols.get(begun.descriptor)
            : ProtocolNames.number(begun.protocol);
    // Who only peeks receives it again.
    if (protocol != null && !line.contains("MSG_PEEK")) {
      netlinkSeen |= !line.endsWith(" = 0") && !line.contains(" = -1 ");
      call = new Call(time(m.group(3)), protocol, direction);
    }
  }

  private void opened(String line) {
    Matcher m = SOCKET.matcher(line);
    if (m.find() && protocols.size() < THREADS_MAX) {
      Integer protocol = ProtocolNames.number(m.group(1));
      if (protocol != null) {
        protocols.put(m.group(2), protocol);
      }
    }
  }

  private static @Nullable Direction direction(String name) {
    return switch (name) {
      case "send", "sendto", "sendmsg", "sendmmsg", "write", "writev" -> Direction.TO_KERNEL;
      case "recv", "recvfrom", "recvmsg", "recvmmsg", "recvmmsg_time64", "read", "readv" ->
          Direction.FROM_KERNEL;
      default -> null;
    };
  }

  /** With {@code -ttt} it is the time since 1970; with {@code -r} another, which is short. */
  private static @Nullable Instant time(@Nullable String seconds) {
    if (seconds == null || seconds.indexOf('.') < 9 || seconds.indexOf('.') > 11) {
      return null;
    }
    int point = seconds.indexOf('.');
    String fraction = (seconds.substring(point + 1) + "000000000").substring(0, 9);
    return Instant.ofEpochSecond(Long.parseLong(seconds, 0, point, 10), Long.parseLong(fraction));
  }

  private void requireBytes() throws IOException {
    if (netlinkSeen && !bytesSeen) {
      throw new IOException(
          "the recording lacks the bytes of messages: call strace with"
              + " -f -ttt -yy -e trace=network -e read=all -e write=all");
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
