package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManPageTest {

  @Test
  void everyVerbHasASection() {
    assertThat(Verbs.NAMES).isNotEmpty();
    for (String name : Verbs.NAMES) {
      assertThat(ManPage.verbs()).containsPattern("(?m)^\\.SS jgenl " + name + "( |$)");
    }
  }

  @Test
  void everyOptionThatHelpShowsIsThere() {
    Syntax common = new Syntax();
    CommonOptions.addTo(common);
    assertThat(common.options()).isNotEmpty();
    for (Syntax.Option option : common.options()) {
      assertThat(ManPage.commonOptions()).contains(roff(option.longestName()));
    }
    assertThat(ManPage.verbs())
        .contains(roff("--dry-run"))
        .doesNotContain(roff("--process-unknown"));
  }

  @Test
  void everyWordThatAParameterMayBeIsThere() {
    assertThat(ManPage.verbs()).contains(".B validate\nsays what is wrong", ".B fish\n");
  }

  @Test
  void statusAndFormatThatAreOfAVerbAloneAreThere() {
    assertThat(ManPage.verbs())
        .contains("Behind \\-\\- it ends with the status of the command.")
        .contains("\\-o json is an object in each line");
  }

  @Test
  void noLineIsARequestToRoffByAccident() {
    assertThat(ManPage.verbs().lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(SS|TP|I|B)( .*)?"));
  }

  private static String roff(String option) {
    return "\\fB" + option.replace("-", "\\-") + "\\fR";
  }
}
