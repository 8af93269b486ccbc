package dev.jgenl.testkit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever is received, each call ends with an answer or an exception that is declared, and all
 * works once the kernel is itself again. The inputs beside it are run; with JAZZER_FUZZ=1 in the
 * environment it looks for more (test/torture/codec.sh).
 */
class HostileAnswersTest {

  @FuzzTest(maxDuration = "10m")
  void anyDatagramsAreAnAnswerOrAnException(FuzzedDataProvider data) throws Exception {
    new HostileRun(data).run();
  }

  @FuzzTest(maxDuration = "10m")
  void anyAnswerOfTheControllerIsAFamilyOrAnException(FuzzedDataProvider data) throws Exception {
    new HostileRun(data).resolve();
  }
}
