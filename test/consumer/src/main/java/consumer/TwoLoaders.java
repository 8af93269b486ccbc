package consumer;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Runs the program in two class loaders that know nothing of each other: two applications. */
final class TwoLoaders {
  private TwoLoaders() {}

  public static void main(String[] args) throws Exception {
    URL[] jars = new URL[args.length];
    for (int i = 0; i < args.length; i++) {
      jars[i] = Path.of(args[i]).toUri().toURL();
    }
    for (int i = 0; i < 2; i++) {
      // Not closed: what the first has loaded stays.
      @SuppressWarnings("resource")
      URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
      loader
          .loadClass(Main.class.getName())
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }
}
