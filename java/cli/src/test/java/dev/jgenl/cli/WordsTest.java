package dev.jgenl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void blanksPartWords() {
    assertThat(Words.of("do  ethtool\tstrset-get ")).containsExactly("do", "ethtool", "strset-get");
    assertThat(Words.of("  ")).isEmpty();
  }

  @Test
  void quotesKeepWhatTheyHold() {
    assertThat(Words.of("a='b \"c' {\"x y\": 1} \"\\\"\\\\\\n\" ''"))
        .containsExactly("a=b \"c", "{x y:", "1}", "\"\\\\n", "");
  }

  @Test
  void aBackslashKeepsOneCharacter() {
    assertThat(Words.of("a\\ b \\# \\\\")).containsExactly("a b", "#", "\\");
  }

  @Test
  void aCommentBeginsAtTheStartOfAWord() {
    assertThat(Words.of("do a#b # c 'd")).containsExactly("do", "a#b");
    assertThat(Words.of("# nothing")).isEmpty();
  }

  @Test
  void whatDoesNotEndIsRefused() {
    for (String line : new String[] {"'a", "\"a\\\"", "a\\"}) {
      assertThatThrownBy(() -> Words.of(line))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("ends with the line");
    }
  }
}
