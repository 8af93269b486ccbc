package dev.jgenl.spec.typed;

import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.ModelFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The models of families in the jars of the classes that are generated of them. */
final class BundledModels {

  private static final String FOLDER = "META-INF/jgenl/families/";

  /** As long as the class is there. */
  private static final ClassValue<Map<String, Family>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Map<String, Family> computeValue(Class<?> anchor) {
          return new ConcurrentHashMap<>();
        }
      };

  private BundledModels() {}

  static Family family(Class<?> anchor, String name) {
    return KNOWN.get(anchor).computeIfAbsent(name, n -> read(anchor, FOLDER + n + ".model"));
  }

  private static Family read(Class<?> anchor, String resource) {
    try (InputStream in = open(anchor, resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource + " is not where " + anchor.getName() + " is");
      }
      return ModelFile.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Several jars of a class path may have one of the name: that beside the class counts. */
  private static @Nullable InputStream open(Class<?> anchor, String resource) throws IOException {
    String file = anchor.getName().replace('.', '/') + ".class";
    URL itself = anchor.getResource("/" + file);
    if (!anchor.getModule().isNamed() && itself != null) {
      String root = itself.toString().substring(0, itself.toString().length() - file.length());
      for (URL url : Collections.list(anchor.getClassLoader().getResources(resource))) {
        if (url.toString().equals(root + resource)) {
          return url.openStream();
        }
      }
    }
    return anchor.getResourceAsStream("/" + resource);
  }
}
