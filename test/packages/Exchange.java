import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Asks the running kernel for a family and prints which file the JNI library was mapped from. */
public final class Exchange {
  private Exchange() {}

  public static void main(String[] args) throws Exception {
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      System.out.println("family nlctrl has the id " + controller.id());
    }
    List<String> files =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(line -> line.contains("libjgenl"))
            .map(line -> line.replaceAll("^[^/]*", ""))
            .distinct()
            .toList();
    files.forEach(file -> System.out.println("mapped: " + file));
  }
}
