package dev.jgenl;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.jgenl.wire.MessageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LayersTest {

  private static final String API = "dev.jgenl";
  private static final String NETLINK = "dev.jgenl.netlink";
  private static final String ENGINE = "dev.jgenl.engine";
  private static final String TRANSPORT = "dev.jgenl.transport";
  private static final String INTERNAL = "dev.jgenl.internal";
  private static final String WIRE = "dev.jgenl.wire";
  private static final String CAPTURE = "dev.jgenl.capture";

  private static final int ENGINE_LINES_MAX = 250;

  private static final Path SOURCES = Path.of("src/main/java/dev/jgenl");

  private static final Pattern CONTROL_MESSAGE = Pattern.compile("\\bNLMSG_(ERROR|DONE)\\b");

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
        .layer("API")
        .definedBy(resideInAnyPackage(API, NETLINK).and(DescribedPredicate.not(isVocabulary())))
        .layer("engine")
        .definedBy(ENGINE)
        .layer("vocabulary")
        .definedBy(resideInAPackage(API).and(isVocabulary()))
        .layer("libnl")
        .definedBy(INTERNAL)
        .layer("capture")
        .definedBy(CAPTURE)
        .layer("transport")
        .definedBy(TRANSPORT)
        .layer("codec")
        .definedBy(WIRE)
        .whereLayer("typed client")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("API")
        .mayOnlyBeAccessedByLayers("typed client")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("API")
        .whereLayer("vocabulary")
        .mayOnlyBeAccessedByLayers("typed client", "API", "engine")
        .whereLayer("libnl")
        .mayOnlyBeAccessedByLayers("API")
        .whereLayer("capture")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("transport")
        .mayOnlyBeAccessedByLayers("API", "engine", "vocabulary", "libnl", "capture")
        .check(library);
  }

  /** It serves any protocol of netlink. */
  @Test
  void engineKnowsNoFamily() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .haveSimpleNameStartingWith("Genl")
        .check(library);
  }

  /** Here it is decided what a message means; others only word what came instead. */
  @Test
  void onlyTheExchangeLooksAtSequencePortAndError() {
    noClasses()
        .that(resideOutsideOfPackage(WIRE).and(isNot("Exchange", "Incoming", "Strays")))
        .should()
        .callMethod(MessageReader.class, "sequence")
        .orShould()
        .callMethod(MessageReader.class, "portId")
        .check(library);
    noClasses()
        .that(resideOutsideOfPackage(WIRE).and(isNot("Exchange")))
        .should()
        .callMethod(MessageReader.class, "error")
        .check(library);
  }

  /** The compiler copies constants, so that only the sources show who refers to them. */
  @Test
  void onlyTheExchangeLooksAtControlMessages() throws IOException {
    assertThat(sources(SOURCES))
        .filteredOn(source -> !source.startsWith(SOURCES.resolve("wire")))
        .filteredOn(source -> CONTROL_MESSAGE.matcher(code(source)).find())
        .extracting(source -> source.getFileName().toString())
        .containsExactlyInAnyOrder("Exchange.java", "ExtendedAck.java");
  }

  @Test
  void classesOfTheEngineAreShort() throws IOException {
    List<Path> engine = sources(SOURCES.resolve("engine"));

    assertThat(engine).isNotEmpty();
    for (Path source : engine) {
      assertThat(Files.readAllLines(source).size())
          .as("lines of %s", source.getFileName())
          .isLessThanOrEqualTo(ENGINE_LINES_MAX);
    }
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

  /** An address is a value; what looks up its name, or reaches it, is input and output. */
  @Test
  void codecDoesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage(WIRE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.nio.file..")
                .and(
                    DescribedPredicate.not(
                        belongToAnyOf(
                            InetAddress.class, Inet6Address.class, UnknownHostException.class))))
        .orShould()
        .callMethodWhere(
            describe(
                "more than the bytes of an address are asked for",
                call ->
                    call.getTargetOwner().isAssignableTo(InetAddress.class)
                        && !Set.of("getByAddress", "getAddress").contains(call.getName())))
        .check(library);
  }

  @Test
  void onlyTheTransportOnLibnlHasNativeMethods() {
    methods()
        .that()
        .haveModifier(JavaModifier.NATIVE)
        .should()
        .beDeclaredInClassesThat()
        .resideInAPackage(INTERNAL)
        .check(library);
  }

  @Test
  void onlyTheTransportOnLibnlLoadsLibraries() {
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

  /** What the engine tells its callers with: values and exceptions, which know no engine. */
  private static DescribedPredicate<JavaClass> isVocabulary() {
    Set<String> values =
        Set.of(
            "ExtendedAck",
            "AttributePolicy",
            "DumpPolicy",
            "Outcome",
            "Event",
            "Dump",
            "Reply",
            "RequestNames",
            "Named");
    return describe(
        "vocabulary",
        type -> values.contains(topLevel(type)) || type.isAssignableTo(NetlinkException.class));
  }

  private static DescribedPredicate<JavaClass> isNot(String... names) {
    return describe(
        "not " + String.join(", ", names), type -> !List.of(names).contains(topLevel(type)));
  }

  private static String topLevel(JavaClass type) {
    return type.getEnclosingClass().map(LayersTest::topLevel).orElseGet(type::getSimpleName);
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** Reads a source without its comments. */
  private static String code(Path source) {
    try {
      return Files.readString(source).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
