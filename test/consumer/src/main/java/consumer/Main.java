package consumer;

import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.NetlinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Asks the kernel for a family that every kernel has, and says where the shim was loaded from. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws NetlinkException, IOException {
    try (Genl genl = Genl.open()) {
      GenlFamily controller = genl.family("nlctrl");
      System.out.println(
          Genl.class.getModule() + " got family " + controller.name() + " with id " + controller.id());
    }
    System.out.println("mapped: " + String.join(" and ", mapped()));
  }

  /** The files of the shim that are mapped to be executed, each by its path. */
  private static List<String> mapped() throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains("libjgenl") && line.contains(" r-xp "))
          .map(line -> line.substring(line.indexOf('/')))
          .toList();
    }
  }
}
