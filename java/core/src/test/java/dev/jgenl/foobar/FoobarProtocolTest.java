package dev.jgenl.foobar;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares {@link FoobarProtocol} with the header that the kernel module is compiled with. */
class FoobarProtocolTest {

  private static final String PREFIX = "GNL_FOOBAR_XMPL_";
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern LITERAL =
      Pattern.compile("#define\\s+" + PREFIX + "(\\w+)\\s+(\"[^\"]*\"|\\d+)\\s*");

  private static String header;

  @BeforeAll
  static void readHeader() throws IOException {
    header = COMMENT.matcher(Files.readString(findHeader())).replaceAll(" ");
  }

  @Test
  void nameVersionAndLimitsAreThoseOfTheHeader() {
    Map<String, Object> macros =
        header
            .lines()
            .map(LITERAL::matcher)
            .filter(Matcher::matches)
            .collect(toMap(m -> m.group(1), m -> literal(m.group(2))));

    assertThat(constants(name -> !name.startsWith("A_") && !name.startsWith("C_")))
        .isEqualTo(macros)
        .containsOnlyKeys("NAME", "VERSION", "MSG_LEN_MAX", "DUMP_COUNT");
  }

  @Test
  void attributesAreThoseOfTheHeader() {
    Map<String, Integer> enumerators = enumerators("ATTRIBUTE");

    assertThat(enumerators.remove(PREFIX + "A_UNSPEC")).isZero();
    assertThat(enumerators.remove("__" + PREFIX + "A_MAX")).isEqualTo(enumerators.size() + 1);
    assertThat(prefixed(constants(name -> name.startsWith("A_")))).isEqualTo(enumerators);
  }

  @Test
  void commandsAreThoseOfTheHeader() {
    Map<String, Integer> enumerators = enumerators("COMMAND");

    assertThat(enumerators.remove(PREFIX + "C_UNSPEC")).isZero();
    assertThat(enumerators.remove("__" + PREFIX + "C_MAX")).isEqualTo(enumerators.size() + 1);
    assertThat(prefixed(constants(name -> name.startsWith("C_")))).isEqualTo(enumerators);
  }

  private static Path findHeader() {
    Path start = Path.of(System.getProperty("basedir", System.getProperty("user.dir")));
    return Stream.iterate(start.toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("include/gnl_foobar_xmpl.h"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no include/gnl_foobar_xmpl.h above " + start));
  }

  private static Object literal(String text) {
    return text.startsWith("\"") ? text.substring(1, text.length() - 1) : Integer.valueOf(text);
  }

  /** Returns the enumerators of an enum of the header with their values. */
  private static Map<String, Integer> enumerators(String name) {
    Matcher body = Pattern.compile("enum\\s+" + PREFIX + name + "\\s*\\{([^}]*)}").matcher(header);
    assertThat(body.find()).as("enum %s", PREFIX + name).isTrue();
    Map<String, Integer> enumerators = new LinkedHashMap<>();
    int next = 0;
    for (String enumerator : body.group(1).split(",")) {
      if (enumerator.isBlank()) {
        continue;
      }
      String[] parts = enumerator.split("=");
      int value = parts.length == 2 ? Integer.decode(parts[1].strip()) : next;
      enumerators.put(parts[0].strip(), value);
      next = value + 1;
    }
    return enumerators;
  }

  private static Map<String, Object> constants(Predicate<String> wanted) {
    return Arrays.stream(FoobarProtocol.class.getDeclaredFields())
        .filter(field -> !field.isSynthetic() && wanted.test(field.getName()))
        .collect(toMap(Field::getName, FoobarProtocolTest::value));
  }

  private static Object value(Field constant) {
    try {
      return constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> prefixed(Map<String, Object> constants) {
    return constants.entrySet().stream()
        .collect(toMap(entry -> PREFIX + entry.getKey(), Map.Entry::getValue));
  }
}
