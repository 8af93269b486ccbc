package dev.jgenl.maven;

import dev.jgenl.spec.compiler.SpecException;
import dev.jgenl.spec.compiler.TypedClients;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Makes a typed client of each spec of a netlink family that is in a folder, and of each the model
 * that the client reads at run time: the sources are compiled with those of the project, the models
 * go into its jar.
 *
 * <p>The specs are compiled each time, which takes a moment, but a file is written only if it
 * becomes another one, and what is made of a spec that is no longer there is removed. So the steps
 * behind this one have nothing to do where no spec has changed. A project has one execution of this
 * goal.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public final class GenerateMojo extends AbstractMojo {

  /** The folder of the specs: all files in it whose names end with {@code .yaml}. */
  @Parameter(defaultValue = "${project.basedir}/src/main/netlink")
  private File specs;

  /**
   * The package of all clients: in it each family has one of its own, which is called as the family
   * is, in small letters and digits. The client of {@code gnl_foobar_xmpl} is then {@code
   * com.example.gnlfoobarxmpl.GnlFoobarXmpl}.
   */
  @Parameter(defaultValue = "${project.groupId}")
  private String packageName;

  @Parameter(defaultValue = "${project.build.directory}/generated-sources/netlink", readonly = true)
  private File sources;

  @Parameter(
      defaultValue = "${project.build.directory}/generated-resources/netlink",
      readonly = true)
  private File resources;

  @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true)
  private File classes;

  @Parameter(defaultValue = "${project}", readonly = true)
  private MavenProject project;

  /** Makes one without parameters. */
  public GenerateMojo() {}

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    try {
      List<Path> files = files();
      TypedClients clients = clients(files);
      Set<String> changed = new TreeSet<>(OutputFolder.update(sources.toPath(), clients.sources()));
      changed.addAll(updateResources(clients));
      getLog().info("specs: " + files.size() + ", files changed: " + changed.size());
    } catch (IOException e) {
      throw new MojoExecutionException("cannot read or write: " + e, e);
    }
    project.addCompileSourceRoot(sources.getPath());
    Resource models = new Resource();
    models.setDirectory(resources.getPath());
    project.addResource(models);
  }

  private List<Path> files() throws IOException {
    if (!specs.isDirectory()) {
      getLog().warn("there are no specs, since there is no folder " + specs);
      return List.of();
    }
    try (Stream<Path> list = Files.list(specs.toPath())) {
      return list.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private TypedClients clients(List<Path> files) throws IOException, MojoFailureException {
    if (!SourceVersion.isName(packageName)) {
      throw new MojoFailureException(
          "a package of Java cannot be called " + packageName + ": set packageName to another one");
    }
    try {
      return TypedClients.of(files, packageName);
    } catch (SpecException e) {
      throw new MojoFailureException("a spec is wrong\n" + e.getMessage(), e);
    }
  }

  /** What goes, goes from where Maven has copied it to as well. */
  private Set<String> updateResources(TypedClients clients) throws IOException {
    Set<String> changed = OutputFolder.update(resources.toPath(), clients.resources());
    for (String path : changed) {
      if (!clients.resources().containsKey(path)) {
        Files.deleteIfExists(classes.toPath().resolve(path));
      }
    }
    return changed;
  }
}
