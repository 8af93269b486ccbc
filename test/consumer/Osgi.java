import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;

/** Runs the consumer as a bundle of an OSGi framework: Osgi STORAGE CONSUMER BUNDLE…. */
final class Osgi {
  private Osgi() {}

  public static void main(String[] args) throws Exception {
    Framework framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage", args[0],
                    "org.osgi.framework.storage.clean", "onFirstInit"));
    framework.start();
    List<Bundle> bundles = new ArrayList<>();
    for (String jar : List.of(args).subList(2, args.length)) {
      String location = Path.of(jar).toUri().toString();
      bundles.add(framework.getBundleContext().installBundle(location));
    }
    Bundle consumer =
        framework.getBundleContext().installBundle("consumer", bundle(args[1]));
    consumer.start();
    consumer
        .loadClass("consumer.Main")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
    for (Bundle bundle : bundles) {
      System.out.println(bundle.getSymbolicName() + " " + bundle.getVersion() + ": " + bundle.getState());
    }
    framework.stop();
    framework.waitForStop(0);
  }

  /** The consumer says of itself no more than what it imports. */
  private static InputStream bundle(String jar) throws Exception {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "consumer");
    headers.putValue("Import-Package", "dev.jgenl");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarFile in = new JarFile(jar);
        JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      out.putNextEntry(new JarEntry("consumer/Main.class"));
      in.getInputStream(in.getJarEntry("consumer/Main.class")).transferTo(out);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
