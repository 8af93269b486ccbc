package dev.jgenl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.wire.NetlinkConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What was asked is kept as it was, in its order. */
class RequestLogTest extends Scripted {

  private static final int KEPT = 10_000;

  @Test
  void requestIsKeptAsItCame() throws NetlinkException {
    kernel.family("rich").version(3).headerSize(4).onDo(9, (request, answer) -> {});
    byte[] header = {1, 2, 3, 4};
    genl.execute(
        GenlRequest.of(genl.family("rich"), 9, a -> a.putU32(NUMBER, 5).putString(TEXT, "x"))
            .withHeader(header));

    FakeRequest request = last(kernel.requests());
    assertThat(request.family()).isEqualTo("rich");
    assertThat(request.command()).isEqualTo(9);
    assertThat(request.version()).isEqualTo(3);
    assertThat(request.flags())
        .isEqualTo(NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK);
    assertThat(request.isDump()).isFalse();
    assertThat(request.header()).isEqualTo(header);
    assertThat(request.attributes().get(NUMBER).u32()).isEqualTo(5);
    assertThat(request.attributes().get(TEXT).string()).isEqualTo("x");
  }

  @Test
  void requestsAreKeptInTheirOrder() throws NetlinkException {
    kernel.forgetRequests();
    List<String> asked = new ArrayList<>();
    for (Way way : List.of(Way.REQUEST, Way.DUMP, Way.OWNED_REQUEST, Way.BATCH)) {
      way.ask(genl, ask(asked.size()));
      asked.add(asked.size() + (way.isDump() ? " dump" : " do"));
    }
    assertThat(family.requests())
        .extracting(r -> r.attributes().get(NUMBER).u32() + (r.isDump() ? " dump" : " do"))
        .isEqualTo(asked);
    assertThat(kernel.requests()).containsAll(family.requests());
  }

  /** Also that which no script has seen. */
  @Test
  void refusedRequestIsKept() {
    assertThatThrownBy(() -> genl.execute(GenlRequest.of(demo, 200)))
        .isInstanceOf(KernelException.class);
    assertThat(last(family.requests()).command()).isEqualTo(200);
  }

  @Test
  void listIsACopyThatStays() throws NetlinkException {
    Way.REQUEST.ask(genl, ask(1));
    List<FakeRequest> before = family.requests();
    kernel.forgetRequests();
    assertThat(kernel.requests()).isEmpty();
    Way.REQUEST.ask(genl, ask(2));
    genl.close();

    assertThat(before).extracting(r -> r.attributes().get(NUMBER).u32()).containsExactly(1L);
    assertThat(family.requests())
        .extracting(r -> r.attributes().get(NUMBER).u32())
        .containsExactly(2L);
  }

  @Test
  void oldestGiveWay() {
    List<GenlRequest> all = new ArrayList<>();
    for (int i = 0; i <= KEPT; i++) {
      all.add(ask(i));
    }
    kernel.forgetRequests();
    genl.batch(all);
    assertThat(kernel.requests()).hasSize(KEPT);
    assertThat(last(family.requests()).attributes().get(NUMBER).u32()).isEqualTo(KEPT);
  }

  @Test
  void threadsLoseNothing() throws Exception {
    kernel.forgetRequests();
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      all.add(
          start(
              () -> {
                for (int i = 0; i < 100; i++) {
                  genl.execute(ask(i));
                  assertThat(family.requests()).isNotEmpty();
                }
                return true;
              }));
    }
    for (Future<?> one : all) {
      await(one);
    }
    assertThat(family.requests()).hasSize(800);
  }

  private static FakeRequest last(List<FakeRequest> requests) {
    return requests.get(requests.size() - 1);
  }
}
