package dev.jgenl.capture;

import static dev.jgenl.capture.Recordings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What strace 6.1 prints, shortened where the reader does not look. */
class StraceTest {

  private static final String SOCKET =
      "socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3\n";

  private static final String SENT =
      """
      sendto(3, [{nlmsg_len=32, nlmsg_type=RTM_NEWLINK, ...}], 32, 0, NULL, 0) = 32
       | 00000  20 00 00 00 10 00 05 00  00 00 00 00 00 00 00 00   ............... |
       | 00010  00 00 00 00 00 00 00 00  00 00 00 00 61 62 63 64  ............abcd |
      """;

  @Test
  void bytesBelowACallAreItsDatagram() throws IOException {
    List<CapturedDatagram> read = read(SOCKET + SENT);

    assertThat(read).hasSize(1);
    assertThat(read.get(0).protocolName()).isEqualTo("route");
    assertThat(read.get(0).direction()).isEqualTo(Direction.TO_KERNEL);
    assertThat(read.get(0).time()).isEmpty();
    assertThat(read.get(0).bytes().remaining()).isEqualTo(32);
    assertThat(read.get(0).bytes().get(31)).isEqualTo((byte) 0x64);
    assertThat(read.get(0).bytes().order()).isEqualTo(ByteOrder.nativeOrder());
  }

  @Test
  void buffersOfOneMessageAreOneDatagram() throws IOException {
    List<CapturedDatagram> read =
        read(
            """
            30988 1795786439.698913 sendmsg(3<NETLINK:[GENERIC:30988]>, {msg_iov=[...]}, 0) = 20
             * 10 bytes in buffer 0
             | 00000  14 00 00 00 10 00 01 03  05 00                    ..........       |
             * 10 bytes in buffer 1
             | 00000  00 00 00 00 00 00 03 02  00 00                    ..........       |
            """);

    assertThat(read).hasSize(1);
    assertThat(read.get(0).protocol()).isEqualTo(16);
    assertThat(read.get(0).bytes().remaining()).isEqualTo(20);
    assertThat(read.get(0).time()).contains(Instant.ofEpochSecond(1_795_786_439, 698_913_000));
  }

  @Test
  void vectorsAreDatagramsOfTheThreadThatResumes() throws IOException {
    List<CapturedDatagram> read =
        read(
            """
            30989 1795786439.601667 recvmmsg(3<NETLINK:[GENERIC:30988]>,  <unfinished ...>
            30988 1795786439.698913 sendmsg(3<NETLINK:[GENERIC:30988]>, {msg_iov=[...]}, 0) = 4
             * 4 bytes in buffer 0
             | 00000  01 02 03 04                                       ....             |
            30989 1795786439.699155 <... recvmmsg resumed>[{msg_hdr={...}}], 2, 0, NULL) = 2
             = 1 buffers in vector 0
             * 2 bytes in buffer 0
             | 00000  05 06                                             ..               |
             = 1 buffers in vector 1
             * 1 bytes in buffer 0
             | 00000  07                                                .                |
            """);

    assertThat(read)
        .extracting(d -> d.direction() + " " + d.bytes().remaining())
        .containsExactly("TO_KERNEL 4", "FROM_KERNEL 2", "FROM_KERNEL 1");
  }

  @Test
  void whatIsPeekedAtComesAgain() throws IOException {
    String peek =
        """
        recvmsg(3, {msg_iov=[{iov_base="...", iov_len=2}], msg_iovlen=1}, MSG_PEEK|MSG_TRUNC) = 2
         * 2 bytes in buffer 0
         | 00000  05 06                                             ..               |
        """;

    assertThat(read(SOCKET + SENT + peek)).hasSize(1);
  }

  @Test
  void otherSocketsArePassedOver() throws IOException {
    String other = SENT.replace("sendto(3,", "sendto(4<TCP:[1.2.3.4:5->6.7.8.9:10]>,");

    assertThat(read(SOCKET + other + SENT)).hasSize(1);
  }

  @Test
  void bytesThatWereLeftOutAreAskedFor() {
    String line = SENT.substring(0, SENT.indexOf('\n') + 1);

    assertThatThrownBy(() -> read(SOCKET + line))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("-e read=all -e write=all");
  }

  @Test
  void aLineThatIsNoneIsNamed() {
    assertThatThrownBy(() -> read(SOCKET + SENT.replace("20 00 00 00", "20 00 zz 00")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 3");
  }

  @Test
  void textThatIsNoRecordingHasNoDatagrams() throws IOException {
    assertThat(read("What is this?\n")).isEmpty();
  }
}
