package consumer;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Runs the program in a layer of modules, each of which has a class loader of its own. */
final class ManyLoaders {
  private ManyLoaders() {}

  public static void main(String[] args) throws Exception {
    ModuleFinder finder =
        ModuleFinder.of(Arrays.stream(args).map(Path::of).toArray(Path[]::new));
    ModuleLayer boot = ModuleLayer.boot();
    Configuration modules =
        boot.configuration().resolveAndBind(finder, ModuleFinder.of(), Set.of("consumer"));
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithManyLoaders(
            modules, List.of(boot), ClassLoader.getPlatformClassLoader());
    Module consumer = layer.layer().findModule("consumer").orElseThrow();
    layer.addOpens(consumer, "consumer", ManyLoaders.class.getModule());
    Class.forName(consumer, Main.class.getName())
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }
}
