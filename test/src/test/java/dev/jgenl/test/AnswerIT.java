package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.test.Ways.Doing;
import dev.jgenl.transport.Errno;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers of the kernel's own families look like. */
@Timeout(60)
class AnswerIT {

  private static final int STRSET_GET = 1;
  private static final int NLM_F_DUMP = 0x300;

  @ParameterizedTest(name = "T36 the refusal of 120 kB keeps errno and attribute: {0}")
  @EnumSource(value = Doing.class, names = "BATCH_AMID_OTHERS", mode = EnumSource.Mode.EXCLUDE)
  void refusalOfALongRequest(Doing way) throws NetlinkException {
    Prerequisite.requireFamily("ethtool");
    try (Genl genl = Genl.open()) {
      GenlRequest request =
          GenlRequest.of(
              genl.family("ethtool"),
              STRSET_GET,
              a -> a.putBytes(200, new byte[60_000]).putBytes(200, new byte[60_000]));
      for (GenlRequest r : new GenlRequest[] {request, request.withoutAck()}) {
        KernelException e = catchThrowableOfType(KernelException.class, () -> way.reply(genl, r));

        assertThat(e.error()).isEqualTo(Errno.EINVAL);
        assertThat(e.extendedAck().path()).containsExactly(200);
      }
      assertThat(genl.family("nlctrl").id()).isEqualTo(16);
    }
  }

  @Test
  @DisplayName("T68 the flags of a dump in a request of nlctrl are refused before it is sent")
  void flagsOfADumpAreRefused() throws NetlinkException {
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      GenlRequest request = GenlRequest.of(controller, 3).withFlags(NLM_F_DUMP);
      for (Doing way : new Doing[] {Doing.EXECUTE, Doing.BATCH, Doing.CONNECTION}) {
        assertThatThrownBy(() -> way.reply(genl, request), way.name())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("dump");
      }
      assertThat(genl.families()).isNotEmpty();
    }
  }
}
