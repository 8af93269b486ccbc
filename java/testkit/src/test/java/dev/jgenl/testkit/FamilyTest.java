package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.NetlinkException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Families that come, go and come again. */
class FamilyTest {

  private static final int ECHO = 1;
  private static final int NUMBER = 1;

  private final FakeKernel kernel = new FakeKernel();
  private final FakeFamily family =
      kernel
          .family("demo")
          .onDo(ECHO, (request, answer) -> answer.message(ECHO, a -> a.putU32(NUMBER, 1)));

  /** Each time that it is asked for, and once more behind the socket that hears of changes. */
  @Test
  void requestsDoNotAskForTheFamily() throws NetlinkException {
    AtomicInteger asked = new AtomicInteger();
    try (Genl genl = kernel.open()) {
      GenlFamily demo = genl.family("demo");
      for (int i = 0; i < 100; i++) {
        genl.request(demo, ECHO, a -> asked.incrementAndGet());
      }

      assertThat(genl.family("demo")).isEqualTo(demo);
      assertThat(kernel.controller().requests()).hasSizeBetween(2, 3);
      assertThat(asked).hasValue(100);
    }
  }

  @Test
  @DisplayName("T11 a family that was registered anew is found under its new number")
  void familyRegisteredAnewIsFound() throws Exception {
    try (Genl genl = kernel.open()) {
      GenlFamily before = genl.family("demo");
      kernel.unregister(family);
      FakeFamily after = kernel.registerAgain(family);
      awaitChange(genl, before);

      GenlMessage answer = genl.request(before, ECHO, a -> {});

      assertThat(after.id()).isNotEqualTo(before.id());
      assertThat(answer.familyId()).isEqualTo(after.id());
    }
  }

  @Test
  @DisplayName("T11 a request never reaches another family that took the number over")
  void requestNeverReachesAnotherFamily() throws Exception {
    try (Genl genl = kernel.open()) {
      GenlFamily demo = genl.family("demo");
      kernel.unregister(family);
      FakeFamily thief = kernel.takeOver(family, "thief");
      AtomicInteger stolen = new AtomicInteger();
      thief.onDo(ECHO, (request, answer) -> stolen.incrementAndGet());
      awaitGone(genl);

      assertThatThrownBy(() -> genl.request(demo, ECHO, a -> {}))
          .isInstanceOf(FamilyNotFoundException.class);
      assertThat(stolen).hasValue(0);
    }
  }

  @Test
  void allFamiliesAreListed() throws NetlinkException {
    kernel.family("second");
    try (Genl genl = kernel.open()) {
      assertThat(genl.families())
          .extracting(GenlFamily::name)
          .containsExactly("nlctrl", "demo", "second");
    }
  }

  private static void awaitChange(Genl genl, GenlFamily before) throws Exception {
    while (genl.family("demo").id() == before.id()) {
      Thread.sleep(1);
    }
  }

  private static void awaitGone(Genl genl) throws Exception {
    try {
      while (true) {
        genl.family("demo");
        Thread.sleep(1);
      }
    } catch (FamilyNotFoundException e) {
      // That was awaited.
    }
  }
}
