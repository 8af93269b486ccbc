package dev.jgenl.spec.testkit;

import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Family;
import dev.jgenl.testkit.FakeAnswer;
import dev.jgenl.testkit.FakeFamily;
import dev.jgenl.testkit.FakeFault;
import dev.jgenl.testkit.FakePolicy;
import dev.jgenl.testkit.FakeProtocol;
import dev.jgenl.testkit.FakeRequest;
import dev.jgenl.wire.AttributeWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What of the scripted kernel plays a family: a family of Generic Netlink, or a protocol. */
interface Side {

  /** Has requests of this number be checked. */
  void policy(int id, boolean dump, Consumer<FakePolicy> content);

  /**
   * Has a script answer requests of an operation.
   *
   * @param call how it is asked
   * @param headerLength of the struct in front of the attributes, in bytes
   */
  void script(Call call, boolean dump, int headerLength, FakeFamily.Script script);

  /** Tells the members of a group of one's own accord. */
  void notify(String group, Consumer<FakeAnswer> script);

  /** Tells the members of a group, and who asked, what a request did. */
  void notify(
      FakeAnswer answer,
      String group,
      int id,
      byte[] header,
      Consumer<? super AttributeWriter> attributes);

  /** Returns what came, also what no operation is for. */
  List<FakeRequest> requests();

  /** Returns the number by which a request says what it wants. */
  int id(FakeRequest request);

  Optional<FakeFault> fault(FakeRequest request);

  /** A family of Generic Netlink. */
  record Generic(FakeFamily family) implements Side {

    @Override
    public void policy(int id, boolean dump, Consumer<FakePolicy> content) {
      if (dump) {
        family.dumpPolicy(id, content);
      } else {
        family.policy(id, content);
      }
    }

    @Override
    public void script(Call call, boolean dump, int headerLength, FakeFamily.Script script) {
      if (dump) {
        family.onDump(call.request().id(), script);
      } else {
        family.onDo(call.request().id(), script);
      }
    }

    @Override
    public void notify(String group, Consumer<FakeAnswer> script) {
      family.notify(group, script);
    }

    @Override
    public void notify(
        FakeAnswer answer,
        String group,
        int id,
        byte[] header,
        Consumer<? super AttributeWriter> attributes) {
      answer.notify(group, id, header, attributes);
    }

    @Override
    public List<FakeRequest> requests() {
      return family.requests();
    }

    @Override
    public int id(FakeRequest request) {
      return request.command();
    }

    @Override
    public Optional<FakeFault> fault(FakeRequest request) {
      return family.fault(request);
    }
  }

  /** A part of another protocol. */
  record Raw(FakeProtocol protocol, Family model) implements Side {

    /** {@code NFNL_SUBSYS_NFTABLES}, whose changes come in transactions alone. */
    private static final int NFTABLES = 10;

    @Override
    public void policy(int id, boolean dump, Consumer<FakePolicy> content) {
      if (dump) {
        protocol.dumpPolicy(id, content);
      } else {
        protocol.policy(id, content);
      }
    }

    @Override
    public void script(Call call, boolean dump, int headerLength, FakeFamily.Script script) {
      int id = call.request().id();
      if (dump) {
        protocol.onDump(id, headerLength, script);
      } else if (isPartOfTransaction(call)) {
        protocol.onTransaction(id, script);
      } else {
        protocol.onDo(id, headerLength, script);
      }
    }

    private boolean isPartOfTransaction(Call call) {
      return protocol.number() == Netlink.NETFILTER
          && call.request().id() >> 8 == NFTABLES
          && call.reply().isEmpty();
    }

    @Override
    public void notify(String group, Consumer<FakeAnswer> script) {
      protocol.notify(number(group), script);
    }

    @Override
    public void notify(
        FakeAnswer answer,
        String group,
        int id,
        byte[] header,
        Consumer<? super AttributeWriter> attributes) {
      answer.notify(number(group), id, header, attributes);
    }

    private int number(String group) {
      return model.groups().stream()
          .filter(g -> g.name().equals(group))
          .findFirst()
          .flatMap(g -> g.id().stream().boxed().findFirst())
          .orElseThrow(
              () -> new IllegalArgumentException(model.name() + " has no group '" + group + "'"));
    }

    @Override
    public List<FakeRequest> requests() {
      return protocol.requests();
    }

    @Override
    public int id(FakeRequest request) {
      return request.type();
    }

    @Override
    public Optional<FakeFault> fault(FakeRequest request) {
      return protocol.fault(request);
    }
  }
}
