package dev.jgenl;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the jars tell GraalVM's native-image: as a tool would, from the files of the jars. */
class NativeImageTest {

  private static final Path JNI =
      Path.of("src/main/resources/META-INF/native-image/dev.jgenl/jgenl/jni-config.json");
  private static final Path RESOURCES =
      Path.of(
          "../../native/src/main/resources/META-INF/native-image/dev.jgenl/jgenl-native",
          "resource-config.json");

  /** The shim asks for these by name when it is loaded. */
  @Test
  void classesWithNativeMethodsAreNamed() throws IOException {
    Set<String> natives =
        new ClassFileImporter()
            .importPath(Path.of("target/classes")).stream()
                .filter(NativeImageTest::hasNativeMethods)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

    assertThat(natives).isNotEmpty();
    assertThat(values(JNI, "name")).isEqualTo(natives);
  }

  @Test
  void filesOfBothPlatformsAreNamed() throws IOException {
    assertThat(values(RESOURCES, "pattern"))
        .containsExactlyInAnyOrder(
            "\\\\QMETA-INF/lib/linux_64/libjgenl.so\\\\E",
            "\\\\QMETA-INF/lib/linux_arm64/libjgenl.so\\\\E");
  }

  private static boolean hasNativeMethods(JavaClass type) {
    return type.getMethods().stream()
        .anyMatch(method -> method.getModifiers().contains(JavaModifier.NATIVE));
  }

  private static Set<String> values(Path json, String key) throws IOException {
    return Pattern.compile("\"" + key + "\": \"([^\"]*)\"")
        .matcher(Files.readString(json))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }
}
