package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documentation comments of a spec's text, which may have anything in it. */
final class Docs {

  private static final int WIDTH = 88;
  private static final Pattern CODE = Pattern.compile("``(.+?)``");
  private static final Pattern MARKUP = Pattern.compile("\\*\\*|:c:[a-z]+:");
  private static final Pattern UNDERLINE = Pattern.compile("[~=\\-^\"]{3,}");

  private final List<String> paragraphs = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();

  private Docs() {}

  static Docs of(String firstSentence) {
    return new Docs().paragraph(firstSentence);
  }

  /** Begins with the spec's text if there is any, and with the sentence if not. */
  static Docs of(String text, String firstSentence) {
    Docs docs = new Docs().text(text);
    return docs.paragraph(firstSentence);
  }

  /** Adds what is already as it has to be in a comment. */
  Docs paragraph(String html) {
    if (!html.isEmpty()) {
      paragraphs.add(html);
    }
    return this;
  }

  /** Adds the spec's text. */
  Docs text(String text) {
    StringBuilder paragraph = new StringBuilder();
    for (String line : text.strip().lines().map(String::strip).toList()) {
      if (line.isEmpty() || UNDERLINE.matcher(line).matches()) {
        paragraph(sentence(paragraph.toString()));
        paragraph.setLength(0);
      } else {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
      }
    }
    return paragraph(sentence(paragraph.toString()));
  }

  private static String sentence(String text) {
    String html = html(text);
    if (html.isEmpty()) {
      return "";
    }
    String end = ".!?:;".indexOf(html.charAt(html.length() - 1)) < 0 ? "." : "";
    return Character.toUpperCase(html.charAt(0)) + html.substring(1) + end;
  }

  /** Returns text as it may stand in a comment, with code where RST has code. */
  static String html(String text) {
    String plain = MARKUP.matcher(text).replaceAll("");
    StringBuilder html = new StringBuilder();
    Matcher code = CODE.matcher(plain);
    int at = 0;
    while (code.find()) {
      html.append(escaped(plain.substring(at, code.start())));
      html.append(code(code.group(1)));
      at = code.end();
    }
    return html.append(escaped(plain.substring(at))).toString();
  }

  /** Returns what is shown as code. */
  static String code(String code) {
    boolean literal =
        code.chars().allMatch(c -> c >= ' ' && c < 127 && "{}@\\*/&<>".indexOf(c) < 0);
    return literal ? "{@code " + code + "}" : "<code>" + escaped(code) + "</code>";
  }

  /** Neither a tag, nor the end of the comment, nor what javac takes for a character. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("&<>{}@\\*".indexOf(c) >= 0) {
        escaped.append("&#").append((int) c).append(';');
      } else {
        escaped.append(c < ' ' || c == 127 ? ' ' : c);
      }
    }
    return escaped.toString();
  }

  Docs param(String name, String what) {
    tags.add("@param " + name + " " + what);
    return this;
  }

  Docs returns(String what) {
    tags.add("@return " + what);
    return this;
  }

  Docs throwing(String type, String when) {
    tags.add("@throws " + type + " " + when);
    return this;
  }

  CodeBlock build() {
    StringBuilder text = new StringBuilder();
    for (String paragraph : paragraphs) {
      text.append(text.isEmpty() ? "" : "\n\n<p>").append(wrapped(paragraph));
    }
    if (!tags.isEmpty()) {
      text.append('\n');
      tags.forEach(tag -> text.append('\n').append(tag));
    }
    return CodeBlock.of("$L\n", text);
  }

  private static String wrapped(String paragraph) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : paragraph.split(" +")) {
      if (column > 0 && column + word.length() >= WIDTH) {
        wrapped.append('\n');
        column = 0;
      } else if (column > 0) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }
}
