package consumer;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Runs the program while the context class loader is a child of that of jgenl, and alone knows the
 * jar of jgenl-native: an application server with the library shared between its applications.
 */
final class ChildLoader {
  private ChildLoader() {}

  public static void main(String[] args) throws Exception {
    URL[] jar = {Path.of(args[0]).toUri().toURL()};
    try (URLClassLoader child = new URLClassLoader(jar)) {
      Thread.currentThread().setContextClassLoader(child);
      Main.main(args);
    }
  }
}
