package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

  @TempDir Path folder;
  private Scripted jgenl;

  @BeforeEach
  void script() throws IOException {
    jgenl = new Scripted(folder);
  }

  private List<String> complete(String... words) {
    List<String> all = new ArrayList<>(List.of("complete", "--"));
    all.addAll(List.of(words));
    assertThat(jgenl.run(all.toArray(new String[0]))).isZero();
    return jgenl.out().lines().toList();
  }

  @Test
  void verbsAreCompleted() {
    assertThat(complete("du")).containsExactly("dump");
    assertThat(complete("compl")).containsExactly("completion");
  }

  @Test
  void familiesAndOperationsAreCompleted() {
    assertThat(complete("do", "sens")).containsExactly("sensors");
    assertThat(complete("do", "sensors", "")).containsExactly("get", "set");
    assertThat(complete("dump", "sensors", "")).containsExactly("get");
    assertThat(complete("describe", "sensors", "pl")).containsExactly("place");
  }

  @Test
  void pathsAndValuesAreCompleted() {
    assertThat(complete("do", "sensors", "get", "pl")).containsExactly("place.");
    assertThat(complete("do", "sensors", "get", "place."))
        .containsExactly("place.room=", "place.floor=");
    assertThat(complete("do", "sensors", "get", "o")).containsExactly("on");
    assertThat(complete("do", "sensors", "get", "state="))
        .containsExactly("state=cold", "state=warm", "state=hot");
  }

  @Test
  void optionsAndTheirValuesAreCompletedWhereverTheyStand() {
    assertThat(complete("-o", "json")).containsExactly("json", "jsonl");
    assertThat(complete("-n", "blue", "do", "sens")).containsExactly("sensors");
    assertThat(complete("do", "-o", "json", "sensors", "s")).containsExactly("set");
    assertThat(complete("do", "--dr")).containsExactly("--dry-run");
  }

  @Test
  void whatIsUnknownHasNoCandidates() {
    assertThat(complete("do", "nothing", "")).isEmpty();
    assertThat(complete("do", "sensors", "nothing", "")).isEmpty();
    assertThat(complete("nothing", "")).isEmpty();
  }
}
