package dev.jgenl.bench.client;

import dev.jgenl.bench.client.Client.Connection;
import dev.jgenl.bench.client.Client.Operation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does what the lines on standard input ask for; bench/README.md says how a client speaks. */
public final class Serve {

  private static final int PIPELINE = 1_000;

  private final Client client;
  private final Kernel kernel;
  private final Consumer<String> out;

  /** One for each thread. */
  private final List<Connection> connections = new ArrayList<>();

  Serve(Client client, Kernel kernel, Consumer<String> out) {
    this.client = client;
    this.kernel = kernel;
    this.out = out;
  }

  /** Makes a client. */
  @FunctionalInterface
  public interface Opening {
    Client open(Kernel kernel) throws Exception;
  }

  /**
   * The whole life of a client; ends the process with status 1 if anything is wrong.
   *
   * @param args "host" or "vm"
   */
  public static void main(String[] args, Opening opening) {
    if (args.length != 1 || !args[0].matches("host|vm")) {
      System.err.println("usage: host|vm");
      System.exit(2);
    }
    try {
      Kernel kernel = Kernel.valueOf(args[0].toUpperCase(Locale.ROOT));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      new Serve(opening.open(kernel), kernel, Serve::print).serve(in);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }

  void serve(BufferedReader in) throws Exception {
    out.accept(client.madeOf() + ", JDK " + System.getProperty("java.version"));
    // Now, so that what a trace shows from the first line on is the operation alone.
    connections.add(client.connect());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      Operation operation = Operation.of(words[0]);
      if (client.can(operation)) {
        int payload = Integer.parseInt(words[1]);
        int threads = Integer.parseInt(words[2]);
        out.accept(time(operation, payload, threads, Long.parseLong(words[3])));
      } else {
        out.accept("unsupported");
      }
    }
  }

  private String time(Operation operation, int payload, int threads, long count) throws Exception {
    while (connections.size() < threads) {
      connections.add(client.connect());
    }
    return threads == 1
        ? timeHere(new Work(operation, payload, connections.get(0), count))
        : timeInThreads(operation, payload, threads, count);
  }

  /** A single thread needs no other to be woken. */
  private static String timeHere(Work work) throws Exception {
    long start = System.nanoTime();
    long done = work.run();
    String time = System.nanoTime() - start + " " + done;
    return Operation.OF_OBJECTS.contains(work.operation) ? time + " " + work.sum : time;
  }

  private String timeInThreads(Operation operation, int payload, int threads, long count)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch ready = new CountDownLatch(threads);
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Long>> shares = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        long share = count / threads + (i < count % threads ? 1 : 0);
        Work work = new Work(operation, payload, connections.get(i), share);
        shares.add(
            pool.submit(
                () -> {
                  ready.countDown();
                  go.await();
                  return work.run();
                }));
      }
      ready.await();
      long start = System.nanoTime();
      go.countDown();
      long done = 0;
      for (Future<Long> share : shares) {
        done += share.get();
      }
      return System.nanoTime() - start + " " + done;
    } finally {
      pool.shutdown();
    }
  }

  /** What one thread does. */
  private final class Work {

    private final Operation operation;
    private final int payload;
    private final Connection connection;
    private final long count;
    private final String message;

    /** What the fields of the last objects came to. */
    private long sum;

    Work(Operation operation, int payload, Connection connection, long count) {
      this.operation = operation;
      this.payload = payload;
      this.connection = connection;
      this.count = count;
      message = kernel.message(payload);
    }

    /** Returns how many operations were done, which may be more than were asked for. */
    long run() throws Exception {
      return switch (operation) {
        case CYCLE -> cycle();
        case EXCHANGE -> exchange();
        case PIPELINE -> pipeline();
        case DUMP -> dump();
        case LINKS -> links();
        case ROUTES -> routes();
        case LINKINFO_GET, FEATURES_GET -> objects(1);
        case GETLINK, GET_DEVICE -> objects(payload);
      };
    }

    private long cycle() throws Exception {
      for (long i = 0; i < count; i++) {
        client.cycle(message);
      }
      return count;
    }

    private long exchange() throws Exception {
      for (long i = 0; i < count; i++) {
        connection.exchange(message);
      }
      return count;
    }

    private long pipeline() throws Exception {
      long done = 0;
      while (done < count) {
        int requests = (int) Math.min(PIPELINE, count - done);
        connection.pipeline(message, requests);
        done += requests;
      }
      return done;
    }

    private long dump() throws Exception {
      long done = 0;
      while (done < count) {
        done += connection.dump(payload, Math.min(count - done, Client.LAB_COUNT_MAX));
      }
      return done;
    }

    private long links() throws Exception {
      long done = 0;
      for (; done < count; done += payload) {
        connection.links(payload);
      }
      return done;
    }

    private long routes() throws Exception {
      long done = 0;
      for (; done < count; done += payload) {
        connection.routes(payload);
      }
      return done;
    }

    private long objects(int total) throws Exception {
      long done = 0;
      for (; done < count; done += total) {
        sum = connection.objects(operation, total);
      }
      return done;
    }
  }
}
