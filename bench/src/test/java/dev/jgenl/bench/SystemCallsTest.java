package dev.jgenl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class SystemCallsTest {

  private static final List<String> TRACE =
      """
      7 execve("client", ["client", "host"], 0x7 /* 9 vars */) = 0
      7 write(1, "client 1\\n", 9) = 9
      7 read(0,  <unfinished ...>
      8 futex(0x7, FUTEX_WAIT, 0, NULL <unfinished ...>
      7 <... read resumed>"exchange 6 1 2\\n", 8192) = 15
      7 sendto(3, "x", 1, 0, NULL, 0) = 1
      8 <... futex resumed>) = 0
      8 madvise(0x7, 4096, MADV_DONTNEED) = 0
      7 recvfrom(3, "y", 1, 0, NULL, NULL) = 1
      7 write(1, "100 2\\n", 6) = 6
      7 read(0, "dump 0 1 1\\n", 8192) = 11
      7 write(1, "unsupported\\n", 12) = 12
      7 read(0, "linkinfo-get 0 1 1\\n", 8192) = 19
      7 write(1, "100 1 7\\n", 8) = 8
      7 read(0, "", 8192) = 0
      7 exit_group(0) = ?
      7 +++ exited with 0 +++
      """
          .lines()
          .toList();

  @Test
  void operationLiesBetweenTheLineAndItsAnswer() {
    SystemCalls.Trace trace = SystemCalls.Trace.parse(TRACE);

    assertThat(trace.operations()).hasSize(3);
    assertThat(trace.operations().get(0)).first().asString().contains("sendto");
    assertThat(SystemCalls.calls(trace.start())).isEqualTo(4);
    assertThat(SystemCalls.calls(trace.operations().get(0))).isEqualTo(3);
    assertThat(SystemCalls.calls(trace.end())).isEqualTo(3);
  }

  @Test
  void whatAProgramWritesThatTheClientStartsIsNoAnswer() {
    List<String> trace =
        """
        7 read(0, "links 1000 1 1000\\n", 8192) = 18
        7 vfork( <unfinished ...>
        9 write(1, "1: lo: <LOOPBACK> mtu 65536 qdis"..., 4096) = 4096
        9 exit_group(0) = ?
        7 <... vfork resumed>) = 9
        7 write(1, "12345678 1000\\n", 14) = 14
        7 exit_group(0) = ?
        """
            .lines()
            .toList();

    assertThat(SystemCalls.Trace.parse(trace).operations())
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .hasSize(4);
  }

  @Test
  void onlyThreadsWithSocketsWorkForAJavaClient() {
    List<String> exchange = SystemCalls.Trace.parse(TRACE).operations().get(0);

    assertThat(SystemCalls.ofThreadsWithSockets(exchange)).isEqualTo(2);
  }
}
