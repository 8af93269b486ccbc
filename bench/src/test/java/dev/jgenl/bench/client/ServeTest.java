package dev.jgenl.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.bench.client.Client.Connection;
import dev.jgenl.bench.client.Client.Operation;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServeTest {

  private final Counting client = new Counting();

  @Test
  void firstLineSaysWhatTheClientIsMadeOf() throws Exception {
    assertThat(serve("")).containsExactly("nothing, JDK " + System.getProperty("java.version"));
  }

  @Test
  void anExchangeIsDoneAsOftenAsAsked() throws Exception {
    assertThat(answer("exchange 50 1 7")).matches("\\d+ 7");
    assertThat(client.exchanges).hasValue(7);
  }

  @Test
  void threadsShareTheIterations() throws Exception {
    assertThat(answer("exchange 50 4 7")).matches("\\d+ 7");
    assertThat(client.connections).hasValue(4);
    assertThat(client.exchanges).hasValue(7);
  }

  @Test
  void connectionsStayOpenFromLineToLine() throws Exception {
    serve("exchange 50 2 2\nexchange 50 3 3\n");
    assertThat(client.connections).hasValue(3);
  }

  @Test
  void aPipelineIsOfAThousandRequests() throws Exception {
    assertThat(answer("pipeline 50 1 2001")).matches("\\d+ 2001");
    assertThat(client.pipelines).containsExactly(1000, 1000, 1);
  }

  @Test
  void dumpsAreRepeatedUntilEnoughMessagesHaveCome() throws Exception {
    assertThat(answer("dump 50 1 7")).matches("\\d+ 9");
  }

  @Test
  void linksAndRoutesAreListedUntilEnoughHaveCome() throws Exception {
    assertThat(answer("links 5 1 11")).matches("\\d+ 15");
    assertThat(answer("routes 7 1 7")).matches("\\d+ 7");
    assertThat(client.lists).containsExactly("links 5", "links 5", "links 5", "routes 7");
  }

  @Test
  void objectsAreAnsweredWithTheSumOfTheirFields() throws Exception {
    assertThat(answer("linkinfo-get 0 1 3")).matches("\\d+ 3 42");
    assertThat(answer("getlink 5 1 11")).matches("\\d+ 15 42");
    assertThat(client.lists)
        .containsExactly(
            "LINKINFO_GET 1",
            "LINKINFO_GET 1",
            "LINKINFO_GET 1",
            "GETLINK 5",
            "GETLINK 5",
            "GETLINK 5");
  }

  @Test
  void whatAClientCannotDoIsUnsupported() throws Exception {
    assertThat(answer("cycle 50 1 1")).isEqualTo("unsupported");
  }

  @Test
  void aWrongReplyInAThreadFails() {
    client.wrong = true;
    assertThatThrownBy(() -> serve("exchange 50 2 2\n")).hasRootCauseMessage("a wrong reply");
  }

  private String answer(String line) throws Exception {
    return serve(line + "\n").get(1);
  }

  private List<String> serve(String lines) throws Exception {
    List<String> out = new ArrayList<>();
    new Serve(client, Kernel.VM, out::add).serve(new BufferedReader(new StringReader(lines)));
    return out;
  }

  /** Has no kernel: dumps come in threes. */
  private static final class Counting implements Client, Connection {

    final AtomicInteger connections = new AtomicInteger();
    final AtomicLong exchanges = new AtomicLong();
    final List<Integer> pipelines = new ArrayList<>();
    final List<String> lists = new ArrayList<>();
    volatile boolean wrong;

    @Override
    public String madeOf() {
      return "nothing";
    }

    @Override
    public boolean can(Operation operation) {
      return operation != Operation.CYCLE;
    }

    @Override
    public Connection connect() {
      connections.incrementAndGet();
      return this;
    }

    @Override
    public void cycle(String message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void exchange(String message) {
      Client.require(!wrong, "a wrong reply");
      assertThat(message).hasSize(50);
      exchanges.incrementAndGet();
    }

    @Override
    public void pipeline(String message, int count) {
      pipelines.add(count);
    }

    @Override
    public long dump(int payload, long count) {
      return 3;
    }

    @Override
    public long objects(Operation operation, int total) {
      lists.add(operation + " " + total);
      return 42;
    }

    @Override
    public void links(int total) {
      lists.add("links " + total);
    }

    @Override
    public void routes(int total) {
      lists.add("routes " + total);
    }
  }
}
