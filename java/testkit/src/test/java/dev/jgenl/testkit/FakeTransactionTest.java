package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jgenl.netlink.Netlink;
import dev.jgenl.transport.TransportException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions of the scripted kernel are those of {@code nfnetlink_rcv_batch()}. */
class FakeTransactionTest {

  private static final int EXIST = 17;
  private static final int ENOMEM = 12;
  private static final int ERESTART = 85;

  // linux/netfilter/nfnetlink.h and nf_tables.h
  private static final int BEGIN = 0x10;
  private static final int END = 0x11;
  private static final int NEWTABLE = 0x0a00;
  private static final int GETTABLE = 0x0a01;
  private static final int DELTABLE = 0x0a02;
  private static final int TABLES = 7;

  private static final int REQUEST = 1;
  private static final int ACK = 4;
  private static final int ECHO = 8;

  private static final byte[] NFTABLES = {0, 0, 0, 10};
  private static final byte[] NFGENMSG = new byte[4];

  private final FakeKernel kernel = new FakeKernel();
  private final FakeProtocol netfilter =
      kernel
          .protocol(Netlink.NETFILTER)
          .onTransaction(NEWTABLE, (request, answer) -> {})
          .onTransaction(DELTABLE, (request, answer) -> answer.error(EXIST))
          .onDo(GETTABLE, 4, (request, answer) -> {});
  private RawSocket socket;

  @BeforeEach
  void open() throws TransportException {
    socket = new RawSocket(kernel, Netlink.NETFILTER);
  }

  @AfterEach
  void close() {
    socket.close();
    assertThat(kernel.openSockets()).isZero();
  }

  private RawSocket begin() {
    return socket.add(BEGIN, REQUEST, 1, NFTABLES);
  }

  @Test
  void onlyWhoAskedIsAcknowledged() {
    begin().add(NEWTABLE, REQUEST, 2, NFGENMSG).add(NEWTABLE, REQUEST | ACK, 3, NFGENMSG);

    assertThat(socket.add(END, REQUEST, 4, NFGENMSG).send()).containsExactly("3 ACK");
    assertThat(netfilter.requests()).extracting(FakeRequest::sequence).containsExactly(2, 3);
  }

  @Test
  void errorsComeInOrderAndAcknowledgementsAllTheSame() {
    begin()
        .add(DELTABLE, REQUEST, 2, NFGENMSG)
        .add(NEWTABLE, REQUEST | ACK, 3, NFGENMSG)
        .add(DELTABLE, REQUEST, 4, NFGENMSG)
        .add(NEWTABLE, REQUEST | ACK, 5, NFGENMSG);

    assertThat(socket.add(END, REQUEST, 6, NFGENMSG).send())
        .containsExactly("2 EEXIST", "3 ACK", "4 EEXIST", "5 ACK");
  }

  @Test
  void groupIsToldOfWhatWasDoneBeforeTheAcknowledgement() throws TransportException {
    tellOfTables();
    try (RawSocket member = new RawSocket(kernel, Netlink.NETFILTER)) {
      member.join(TABLES);
      begin().add(NEWTABLE, REQUEST | ECHO, 2, NFGENMSG).add(NEWTABLE, REQUEST | ACK, 3, NFGENMSG);

      assertThat(socket.add(END, REQUEST, 4, NFGENMSG).send())
          .containsExactly("2 type 2560", "3 ACK");
      assertThat(member.receive())
          .containsExactly("2 type 2560 to group 7", "3 type 2560 to group 7");
    }
  }

  @Test
  void nobodyIsToldOfWhatWasNotDone() throws TransportException {
    tellOfTables();
    try (RawSocket member = new RawSocket(kernel, Netlink.NETFILTER)) {
      member.join(TABLES);
      begin().add(NEWTABLE, REQUEST | ECHO, 2, NFGENMSG).add(DELTABLE, REQUEST, 3, NFGENMSG);

      assertThat(socket.add(END, REQUEST, 4, NFGENMSG).send()).containsExactly("3 EEXIST");
      assertThat(member.receive()).isEmpty();
    }
  }

  @Test
  void commitThatFailsIsAnErrorOfTheFirstBeforeTheAcknowledgements() {
    tellOfTables();
    netfilter.onCommit((request, answer) -> answer.error(EXIST));
    begin()
        .add(NEWTABLE, REQUEST | ECHO | ACK, 2, NFGENMSG)
        .add(NEWTABLE, REQUEST | ACK, 3, NFGENMSG);

    assertThat(socket.add(END, REQUEST, 4, NFGENMSG).send())
        .containsExactly("2 EEXIST", "2 ACK", "3 ACK");
  }

  @Test
  void commitTellsOfTheWholeBehindItsParts() throws TransportException {
    tellOfTables();
    netfilter.onCommit((request, answer) -> answer.notify(TABLES, 0x0a0f, NFGENMSG, a -> {}));
    try (RawSocket member = new RawSocket(kernel, Netlink.NETFILTER)) {
      member.join(TABLES);
      begin().add(NEWTABLE, REQUEST | ECHO, 2, NFGENMSG);

      assertThat(socket.add(END, REQUEST, 3, NFGENMSG).send())
          .containsExactly("2 type 2560", "2 type 2575");
      assertThat(member.receive())
          .containsExactly("2 type 2560 to group 7", "2 type 2575 to group 7");
    }
  }

