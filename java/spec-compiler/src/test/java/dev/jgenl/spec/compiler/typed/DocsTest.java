package dev.jgenl.spec.compiler.typed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocsTest {

  @Test
  void textOfASpecBecomesSentences() {
    assertThat(Docs.of("set the ``mtu``\n\nof **one**\n~~~~~~\nlink", "Attribute 4.").build())
        .hasToString("Set the {@code mtu}.\n\n<p>Of one.\n\n<p>Link.\n\n<p>Attribute 4.\n");
  }

  @Test
  void nothingOfItEndsTheComment() {
    assertThat(Docs.html("*/ class X {} /* \\u002a/ {@link Y} @param <b>&amp;"))
        .doesNotContain("*", "\\", "@", "{", "<", "&amp")
        .contains("&#42;/ class X &#123;&#125;");
  }

  @Test
  void codeWithMarksOfItsOwnIsNoTag() {
    assertThat(Docs.code("struct in_addr")).isEqualTo("{@code struct in_addr}");
    assertThat(Docs.code("a}b")).isEqualTo("<code>a&#125;b</code>");
    assertThat(Docs.html("``*/``")).isEqualTo("<code>&#42;/</code>");
  }
}
