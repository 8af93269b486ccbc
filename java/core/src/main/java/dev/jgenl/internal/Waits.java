package dev.jgenl.internal;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The open transports that have waited, and what only they need: a shutdown hook, since the JVM
 * does not end for 300 ms while a thread is in native code; and platform threads that wait in the
 * place of virtual ones, whose carriers would be held. Both come with the first that needs them,
 * keep nothing of the thread that makes them, and go with the last transport.
 */
final class Waits {

  // Guarded by the class.
  private static final Set<LibnlTransport> TRANSPORTS = new HashSet<>();
  private static @Nullable Thread hook;
  private static @Nullable ExecutorService threads;

  private static volatile boolean ended;

  private Waits() {}

  /** Adds a transport before its first wait. */
  static synchronized void add(LibnlTransport transport) {
    if (hook == null && !ended) {
      Thread thread = thread(Waits::end);
      try {
        Runtime.getRuntime().addShutdownHook(thread);
        hook = thread;
      } catch (IllegalStateException e) {
        // The JVM is ending already.
        ended = true;
      }
    }
    TRANSPORTS.add(transport);
  }

  /** Removes a transport before it is closed. */
  static synchronized void remove(LibnlTransport transport) {
    if (!TRANSPORTS.remove(transport) || !TRANSPORTS.isEmpty()) {
      return;
    }
    if (threads != null) {
      threads.shutdown();
      threads = null;
    }
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is ending: the hook has run or will, and does no harm.
      }
      hook = null;
    }
  }

  /** Tells whether the JVM is ending: no thread must wait in native code any more. */
  static boolean ended() {
    return ended;
  }

  /**
   * Has a platform thread wait. An interrupt wakes it, and its end is awaited all the same, since
   * the transport may be closed afterwards.
   *
   * @param wait the wait, of a transport that was added
   * @param wake ends it
   * @return what the wait returns; the thread stays interrupted if it was
   */
  static int byPlatformThread(Callable<Integer> wait, Runnable wake) {
    Future<Integer> result = threads().submit(wait);
    boolean interrupted = false;
    try {
      for (; ; ) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          wake.run();
        } catch (ExecutionException e) {
          throw new AssertionError(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static synchronized ExecutorService threads() {
    if (threads == null) {
      threads = Executors.newCachedThreadPool(Waits::thread);
    }
    return threads;
  }

  /** The shutdown hook. It closes nothing: hooks of the application may go on with requests. */
  private static synchronized void end() {
    ended = true;
    TRANSPORTS.forEach(LibnlTransport::endWaits);
  }

  /**
   * Makes a thread that inherits nothing. The context of access control would hold the class loader
   * of every caller, and a thread group of the application may be gone when a hook starts.
   */
  @SuppressWarnings("removal")
  private static Thread thread(Runnable task) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread thread = new Thread(rootGroup(), task, "jgenl-wait", 0, false);
              thread.setContextClassLoader(null);
              thread.setDaemon(true);
              return thread;
            });
  }

  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