  private void tellOfTables() {
    netfilter.onTransaction(
        NEWTABLE, (request, answer) -> answer.notify(TABLES, NEWTABLE, NFGENMSG, a -> {}));
  }

  @Test
  void refusedBeginIsAll() {
    netfilter.onBegin((request, answer) -> answer.error(ERESTART));

    assertThat(complete()).containsExactly("1 ERESTART");
    assertThat(netfilter.requests()).isEmpty();
  }

  @Test
  void outOfMemoryIsAll() {
    netfilter.onTransaction(NEWTABLE, (request, answer) -> answer.error(ENOMEM));
    begin().add(DELTABLE, REQUEST, 2, NFGENMSG);

    assertThat(
            socket
                .add(NEWTABLE, REQUEST | ACK, 3, NFGENMSG)
                .add(NEWTABLE, REQUEST | ACK, 4, NFGENMSG)
                .send())
        .containsExactly("2 ENOMEM");
  }

  @Test
  void silence() {
    netfilter.onBegin((request, answer) -> answer.unanswered());

    assertThat(complete()).isEmpty();
  }

  private List<String> complete() {
    return begin().add(NEWTABLE, REQUEST | ACK, 2, NFGENMSG).add(END, REQUEST, 3, NFGENMSG).send();
  }

  @Test
  void acknowledgementIsLost() {
    netfilter.onTransaction(NEWTABLE, (request, answer) -> answer.overrun());

    assertThat(complete()).containsExactly("ENOBUFS");
    netfilter.onTransaction(NEWTABLE, (request, answer) -> {});
    assertThat(complete()).containsExactly("2 ACK");
  }

  @Test
  void transactionWithoutAnEndIsOnlyTried() {
    tellOfTables();
    netfilter.onCommit((request, answer) -> answer.error(EXIST));
    begin().add(NEWTABLE, REQUEST | ECHO | ACK, 2, NFGENMSG);

    assertThat(socket.send()).containsExactly("2 ACK");
  }

  @Test
  void secondBeginIsMalformed() {
    begin().add(DELTABLE, REQUEST, 2, NFGENMSG).add(BEGIN, REQUEST, 3, NFTABLES);

    assertThat(socket.add(END, REQUEST, 4, NFGENMSG).send()).isEmpty();
  }

  @Test
  void shortRequestIsMalformed() {
    begin().add(DELTABLE, REQUEST, 2, NFGENMSG).add(NEWTABLE, REQUEST | ACK, 3);

    assertThat(socket.add(END, REQUEST, 4, NFGENMSG).send()).isEmpty();
  }

  @Test
  void requestThatEndsBehindTheDatagramIsMalformed() {
    int start = begin().add(DELTABLE, REQUEST, 2, NFGENMSG).length();

    assertThat(socket.add(NEWTABLE, REQUEST | ACK, 3, NFGENMSG).broken(start).send()).isEmpty();
  }

  @Test
  void whatDoesNotBelongIsInvalid() {
    begin()
        .add(NEWTABLE, 0, 2, NFGENMSG) // no request
        .add(2, REQUEST, 3, NFGENMSG) // a control message
        .add(0x0100, REQUEST, 4, NFGENMSG) // of another subsystem
        .add(0x0a03, REQUEST, 5, NFGENMSG) // unknown
        .add(GETTABLE, REQUEST, 6, NFGENMSG); // none for a transaction

    assertThat(socket.add(END, REQUEST, 7, NFGENMSG).send())
        .containsExactly("2 EINVAL", "3 EINVAL", "4 EINVAL", "5 EINVAL", "6 EINVAL");
  }

  @Test
  void subsystemWithoutTransactionsIsRefused() {
    assertThat(socket.add(BEGIN, REQUEST, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 1).send())
        .containsExactly("1 EOPNOTSUPP");
    assertThat(socket.add(BEGIN, REQUEST, 2, (byte) 0, (byte) 0, (byte) 0, (byte) 13).send())
        .containsExactly("2 EINVAL");
  }

  @Test
  void beginThatIsTooShortIsDropped() {
    assertThat(socket.add(BEGIN, REQUEST | ACK, 1).send()).isEmpty();
  }

  @Test
  void outsideOfATransactionThereIsNone() {
    assertThat(socket.add(NEWTABLE, REQUEST, 1, NFGENMSG).send()).containsExactly("1 EINVAL");
    assertThat(socket.add(GETTABLE, REQUEST | ACK, 2, NFGENMSG).send()).containsExactly("2 ACK");
  }

  @Test
  void withoutPrivilegeThereIsOneAnswer() {
    kernel.privileged(false);

    assertThat(complete()).containsExactly("1 EPERM");
  }
}
