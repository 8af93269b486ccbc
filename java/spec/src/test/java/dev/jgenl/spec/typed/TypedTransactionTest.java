package dev.jgenl.spec.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.NotDoneException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.spec.NestValue;
import dev.jgenl.spec.RequestFlag;
import dev.jgenl.spec.SampleModels;
import dev.jgenl.spec.Shape;
import dev.jgenl.spec.Value;
import dev.jgenl.testkit.FakeKernel;
import dev.jgenl.testkit.FakeProtocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypedTransactionTest {

  private static final int NEWTABLE = 0xa00;
  private static final int EEXIST = 17;

  private final FakeKernel kernel = new FakeKernel();

  private static final class NewTable extends TypedRequest<Acknowledged> {

    private static final Shape SHAPE = Shape.of("nfgen-family", "version", "res-id", "name");

    NewTable(String name) {
      super(
          SHAPE,
          (NestValue) Value.of(Map.of("name", name)),
          "newtable",
          Set.of(RequestFlag.CREATE));
    }

    @Override
    protected Acknowledged reply(NestValue value) {
      return Acknowledged.of(value);
    }
  }

  @Test
  void allAreDoneOrNone() throws NetlinkException {
    FakeProtocol netfilter = kernel.protocol(Netlink.NETFILTER);
    netfilter.onTransaction(
        NEWTABLE,
        (request, answer) -> {
          if (request.attributes().get(1).string().equals("old")) {
            answer.error(EEXIST);
          }
        });
    try (Netlink netlink = netfilter.open()) {
      TypedFamily family = TypedFamily.of(netlink, SampleModels.nftables());

      assertThat(family.transaction(List.of(new NewTable("a"), new NewTable("b"))))
          .hasSize(2)
          .allMatch(o -> o instanceof Outcome.Success);
      List<Outcome<Reply<Acknowledged>>> outcomes =
          family.transaction(List.of(new NewTable("a"), new NewTable("old")));
      assertThatThrownBy(() -> outcomes.get(0).get()).isInstanceOf(NotDoneException.class);
      assertThatThrownBy(() -> outcomes.get(1).get()).isInstanceOf(KernelException.class);
      assertThatIllegalArgumentException().isThrownBy(() -> family.transaction(List.of()));
    }
    assertThat(kernel.openSockets()).isZero();
  }

  @Test
  void transactionsAreForNetfilterAlone() throws NetlinkException {
    kernel.family("ethtool");
    try (Genl genl = kernel.open()) {
      TypedFamily family = TypedFamily.of(genl, SampleModels.generic());

      assertThatThrownBy(() -> family.transaction(List.of(new NewTable("a"))))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
