package dev.jgenl.engine;

import java.lang.ref.Cleaner;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Frees what users have forgotten to close, once the collector finds it. With {@code
 * -Ddev.jgenl.leaks=true} each is reported with the stack of its opening, as a warning of the
 * {@link System.Logger} {@code dev.jgenl}.
 */
public final class Leaks {

  /** The system property that asks for reports. */
  public static final String PROPERTY = "dev.jgenl.leaks";

  private static final boolean REPORTED = Boolean.getBoolean(PROPERTY);

  private Leaks() {}

  /**
   * Watches over an object.
   *
   * @param owner the object
   * @param what its name for people
   * @param free frees what it owns, and tells whether there was something; must not refer to the
   *     owner
   * @return ends the watch when its owner is closed, after it has freed
   */
  public static Cleaner.Cleanable watch(Object owner, String what, BooleanSupplier free) {
    return Lazy.CLEANER.register(
        owner, new Leak(what, free, REPORTED ? new Throwable("opened here") : null));
  }

  /**
   * Watches over an object.
   *
   * @param owner the object
   * @param what its name for people
   * @param engine what it owns
   * @return ends the watch when its owner is closed, after it has closed the engine
   */
  public static Cleaner.Cleanable watch(Object owner, String what, Engine engine) {
    return watch(owner, what, new Closing(engine));
  }

  /** No lambda, as everything before the first answer. */
  private record Closing(Engine engine) implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      return engine.closeIfOpen();
    }
  }

  /** The thread of the cleaner is only there for programs that need it. */
  private static final class Lazy {
    static final Cleaner CLEANER = Cleaner.create();
  }

  private record Leak(String what, BooleanSupplier free, @Nullable Throwable opening)
      implements Runnable {

    @Override
    public void run() {
      if (free.getAsBoolean() && opening != null) {
        System.getLogger("dev.jgenl")
            .log(System.Logger.Level.WARNING, what + " was never closed", opening);
      }
    }
  }
}
