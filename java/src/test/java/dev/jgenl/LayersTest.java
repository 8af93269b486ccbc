package dev.jgenl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

final class LayersTest {

  private static final String WIRE = "dev.jgenl.wire";
  private static final String INTERNAL = "dev.jgenl.internal";

  private static final JavaClasses library =
      new ClassFileImporter()
          .importUrl(Genl.class.getProtectionDomain().getCodeSource().getLocation());

  /** So there is no cycle, and the typed client knows nothing that its users could not. */
  @Test
  void eachLayerKnowsOnlyThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .ensureAllClassesAreContainedInArchitecture()
        .layer("typed client")
        .definedBy("dev.jgenl.foobar")
        .layer("engine")
        .definedBy("dev.jgenl")
        .layer("transport")
        .definedBy(INTERNAL)
        .layer("codec")
        .definedBy(WIRE)
        .whereLayer("typed client")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("typed client")
        .whereLayer("transport")
        .mayOnlyBeAccessedByLayers("engine")
        .check(library);
  }

  @Test
  void codecDependsOnTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage(WIRE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(WIRE, "java..", "org.jspecify.annotations")
        .check(library);
  }

  @Test
  void codecDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage(WIRE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.nio.file..")
        .check(library);
  }

  @Test
  void onlyTheTransportHasNativeMethods() {
    methods()
        .that()
        .haveModifier(JavaModifier.NATIVE)
        .should()
        .beDeclaredInClassesThat()
        .resideInAPackage(INTERNAL)
        .check(library);
  }

  @Test
  void onlyTheTransportLoadsLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL)
        .should()
        .callMethod(System.class, "load", String.class)
        .orShould()
        .callMethod(System.class, "loadLibrary", String.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Runtime.class)
        .check(library);
  }
}
