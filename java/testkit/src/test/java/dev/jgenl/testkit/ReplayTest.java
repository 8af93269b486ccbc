package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.capture.CaptureReader;
import dev.jgenl.capture.PcapWriter;
import dev.jgenl.capture.Recorder;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is recorded of one scripted kernel is answered by another, which has no script. */
class ReplayTest {

  private static final int GET = 3;
  private static final int SET = 4;
  private static final int GETLINK = 18;
  private static final int NEWLINK = 16;

  /** What was asked, and what came. */
  private interface Questions {
    List<Object> ask(Genl genl) throws NetlinkException;
  }

  private final FakeKernel kernel = new FakeKernel();
  private int count;

  private FakeKernel replay(Questions questions) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PcapWriter writer = PcapWriter.open(file)) {
      Recorder recorder = new Recorder(kernel.sockets(), writer);
      List<Object> recorded;
      try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS, recorder)) {
        recorded = questions.ask(genl);
      }
      assertThat(recorder.failure()).isEmpty();
      writer.flush();
      FakeKernel replay = replay(file);
      try (Genl genl = replay.open()) {
        assertThat(questions.ask(genl)).isEqualTo(recorded);
      }
      return replay;
    }
  }

  private static FakeKernel replay(ByteArrayOutputStream file) throws IOException {
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()))) {
      return Replay.of(reader);
    }
  }

  private void script() {
    kernel.family("other");
    kernel
        .family("demo")
        .version(3)
        .onDo(
            GET,
            (request, answer) ->
                answer.message(GET, a -> a.putU32(1, 10 * request.attributes().get(1).u32())))
        .onDo(SET, (request, answer) -> answer.error(22, ack -> ack.putString(1, "no")))
        .onDump(
            GET,
            (request, answer) -> {
              for (int i = 0; i < 3; i++) {
                int number = count++;
                answer.message(GET, a -> a.putU32(1, number));
              }
            });
  }

  private static Object get(Genl genl, GenlFamily family, int value) throws NetlinkException {
    return genl.request(family, GET, a -> a.putU32(1, value)).attributes().get(1).u32();
  }

  private static List<Long> dump(Genl genl, GenlFamily family) throws NetlinkException {
    try (Dump<GenlMessage> dump = genl.dump(family, GET)) {
      return dump.toList().stream().map(m -> m.attributes().get(1).u32()).toList();
    }
  }

  @Test
  void answersAreThoseOfTheRecording() throws IOException {
    script();
    FakeKernel replay =
        replay(
            genl -> {
              GenlFamily family = genl.family("demo");
              return List.of(
                  family.version(), get(genl, family, 1), get(genl, family, 2), dump(genl, family));
            });

    // Another number than it had, and other sequence numbers and ports.
    try (Genl genl = replay.open()) {
      GenlFamily family = genl.family("demo");
      assertThat(family.id()).isNotEqualTo(kernel.registry().familyWithName("demo").id());
      assertThat(get(genl, family, 2)).isEqualTo(20L);
      assertThat(get(genl, family, 1)).isEqualTo(10L);
    }
  }

  @Test
  void theSameQuestionIsAnsweredInTurn() throws IOException {
    script();
    FakeKernel replay =
        replay(
            genl -> {
              count = 0;
              GenlFamily family = genl.family("demo");
              return List.of(dump(genl, family), dump(genl, family));
            });

    try (Genl genl = replay.open()) {
      assertThat(dump(genl, genl.family("demo"))).containsExactly(3L, 4L, 5L);
    }
  }

  @Test
  void refusalsComeWithTheirText() throws IOException {
    script();
    replay(
        genl -> {
          try {
            genl.request(genl.family("demo"), SET, a -> {});
            return List.of();
          } catch (KernelException e) {
            return List.of(e.getMessage());
          }
        });
  }

  @Test
  void whatWasNotRecordedIsRefused() throws IOException {
    script();
    FakeKernel replay = replay(genl -> List.of(get(genl, genl.family("demo"), 1)));

    try (Genl genl = replay.open()) {
      GenlFamily family = genl.family("demo");
      assertThatThrownBy(() -> get(genl, family, 3))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("the recording has no such request");
    }
  }

  @Test
  void otherProtocolsAreReplayed() throws IOException {
    kernel
        .protocol(Netlink.ROUTE)
        .onDump(
            GETLINK, 16, (request, answer) -> answer.message(NEWLINK, a -> a.putString(3, "lo")));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    PcapWriter writer = PcapWriter.open(file);
    try (Netlink route =
        Netlink.open(
            Netlink.ROUTE, NetlinkOptions.DEFAULTS, new Recorder(kernel.sockets(), writer))) {
      assertThat(names(route)).containsExactly("lo");
    }
    writer.close();

    try (Netlink route = replay(file).protocol(Netlink.ROUTE).open()) {
      assertThat(names(route)).containsExactly("lo");
    }
  }

  private static List<String> names(Netlink route) throws NetlinkException {
    try (Dump<NetlinkMessage> links = route.dump(NetlinkRequest.of(GETLINK, new byte[16]))) {
      return links.toList().stream().map(m -> m.attributes(16).get(3).string()).toList();
    }
  }

  @Test
  void aFullDiskStopsTheRecordingAlone() throws IOException {
    script();
    PcapWriter writer =
        PcapWriter.open(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("no space left");
              }
            });
    Recorder recorder = new Recorder(kernel.sockets(), writer);
    try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS, recorder)) {
      GenlFamily family = genl.family("demo");
      for (int i = 0; i < 2000; i++) {
        assertThat(get(genl, family, i)).isEqualTo(10L * i);
      }
    }

    assertThat(recorder.failure().orElseThrow()).hasMessageContaining("no space left");
  }
}
