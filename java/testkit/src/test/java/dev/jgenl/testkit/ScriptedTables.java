package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.NetlinkException;
import dev.jgenl.NetlinkOptions;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.RequestNames;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tables of nftables on a scripted kernel: in the end nothing may be left. */
abstract class ScriptedTables extends Threaded {

  // linux/netfilter/nfnetlink.h and nf_tables.h
  static final int NFTABLES = 10;
  static final int NEWTABLE = NFTABLES << 8;
  static final int GETTABLE = NEWTABLE + 1;
  static final int DELTABLE = NEWTABLE + 2;
  static final int TABLES = 7;
  static final int HANDLE = 4;

  /** {@code struct nfgenmsg}. */
  static final int HEADER = 4;

  static final RequestNames NAMES =
      new RequestNames() {
        @Override
        public Optional<String> command(int type) {
          return Optional.of("newtable");
        }

        @Override
        public Optional<String> attribute(List<Integer> path) {
          return Optional.of("handle");
        }
      };

  /** Has transactions done: by sockets of an instance, or on one of one's own. */
  @FunctionalInterface
  interface Transactor {
    List<Outcome<Reply<NetlinkMessage>>> transact(List<NetlinkRequest> requests);
  }

  final FakeKernel kernel = new FakeKernel();
  final FakeProtocol netfilter = kernel.protocol(Netlink.NETFILTER);
  Netlink netlink;
  private Transactor transactor;

  @BeforeEach
  void openNetlink() throws NetlinkException {
    netfilter.onTransaction(NEWTABLE, ScriptedTables::tell).onDo(GETTABLE, HEADER, this::show);
    netlink = netfilter.open(options());
    transactor = transactor(netlink);
  }

  /** Makes what is tested. */
  Transactor transactor(Netlink of) throws NetlinkException {
    return requests -> of.transaction(NFTABLES, requests);
  }

  /** Returns how many sockets it takes. */
  int sockets() {
    return 1;
  }

  /** Returns how the instance behaves. */
  NetlinkOptions options() {
    return NetlinkOptions.DEFAULTS;
  }

  @AfterEach
  void closeNetlink() throws InterruptedException {
    netlink.close();
    endThreads();
    assertThat(kernel.openSockets()).isZero();
  }

  /** Tells of the table that was made. */
  static void tell(FakeRequest request, FakeAnswer answer) {
    answer.notify(TABLES, NEWTABLE, request.header(), a -> a.putU32(HANDLE, handle(request)));
  }

  private void show(FakeRequest request, FakeAnswer answer) {
    answer.message(NEWTABLE, request.header(), a -> a.putU32(HANDLE, handle(request)));
  }

  static long handle(FakeRequest request) {
    return request.attributes().get(HANDLE).u32();
  }

  static long handle(NetlinkMessage table) {
    return table.attributes(HEADER).get(HANDLE).u32();
  }

  /** Has some of the tables refused; nobody is told of them. */
  void refuse(int errno, Integer... handles) {
    List<Integer> refused = List.of(handles);
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          tell(request, answer);
          if (refused.contains((int) handle(request))) {
            // Behind nlmsghdr and nfgenmsg.
            answer.error(errno, ack -> ack.putString(1, "no room").putU32(2, 16 + HEADER));
          }
        });
  }

  static NetlinkRequest make(int handle) {
    return table(NEWTABLE, handle).withNames(NAMES);
  }

  private static NetlinkRequest table(int type, int handle) {
    return NetlinkRequest.of(type, new byte[HEADER], a -> a.putU32(HANDLE, handle));
  }

  static List<NetlinkRequest> tables(int count) {
    return IntStream.range(0, count).mapToObj(ScriptedTables::make).toList();
  }

  List<Outcome<Reply<NetlinkMessage>>> transact(List<NetlinkRequest> requests) {
    return transactor.transact(requests);
  }

  /** Returns why nothing was done: no outcome may say anything else. */
  static List<Throwable> causes(List<Outcome<Reply<NetlinkMessage>>> outcomes) {
    List<Throwable> causes = new ArrayList<>();
    for (Outcome<Reply<NetlinkMessage>> outcome : outcomes) {
      assertThat(outcome).isInstanceOf(Outcome.Failure.class);
      causes.add(((Outcome.Failure<Reply<NetlinkMessage>>) outcome).cause());
    }
    return causes;
  }

  /** Returns why a transaction was not done as a whole. */
  static Throwable whole(List<Outcome<Reply<NetlinkMessage>>> outcomes) {
    List<Throwable> causes = causes(outcomes);
    assertThat(causes).hasOnlyElementsOfType(NotDoneException.class);
    Throwable why = causes.get(0).getCause();
    assertThat(causes).allSatisfy(e -> assertThat(e.getCause()).isSameAs(why));
    assertThat(why).isNotNull();
    return why;
  }

  /** The next transaction is done, and the next request answered, on no more sockets. */
  void assertServed() throws NetlinkException {
    kernel.forgetRequests();
    netfilter
        .onTransaction(NEWTABLE, ScriptedTables::tell)
        .onBegin((request, answer) -> {})
        .onCommit((request, answer) -> {});
    List<Outcome<Reply<NetlinkMessage>>> outcomes =
        transact(List.of(make(70), make(71).withFlags(8), make(72)));
    assertThat(outcomes).hasSize(3);
    assertThat(outcomes.get(0).get().messages()).isEmpty();
    assertThat(outcomes.get(1).get().messages())
        .extracting(ScriptedTables::handle)
        .containsExactly(71L);
    assertThat(outcomes.get(2).get().messages()).isEmpty();
    assertThat(handle(netlink.request(table(GETTABLE, 73)))).isEqualTo(73);
    assertThat(kernel.openSockets()).isEqualTo(sockets());
    assertThat(netfilter.requests())
        .extracting(ScriptedTables::handle)
        .containsExactly(70L, 71L, 72L, 73L);
  }
}
