package dev.jgenl.bench.client;

import static dev.jgenl.bench.client.Client.require;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line in a process of its own, whose text is parsed. Nothing stays open between two of
 * them, so that an exchange is a whole cycle, and there is no pipeline.
 */
public final class ForkClient {

  private static final String GENL = "/usr/sbin/genl";
  private static final String XMPL = "target/cmake/examples/c/xmpl-c-libnl";

  private static final Pattern ID =
      Pattern.compile("^\\s*ID: 0x(\\p{XDigit}+) ", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("^Name: \\S+", Pattern.MULTILINE);
  private static final Pattern REPLY =
      Pattern.compile("^\\[User-C-libnl] Kernel replied: '(.*)'$", Pattern.MULTILINE);

  private ForkClient() {}

  public static void main(String[] args) {
    Serve.main(args, kernel -> kernel == Kernel.HOST ? new Iproute2() : new Xmpl());
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    int status = process.waitFor();
    require(status == 0, String.join(" ", command) + " ended with status " + status);
    return new String(output, StandardCharsets.UTF_8);
  }

  /** What does not depend on the command. */
  private abstract static class Forks implements Client, Client.Connection {

    @Override
    public Connection connect() {
      return this;
    }

    @Override
    public void exchange(String message) throws Exception {
      cycle(message);
    }

    @Override
    public boolean can(Operation operation) {
      return operation != Operation.PIPELINE && Client.super.can(operation);
    }

    @Override
    public void pipeline(String message, int count) {
      throw new UnsupportedOperationException();
    }
  }

  /** The command "genl". */
  private static final class Iproute2 extends Forks {

    @Override
    public String madeOf() {
      try {
        return run(GENL, "-V").strip().replace("genl utility, iproute2-", "iproute2 ");
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void cycle(String message) throws Exception {
      Matcher id = ID.matcher(run(GENL, "ctrl", "get", "name", message));
      require(
          id.find() && Integer.parseInt(id.group(1), 16) == NLCTRL_ID, "no number, or a wrong one");
    }

    @Override
    public long dump(int payload, long count) throws Exception {
      String families = run(GENL, "ctrl", "list");
      long messages = NAME.matcher(families).results().count();
      require(messages > 0, "no families");
      return messages;
    }
  }

  /** The example in C. */
  private static final class Xmpl extends Forks {

    @Override
    public String madeOf() {
      return "xmpl-c-libnl";
    }

    /** No command dumps genl_lab. */
    @Override
    public boolean can(Operation operation) {
      return operation != Operation.DUMP && super.can(operation);
    }

    @Override
    public void cycle(String message) throws Exception {
      Matcher reply = REPLY.matcher(run(XMPL, "--message", message, "echo"));
      require(reply.find() && reply.group(1).equals(message), "no echo, or a wrong one");
    }

    @Override
    public long dump(int payload, long count) {
      throw new UnsupportedOperationException();
    }
  }
}
