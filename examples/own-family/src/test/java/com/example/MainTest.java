package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.gnlfoobarxmpl.GnlFoobarXmpl;
import dev.jgenl.Genl;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.testkit.FakeFamily;
import dev.jgenl.testkit.FakeKernel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client, and a kernel of which the test writes the script. */
class MainTest {

  private static final int ECHO_MSG = 1;
  private static final int REPLY_WITH_NLMSG_ERR = 2;
  private static final int MSG = 1;
  private static final int EINVAL = 22;
  private static final int EPERM = 1;

  private final FakeKernel kernel = new FakeKernel();
  private final FakeFamily script = kernel.family("gnl_foobar_xmpl");
  private Genl genl;
  private GnlFoobarXmpl family;

  @BeforeEach
  void open() throws NetlinkException {
    genl = kernel.open();
    family = GnlFoobarXmpl.of(genl);
  }

  @AfterEach
  void close() {
    genl.close();
  }

  @Test
  void echoSendsTheTextAndReturnsTheAnswer() throws NetlinkException {
    script.onDo(
        ECHO_MSG,
        (request, answer) ->
            answer.message(
                ECHO_MSG, a -> a.putString(MSG, request.attributes().get(MSG).string())));

    assertEquals("Hello", Main.echo(family, "Hello"));
  }

  @Test
  void answerThatIsNotTheTextIsNoEcho() {
    script.onDo(
        ECHO_MSG,
        (request, answer) -> answer.message(ECHO_MSG, a -> a.putString(MSG, "something else")));

    assertThrows(IllegalStateException.class, () -> Main.echo(family, "Hello"));
  }

  @Test
  void listHasAllMessagesOfTheDump() throws NetlinkException {
    script.onDump(
        ECHO_MSG,
        (request, answer) ->
            answer
                .message(ECHO_MSG, a -> a.putString(MSG, "one"))
                .message(ECHO_MSG, a -> a.putString(MSG, "two\n")));

    assertEquals(List.of("one", "two\\n"), Main.list(family));
  }

  @Test
  void refusalNamesTheAttributeAtFault() throws NetlinkException {
    script.onDo(
        REPLY_WITH_NLMSG_ERR,
        (request, answer) ->
            answer.error(EINVAL, ack -> ack.putString(1, "as a test").putU32(2, 20)));

    assertEquals(
        "gnl_foobar_xmpl reply-with-nlmsg-err: EINVAL (Invalid argument): as a test;"
            + " attribute msg (1)",
        Main.refusal(family, "Hello"));
  }

  @Test
  void anotherRefusalIsAnError() {
    script.onDo(REPLY_WITH_NLMSG_ERR, (request, answer) -> answer.error(EPERM));

    assertThrows(KernelException.class, () -> Main.refusal(family, "Hello"));
  }
}
