package dev.jgenl;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the exported packages promise for ten years. */
class ApiTest {

  private static final ModuleDescriptor MODULE = Genl.class.getModule().getDescriptor();

  private static final Set<String> EXPORTED =
      MODULE.exports().stream()
          .filter(exports -> !exports.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toSet());

  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .importUrl(Genl.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void engineAndLoaderAreNotExported() {
    assertThat(EXPORTED)
        .containsExactlyInAnyOrder(
            "dev.jgenl",
            "dev.jgenl.capture",
            "dev.jgenl.foobar",
            "dev.jgenl.netlink",
            "dev.jgenl.transport",
            "dev.jgenl.wire");
  }

  /** Users could neither write down the type nor call its methods. */
  @Test
  void signaturesHaveExportedTypesOnly() {
    Set<String> wrong =
        api()
            .flatMap(ApiTest::members)
            .filter(member -> types(member).anyMatch(type -> !isVisible(type)))
            .map(JavaMember::getFullName)
            .collect(toCollection(TreeSet::new));

    assertThat(wrong).isEmpty();
  }

  /** A component that is added breaks whoever makes one or takes it apart. */
  @Test
  void recordsAreFewAndCannotGrow() {
    assertThat(api().filter(JavaClass::isRecord).map(JavaClass::getSimpleName))
        .containsExactlyInAnyOrder(
            "Gap", "Listed", "Notification", "Synchronized", "Success", "Failure", "Bitfield32");
  }

  /**
   * A method that may be overridden is a promise too, and so is a constructor that is forgotten.
   */
  @Test
  void classesAreFinalOrMeantToBeExtended() {
    Set<String> open =
        api()
            .filter(type -> !type.isInterface() && !type.isEnum())
            .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
            .map(JavaClass::getSimpleName)
            .collect(toCollection(TreeSet::new));

    assertThat(open)
        .containsExactlyInAnyOrder("NetlinkException", "Message", "Request", "ForwardingTransport");
  }

  private static Stream<JavaClass> api() {
    return LIBRARY.stream().filter(ApiTest::isVisible).filter(ApiTest::isOurs);
  }

  private static Stream<? extends JavaMember> members(JavaClass type) {
    return type.getMembers().stream()
        .filter(
            member ->
                member.getModifiers().contains(JavaModifier.PUBLIC)
                    || member.getModifiers().contains(JavaModifier.PROTECTED))
        .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  private static Stream<JavaClass> types(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getAllInvolvedRawTypes().stream();
    }
    return ((JavaCodeUnit) member).getAllInvolvedRawTypes().stream();
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("dev.jgenl");
  }

  /** A nested type is seen only if those around it are. */
  private static boolean isVisible(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return !isOurs(base)
        || (EXPORTED.contains(base.getPackageName())
            && base.getModifiers().contains(JavaModifier.PUBLIC)
            && base.getEnclosingClass().map(ApiTest::isVisible).orElse(true));
  }
}
