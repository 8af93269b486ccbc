package dev.jgenl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jgenl.wire.MalformedMessageException;
import dev.jgenl.wire.Memory;
import dev.jgenl.wire.MessageReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of what a message means. Our port is 0x7d1; sequence numbers 1 to 6 have been used,
 * the requests that are under way bear those from 7 on. Requests are drawn as {@code DO}, or as
 * what was asked for; verdicts as {@link Answers#take} words them.
 *
 * <p>Whatever the verdict, the exchange must know which requests are under way.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Memory.class)
record ExchangeTest(Memory memory) {

  private static final int PORT = 0x7d1;
  private static final int FIRST = 7;

  @ParameterizedTest(name = "{5}", quoteTextArguments = false)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # asked   sender   group  length   type flags sequence port     code       verdict
        DO             |  4d2 | 0 | 00000010 001c 0000 00000007 000007d1          | SKIP           | T05 another process answers
        DO             |  4d2 | 0 | 00000014 0002 0000 00000007 000007d1 ffffffff | SKIP           | T05 another process refuses
        DO             |  4d2 | 3 | 00000010 001c 0000 00000007 000007d1          | SKIP           | T05 another process notifies
        DO             |  4d2 | 0 | 00000010 001c 0000 00000000 00000000          | SKIP           | T05 another process sends an event
        DO             |  4d2 | 0 | 00000010 001c 0000 00000063 000007d2          | SKIP           | T05 another process, no answer at all
        DO             | fffffffe | 0 | 00000010 001c 0000 00000007 000007d1      | SKIP           | T05 another process whose port has the sign bit
        ANY_SEQUENCE+ANY_PORT | 4d2 | 0 | 00000010 001c 0000 00000000 00000000    | SKIP           | T05 another process, though all is tolerated
        ECHO           |  4d2 | 3 | 00000010 001c 0000 00000007 000007d1          | SKIP           | T05 another process, though an echo is awaited
        NOTHING        |  4d2 | 0 | 00000010 001c 0000 00000007 000007d1          | SKIP           | T05 another process, nothing asked

        NOTHING        | 0 |  3 | 00000010 001c 0000 00000000 00000000            | EVENT          | T19 a notification, nothing asked
        DO             | 0 |  3 | 00000010 001c 0000 00000000 00000000            | EVENT          | T19 a notification, a request under way
        DO             | 0 |  3 | 00000010 001c 0000 00000007 000007d2            | EVENT          | T19 a notification with the port of who caused it
        DO             | 0 | 33 | 00000010 001c 0000 00000063 000007d1            | EVENT          | T19 a notification with any sequence number
        DO             | 0 |  3 | 00000010 001c 0000 00000003 000007d1            | EVENT          | T19 a notification with a sequence number used before
        DO             | 0 |  3 | 00000010 001c 0000 00000007 000007d1            | EVENT          | T65 a notification with our sequence number and port
        ACK            | 0 |  3 | 00000010 001c 0000 00000007 000007d1            | EVENT          | T65 the same before the acknowledgement
        DUMP           | 0 |  3 | 00000010 001c 0002 00000007 000007d1            | EVENT          | T65 the same within a dump
        ACK            | 0 |  3 | 00000014 0003 0002 00000007 000007d1 00000000   | EVENT          | T65 the end of a multicast is not that of a request
        ACK            | 0 |  3 | 00000014 0002 0000 00000007 000007d1 ffffffff   | EVENT          | T65 an error to a group refuses no request
        ECHO           | 0 |  3 | 00000010 001c 0000 00000007 000007d1            | LAST of 0      | T65 an echo is the answer
        ECHO+ACK       | 0 |  3 | 00000010 001c 0000 00000007 000007d1            | DATA of 0      | T65 an echo before the acknowledgement
        ECHO           | 0 |  0 | 00000010 001c 0000 00000007 000007d1            | LAST of 0      | T65 an echo to who is no member
        ECHO           | 0 |  3 | 00000010 001c 0000 00000007 000007d2            | EVENT          | T65 an echo to another port
        ECHO           | 0 |  3 | 00000010 001c 0000 00000007 00000000            | EVENT          | T65 an echo without port
        ECHO           | 0 |  3 | 00000010 001c 0000 00000006 000007d1            | EVENT          | T65 an echo of a request that has ended
        ECHO           | 0 |  3 | 00000010 001c 0000 00000008 000007d1            | EVENT          | T65 an echo of a request that was not sent
        ECHO+ANY_PORT  | 0 |  3 | 00000010 001c 0000 00000007 00000000            | EVENT          | T65 any port, but a group
        ANY_SEQUENCE+ANY_PORT | 0 | 3 | 00000010 001c 0000 00000000 00000000      | EVENT          | T65 any sequence number and port, but a group
        ANY_SEQUENCE+ANY_PORT | 0 | 3 | 00000010 001c 0000 00000007 000007d1      | EVENT          | T65 our sequence number and port, but a group

        NOTHING        | 0 |  0 | 00000010 001c 0000 00000000 00000000            | EVENT          | T37 an event, nothing asked
        DO             | 0 |  0 | 00000010 001c 0000 00000000 00000000            | EVENT          | T37 an event, a request under way
        DO             | 0 |  0 | 00000010 001c 0000 00000003 00000000            | EVENT          | T65 an event with a sequence number used before
        DO             | 0 |  0 | 00000010 001c 0000 00000063 00000000            | EVENT          | T65 an event with one not used yet
        DO             | 0 |  0 | 00000010 001c 0000 00000007 00000000            | EVENT          | T65 an event with the sequence number of our request
        ACK            | 0 |  0 | 00000010 001c 0000 00000007 00000000            | EVENT          | T65 the same before the acknowledgement
        DUMP           | 0 |  0 | 00000010 001c 0002 00000007 00000000            | EVENT          | T65 the same within a dump
        ACK            | 0 |  0 | 00000014 0002 0000 00000007 00000000 00000000   | EVENT          | T65 an acknowledgement without port
        ECHO           | 0 |  0 | 00000010 001c 0000 00000007 00000000            | EVENT          | T65 the same where an echo is awaited
        ANY_SEQUENCE   | 0 |  0 | 00000010 001c 0000 00000007 00000000            | EVENT          | T65 the same where any sequence number is tolerated
        ANY_SEQUENCE   | 0 |  0 | 00000010 001c 0000 00000000 00000000            | EVENT          | T37 an event where any sequence number is tolerated
        ANY_PORT       | 0 |  0 | 00000010 001c 0000 00000007 00000000            | LAST of 0      | T35 any port tolerated: none
        ANY_PORT       | 0 |  0 | 00000010 001c 0000 00000007 000007d2            | LAST of 0      | T35 any port tolerated: another
        ANY_PORT       | 0 |  0 | 00000010 001c 0000 00000007 000007d1            | LAST of 0      | T35 any port tolerated: ours
        ANY_PORT       | 0 |  0 | 00000010 001c 0000 00000000 00000000            | WRONG_SEQUENCE | T02 any port tolerated, but no sequence number
        ANY_PORT       | 0 |  0 | 00000010 001c 0000 00000003 00000000            | SKIP           | T03 any port tolerated, but a sequence number used before
        ANY_PORT+DUMP  | 0 |  0 | 00000010 001c 0002 00000007 00000000            | DATA of 0      | T35 any port tolerated in a dump

        NOTHING        | 0 |  0 | 00000010 001c 0000 00000007 000007d2            | WRONG_PORT     | T02 another port, nothing asked
        DO             | 0 |  0 | 00000010 001c 0000 00000007 000007d2            | WRONG_PORT     | T02 another port
        DO             | 0 |  0 | 00000010 001c 0000 00000003 000007d2            | WRONG_PORT     | T02 another port, sequence number used before
        DO             | 0 |  0 | 00000010 001c 0000 00000007 ffffffff            | WRONG_PORT     | T02 the port of all ones
        ACK            | 0 |  0 | 00000014 0002 0000 00000007 000007d2 00000000   | WRONG_PORT     | T02 an acknowledgement for another port
        DUMP           | 0 |  0 | 00000014 0003 0002 00000007 000007d2 00000000   | WRONG_PORT     | T02 the end of a dump for another port
        ECHO           | 0 |  0 | 00000010 001c 0000 00000007 000007d2            | WRONG_PORT     | T02 another port where an echo is awaited
        ANY_SEQUENCE   | 0 |  0 | 00000010 001c 0000 00000007 000007d2            | WRONG_PORT     | T02 another port where any sequence number is tolerated

        DO             | 0 |  0 | 00000010 001c 0000 00000007 000007d1            | LAST of 0      | T02 the sequence number of the request
        DO             | 0 |  0 | 00000010 001c 0000 00000006 000007d1            | SKIP           | T03 the sequence number used last
        DO             | 0 |  0 | 00000010 001c 0000 00000001 000007d1            | SKIP           | T03 the sequence number used first
        DO             | 0 |  0 | 00000014 0002 0000 00000006 000007d1 ffffffff   | SKIP           | T03 an error to an earlier request
        NOTHING        | 0 |  0 | 00000014 0002 0000 00000006 000007d1 00000000   | SKIP           | T01 an acknowledgement left unread
        ANY_SEQUENCE   | 0 |  0 | 00000010 001c 0000 00000006 000007d1            | SKIP           | T38 a leftover where any sequence number is tolerated
        ANY_SEQUENCE+ANY_PORT | 0 | 0 | 00000010 001c 0000 00000001 000007d1      | SKIP           | T38 a leftover where all is tolerated
        DO             | 0 |  0 | 00000010 001c 0000 00000008 000007d1            | WRONG_SEQUENCE | T02 the next sequence number
        DO             | 0 |  0 | 00000010 001c 0000 00000000 000007d1            | WRONG_SEQUENCE | T02 sequence number 0
        DO             | 0 |  0 | 00000010 001c 0000 7fffffff 000007d1            | WRONG_SEQUENCE | T02 the highest sequence number
        DO             | 0 |  0 | 00000010 001c 0000 80000000 000007d1            | WRONG_SEQUENCE | T02 only the sign bit
        DO             | 0 |  0 | 00000010 001c 0000 80000007 000007d1            | WRONG_SEQUENCE | T02 the sign bit beside our sequence number
        DO             | 0 |  0 | 00000010 001c 0000 ffffffff 000007d1            | WRONG_SEQUENCE | T02 a sequence number of all ones
        NOTHING        | 0 |  0 | 00000010 001c 0000 00000007 000007d1            | WRONG_SEQUENCE | T02 the next sequence number, nothing asked
        DO             | 0 |  0 | 00000014 0002 0000 00000008 000007d1 ffffffff   | WRONG_SEQUENCE | T02 an error with a sequence number not used yet
        ANY_SEQUENCE   | 0 |  0 | 00000010 001c 0000 00000000 000007d1            | LAST of 0      | T02 any sequence number tolerated: none
        ANY_SEQUENCE   | 0 |  0 | 00000010 001c 0000 00000063 000007d1            | LAST of 0      | T02 any sequence number tolerated: one not used yet
        ANY_SEQUENCE   | 0 |  0 | 00000010 001c 0000 ffffffff 000007d1            | LAST of 0      | T02 any sequence number tolerated: all ones
        ANY_SEQUENCE   | 0 |  0 | 00000014 0002 0000 00000063 000007d1 ffffffea   | REFUSED -22 of 0 | T02 any sequence number tolerated: an error
        ANY_SEQUENCE+ACK | 0 | 0 | 00000010 001c 0000 00000000 000007d1           | DATA of 0      | T02 any sequence number tolerated before the acknowledgement
        ANY_SEQUENCE+ANY_PORT | 0 | 0 | 00000010 001c 0000 00000000 00000000      | LAST of 0      | T35 neither sequence number nor port
        ANY_SEQUENCE+ANY_PORT | 0 | 0 | 00000010 001c 0000 00000063 000007d2      | LAST of 0      | T35 any sequence number and port
        ANY_SEQUENCE+ANY_PORT+DUMP | 0 | 0 | 00000010 001c 0002 00000000 00000000 | DATA of 0      | T35 neither, in a dump
      """)
  void headerSaysWhoseMessageItIs(
      String asked, String sender, int group, String drawing, String verdict, String what) {
    Answers answers = new Answers(asked);

    assertThat(answers.take(Integer.parseUnsignedInt(sender, 16), group, drawing))
        .as(what)
        .isEqualTo(verdict);
  }

  @ParameterizedTest(name = "{3}", quoteTextArguments = false)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # asked    length   type flags sequence port     payload
        DO     | 00000014 0002 0000 00000007 000007d1 ffffffea | REFUSED -22 of 0         | T04 NLMSG_ERROR, negative
        ACK    | 00000014 0002 0000 00000007 000007d1 ffffffea | REFUSED -22 of 0         | T04 the same where an acknowledgement is asked for
        DUMP   | 00000014 0002 0000 00000007 000007d1 fffffff0 | REFUSED -16 of 0         | T14 the same to a dump: EBUSY
        DO     | 00000014 0002 0000 00000007 000007d1 ffffffff | REFUSED -1 of 0          | T17 NLMSG_ERROR, the least
        DO     | 00000014 0002 0000 00000007 000007d1 80000000 | REFUSED -2147483648 of 0 | T17 NLMSG_ERROR, all that 32 bits hold
        DO     | 00000024 0002 0100 00000007 000007d1 ffffffea 00000020 001c 0001 00000007 00000000 | REFUSED -22 of 0 | T16 NLMSG_ERROR, capped
        DO     | 00000028 0002 0300 00000007 000007d1 ffffffea 00000020 001c 0001 00000007 00000000 0004 0001 | REFUSED -22 of 0 | T16 NLMSG_ERROR with attributes
        DO     | 00000014 0002 0002 00000007 000007d1 ffffffea | REFUSED -22 of 0         | T33 NLMSG_ERROR marked as one of several
        ACK    | 00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0               | T04 an acknowledgement
        DO     | 00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0               | T04 an acknowledgement that was not asked for
        ACK    | 00000028 0002 0300 00000007 000007d1 00000000 00000020 001c 0001 00000007 00000000 0004 0001 | END 0 of 0 | T16 an acknowledgement with a warning
        DUMP   | 00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0               | T04 an acknowledgement of a dump
        ACK    | 00000014 0002 0000 00000007 000007d1 00000005 | END 5 of 0               | T34 an acknowledgement with a value
        DO     | 00000014 0002 0000 00000007 000007d1 00000005 | END 5 of 0               | T34 the same, not asked for
        DUMP   | 00000014 0002 0000 00000007 000007d1 00000005 | END 5 of 0               | T34 the same of a dump
        ACK    | 00000014 0002 0000 00000007 000007d1 7fffffff | END 2147483647 of 0      | T34 the largest value

        DUMP     | 00000014 0003 0002 00000007 000007d1 00000000 | END 0 of 0         | T13 NLMSG_DONE of a dump
        DUMP     | 00000010 0003 0002 00000007 000007d1          | END 0 of 0         | T13 the same without payload
        DUMP     | 00000012 0003 0002 00000007 000007d1 ff ff    | END 0 of 0         | T13 the same with a payload too short for a number
        DUMP     | 00000014 0003 0000 00000007 000007d1 00000000 | END 0 of 0         | T13 the same without NLM_F_MULTI
        DUMP     | 00000014 0003 0002 00000007 000007d1 ffffffa1 | REFUSED -95 of 0   | T13 NLMSG_DONE of a dump, negative
        DUMP     | 0000001c 0003 0202 00000007 000007d1 ffffffa1 0008 0002 00000010 | REFUSED -95 of 0 | T13 the same with extended ACK
        DUMP     | 00000014 0003 0202 00000007 000007d1 ffffffa1 | REFUSED -95 of 0   | T13 the same with NLM_F_ACK_TLVS and no attributes
        DUMP     | 00000014 0003 0202 00000007 000007d1 00000000 | END 0 of 0         | T13 no error, NLM_F_ACK_TLVS and no attributes
        DUMP     | 00000014 0003 0002 00000007 000007d1 80000000 | REFUSED -2147483648 of 0 | T17 NLMSG_DONE, all that 32 bits hold
        DUMP     | 00000014 0003 0002 00000007 000007d1 00000009 | END 9 of 0         | T34 NLMSG_DONE of a dump, positive
        DUMP+ACK | 00000014 0003 0002 00000007 000007d1 00000000 | END 0 of 0         | T13 no acknowledgement follows a dump
        DUMP+ACK | 00000014 0003 0002 00000007 000007d1 ffffffa1 | REFUSED -95 of 0   | T13 nor one that has failed
        DO       | 00000014 0003 0002 00000007 000007d1 00000000 | END 0 of 0         | T33 NLMSG_DONE of a do
        DO       | 00000010 0003 0002 00000007 000007d1          | END 0 of 0         | T33 the same without payload
        DO       | 00000014 0003 0002 00000007 000007d1 ffffffa1 | REFUSED -95 of 0   | T33 the same, negative
        DO       | 00000014 0003 0002 00000007 000007d1 00000009 | END 9 of 0         | T34 the same, positive
        ACK      | 00000014 0003 0002 00000007 000007d1 00000000 | SKIP               | T33 NLMSG_DONE of a do that is acknowledged
        ACK      | 00000010 0003 0002 00000007 000007d1          | SKIP               | T33 the same without payload
        ACK      | 00000014 0003 0002 00000007 000007d1 00000009 | SKIP               | T33 the same, positive
        ACK      | 00000014 0003 0002 00000007 000007d1 ffffffa1 | REFUSED -95 of 0   | T33 the same, negative

        DO       | 00000010 0000 0000 00000007 000007d1          | SKIP               | T06 type 0
        DO       | 00000010 0001 0000 00000007 000007d1          | SKIP               | T06 NLMSG_NOOP
        DO       | 00000010 0004 0000 00000007 000007d1          | SKIP               | T06 NLMSG_OVERRUN
        ACK      | 00000010 0004 0000 00000007 000007d1          | SKIP               | T06 NLMSG_OVERRUN before an acknowledgement
        DUMP     | 00000010 0001 0002 00000007 000007d1          | SKIP               | T06 NLMSG_NOOP in a dump
        DO       | 00000010 000f 0000 00000007 000007d1          | SKIP               | T06 the highest control message

        DO       | 00000010 0010 0000 00000007 000007d1          | LAST of 0          | T01 the lowest type of a family
        DO       | 00000010 ffff 0000 00000007 000007d1          | LAST of 0          | T01 the highest type
        DO       | 00000010 001c fffd 00000007 000007d1          | LAST of 0          | T01 all flags but NLM_F_MULTI
        ACK      | 00000010 001c 0000 00000007 000007d1          | DATA of 0          | T01 a message before the acknowledgement
        DO       | 00000010 001c 0002 00000007 000007d1          | DATA of 0          | T33 a message with NLM_F_MULTI
        ACK      | 00000010 001c 0002 00000007 000007d1          | DATA of 0          | T33 the same before the acknowledgement
        ECHO     | 00000010 001c 0002 00000007 000007d1          | DATA of 0          | T33 an echo with NLM_F_MULTI
        DUMP     | 00000010 001c 0002 00000007 000007d1          | DATA of 0          | T15 a message of a dump
        DUMP     | 00000010 001c 0000 00000007 000007d1          | DATA of 0          | T15 the same without NLM_F_MULTI
        DUMP+ACK | 00000010 001c 0000 00000007 000007d1          | DATA of 0          | T15 the same where an acknowledgement is asked for
      """)
  void typeAndNumberSayWhatAnAnswerMeans(
      String asked, String drawing, String verdict, String what) {
    Answers answers = new Answers(asked);

    assertThat(answers.take(drawing)).as(what).isEqualTo(verdict);
  }

  @ParameterizedTest(
      name = "T06 a control message of type {0} is skipped, whatever it holds",
      quoteTextArguments = false)
  @ValueSource(ints = {0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void otherControlMessagesAreSkipped(int type) {
    Answers answers = new Answers("DO");
    String header = String.format("00000014 %04x 0000 00000007 000007d1 ", type);

    assertThat(answers.take(header + "ffffffea")).isEqualTo("SKIP");
    assertThat(answers.take("00000010 001c 0000 00000007 000007d1")).isEqualTo("LAST of 0");
  }

  @ParameterizedTest(
      name = "T03 first {0}, {1} requests, wrapped {2}: {3} is {4}",
      quoteTextArguments = false)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # first  requests  wrapped  sequence
        00000001 | 1     | false  | 00000000 | WRONG_SEQUENCE
        00000001 | 1     | false  | 00000001 | LAST of 0
        00000001 | 1     | false  | 00000002 | WRONG_SEQUENCE
        00000001 | 1     | false  | 7fffffff | WRONG_SEQUENCE
        00000001 | 1     | false  | 80000000 | WRONG_SEQUENCE
        00000001 | 1     | false  | 80000001 | WRONG_SEQUENCE
        00000001 | 1     | false  | ffffffff | WRONG_SEQUENCE
        00000001 | 1     | true   | 00000000 | WRONG_SEQUENCE
        00000001 | 1     | true   | 00000001 | LAST of 0
        00000001 | 1     | true   | 00000002 | WRONG_SEQUENCE
        00000001 | 1     | true   | 7fffffff | SKIP
        00000001 | 1     | true   | 80000000 | WRONG_SEQUENCE
        00000001 | 1     | true   | ffffffff | WRONG_SEQUENCE
        00000007 | 3     | true   | 00000006 | SKIP
        00000007 | 3     | true   | 00000009 | LAST of 2
        00000007 | 3     | true   | 0000000a | WRONG_SEQUENCE
        00000007 | 3     | false  | 0000000a | WRONG_SEQUENCE
        00000007 | 0     | false  | 00000006 | SKIP
        00000007 | 0     | false  | 00000007 | WRONG_SEQUENCE
        00000007 | 0     | true   | 00000007 | WRONG_SEQUENCE
        7ffffffe | 1     | false  | 7ffffffd | SKIP
        7ffffffe | 1     | false  | 7fffffff | WRONG_SEQUENCE
        7ffffffe | 2     | false  | 7ffffffe | LAST of 0
        7ffffffe | 2     | false  | 7fffffff | LAST of 1
        7ffffffe | 2     | false  | 80000000 | WRONG_SEQUENCE
        7ffffffe | 2     | false  | 7ffffffd | SKIP
        7ffffffe | 2     | false  | 00000001 | SKIP
        7ffffffe | 2     | true   | 00000001 | WRONG_SEQUENCE
        7fffffff | 0     | false  | 7ffffffe | SKIP
        7fffffff | 1     | false  | 7fffffff | LAST of 0
        7fffffff | 1     | false  | 7ffffffe | SKIP
        7fffffff | 1     | false  | 80000000 | WRONG_SEQUENCE
        7fffffff | 1     | true   | 7ffffffe | SKIP
        00000007 | 1     | true   | 40000009 | SKIP
        00000007 | 1     | true   | 40000007 | WRONG_SEQUENCE
      """)
  void sequenceNumbersStartAgainAtOne(
      String first, int requests, boolean wrapped, String sequence, String verdict) {
    Answers answers =
        new Answers(Integer.parseUnsignedInt(first, 16), wrapped, "DO ".repeat(requests));

    assertThat(answers.take("00000010 001c 0000 " + sequence + " 000007d1")).isEqualTo(verdict);
  }

  /** What is asked, then what comes: sender and group before the drawing, if it is not 0 and 0. */
  static Stream<Arguments> scripts() {
    return Stream.of(
        script(
            "T01 a reply, then its acknowledgement",
            "ACK",
            """
            | 00000010 001c 0000 00000007 000007d1          | DATA of 0
            | 00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            """),
        script(
            "T01 an acknowledgement that nobody asked for does not answer the next request",
            "DO DO",
            """
            | 00000010 001c 0000 00000007 000007d1          | LAST of 0
            | 00000014 0002 0000 00000007 000007d1 00000000 | SKIP
            | 00000010 001c 0000 00000008 000007d1          | LAST of 1
            """),
        script(
            "T38 an error behind a reply that was taken without acknowledgement",
            "DO",
            """
            | 00000010 001c 0000 00000007 000007d1          | LAST of 0
            | 00000014 0002 0000 00000007 000007d1 ffffffea | SKIP
            """),
        script(
            "T38 a late reply behind its acknowledgement",
            "ACK",
            """
            | 00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            | 00000010 001c 0000 00000007 000007d1          | SKIP
            """),
        script(
            "T38 a second reply to a request that wanted one",
            "DO",
            """
            | 00000010 001c 0000 00000007 000007d1          | LAST of 0
            | 00000010 001c 0000 00000007 000007d1          | SKIP
            """),
        script(
            "T33 team: messages, their end, the acknowledgement",
            "ACK",
            """
            | 00000010 0020 0002 00000007 000007d1          | DATA of 0
            | 00000010 0020 0002 00000007 000007d1          | DATA of 0
            | 00000014 0003 0002 00000007 000007d1 00000000 | SKIP
            | 00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            """),
        script(
            "T33 devlink: messages and their end",
            "DO",
            """
            | 00000010 0020 0002 00000007 000007d1          | DATA of 0
            | 00000010 0020 0002 00000007 000007d1          | DATA of 0
            | 00000014 0003 0002 00000007 000007d1 00000000 | END 0 of 0
            """),
        script(
            "T33 messages, their end, then an error instead of the acknowledgement",
            "ACK",
            """
            | 00000010 0020 0002 00000007 000007d1          | DATA of 0
            | 00000014 0003 0002 00000007 000007d1 00000000 | SKIP
            | 00000014 0002 0000 00000007 000007d1 ffffffa6 | REFUSED -90 of 0
            """),
        script(
            "T33 an error in the end of the messages is kept: the acknowledgement is late then",
            "ACK",
            """
            | 00000010 0020 0002 00000007 000007d1          | DATA of 0
            | 00000014 0003 0002 00000007 000007d1 ffffffa6 | REFUSED -90 of 0
            | 00000014 0002 0000 00000007 000007d1 00000000 | SKIP
            """),
        script(
            "T33 one of several messages, then one that is not",
            "DO",
            """
            | 00000010 0020 0002 00000007 000007d1          | DATA of 0
            | 00000010 0020 0000 00000007 000007d1          | LAST of 0
            | 00000014 0003 0002 00000007 000007d1 00000000 | SKIP
            """),
        script(
            "T33 one of several messages, then an error",
            "DO",
            """
            | 00000010 0020 0002 00000007 000007d1          | DATA of 0
            | 00000014 0002 0000 00000007 000007d1 fffffff4 | REFUSED -12 of 0
            """),
        script(
            "T34 hwsim: the number of the new radio, nothing else",
            "ACK",
            """
            | 00000014 0002 0000 00000007 000007d1 00000003 | END 3 of 0
            | 00000014 0002 0000 00000007 000007d1 00000000 | SKIP
            """),
        script(
            "T13 a dump",
            "DUMP",
            """
            | 00000010 001c 0002 00000007 000007d1          | DATA of 0
            | 00000010 001c 0002 00000007 000007d1          | DATA of 0
            | 00000010 001c 0002 00000007 000007d1          | DATA of 0
            | 00000014 0003 0002 00000007 000007d1 00000000 | END 0 of 0
            """),
        script(
            "T13 a dump that fails half way",
            "DUMP",
            """
            | 00000010 001c 0002 00000007 000007d1          | DATA of 0
            | 00000014 0003 0002 00000007 000007d1 fffffff4 | REFUSED -12 of 0
            | 00000010 001c 0002 00000007 000007d1          | SKIP
            """),
        script(
            "T13 an acknowledgement behind the end of a dump",
            "DUMP",
            """
            | 00000010 0003 0002 00000007 000007d1          | END 0 of 0
            | 00000014 0002 0000 00000007 000007d1 00000000 | SKIP
            """),
        script(
            "T14 what is left of an earlier dump does not mix with the next",
            "DUMP",
            """
            | 00000010 001c 0002 00000006 000007d1          | SKIP
            | 00000014 0003 0002 00000006 000007d1 00000000 | SKIP
            | 00000010 001c 0002 00000007 000007d1          | DATA of 0
            | 00000014 0003 0002 00000007 000007d1 00000000 | END 0 of 0
            """),
        script(
            "T35 thermal: a dump whose messages bear neither sequence number nor port",
            "DUMP+ANY_SEQUENCE+ANY_PORT",
            """
            | 00000010 001c 0002 00000000 00000000          | DATA of 0
            | 00000010 001c 0002 00000000 00000000          | DATA of 0
            | 00000014 0003 0002 00000007 000007d1 00000000 | END 0 of 0
            | 00000010 001c 0002 00000000 00000000          | EVENT
            """),
        script(
            "T35 the end of the dump bears neither",
            "DUMP+ANY_SEQUENCE+ANY_PORT",
            """
            | 00000010 001c 0002 00000000 00000000          | DATA of 0
            | 00000014 0003 0002 00000000 00000000 00000000 | END 0 of 0
            """),
        script(
            "T35 what was tolerated is not once the request has ended",
            "ANY_SEQUENCE+ANY_PORT",
            """
            | 00000010 001c 0000 00000063 000007d2          | LAST of 0
            | 00000010 001c 0000 00000063 000007d2          | WRONG_PORT
            | 00000010 001c 0000 00000063 000007d1          | WRONG_SEQUENCE
            | 00000010 001c 0000 00000000 00000000          | EVENT
            | 00000010 001c 0000 00000007 000007d1          | SKIP
            """),
        script(
            "T02 a wrong sequence number before the acknowledgement",
            "ANY_SEQUENCE+ACK",
            """
            | 00000010 001c 0000 00000000 000007d1          | DATA of 0
            | 00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            | 00000010 001c 0000 00000000 000007d1          | WRONG_SEQUENCE
            """),
        script(
            "T02 only a request that is alone tolerates",
            "ANY_SEQUENCE+ANY_PORT DO",
            """
            | 00000010 001c 0000 00000000 000007d1          | WRONG_SEQUENCE
            | 00000010 001c 0000 00000007 000007d2          | WRONG_PORT
            | 00000010 001c 0000 00000008 00000000          | EVENT
            | 00000010 001c 0000 00000007 000007d1          | LAST of 0
            | 00000010 001c 0000 00000008 000007d1          | LAST of 1
            """),
        script(
            "T02 a wrong answer ends nothing",
            "DO",
            """
            | 00000010 001c 0000 00000008 000007d1          | WRONG_SEQUENCE
            | 00000010 001c 0000 00000007 000007d2          | WRONG_PORT
            | 00000010 001c 0000 00000007 000007d1          | LAST of 0
            """),
        script(
            "T65 taskstats: an event that looks like the answer, before it and behind it",
            "DO",
            """
            | 00000010 001c 0000 00000007 00000000          | EVENT
            | 00000010 001c 0000 00000007 000007d1          | LAST of 0
            | 00000010 001c 0000 00000007 00000000          | EVENT
            """),
        script(
            "T65 a tolerated port cannot be told from an event that looks like the answer",
            "ANY_PORT",
            """
            | 00000010 001c 0000 00000063 00000000          | WRONG_SEQUENCE
            | 00000010 001c 0000 00000007 00000000          | LAST of 0
            | 00000010 001c 0000 00000007 000007d1          | SKIP
            """),
        script(
            "T65 rtnetlink: a notification to a member before its own acknowledgement",
            "ACK",
            """
            | group 1 | 00000010 0010 0000 00000007 000007d1          | EVENT
            |           00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            | group 1 | 00000010 0010 0000 00000007 000007d1          | EVENT
            """),
        script(
            "T65 nftables: echoes, the acknowledgement, then somebody else's notification",
            "ECHO+ACK",
            """
            | group 7 | 00000010 0a00 0002 00000007 000007d1          | DATA of 0
            | group 7 | 00000010 0a00 0000 00000007 000007d1          | DATA of 0
            | group 7 | 00000010 0a00 0000 00000007 000007d2          | EVENT
            |           00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            | group 7 | 00000010 0a00 0000 00000007 000007d1          | EVENT
            """),
        script(
            "T65 nftables: in a transaction the echo of an element does not say of which request",
            "ACK+PART ACK+PART+ECHO ACK+PART+ECHO ACK+PART",
            """
            | 00000010 0a00 0400 00000008 000007d1          | DATA of 1
            | 00000010 0a0c 0400 00000000 000007d1          | SKIP
            | 00000014 0002 0100 00000009 000007d1 00000000 | END 0 of 2
            | 00000010 0a0c 0400 00000000 000007d1          | SKIP
            | 00000010 0a0c 0400 0000000b 000007d1          | WRONG_SEQUENCE
            | 00000010 0a0c 0400 80000000 000007d1          | WRONG_SEQUENCE
            | 00000010 0a0c 0400 00000000 00000000          | EVENT
            """),
        script(
            "T65 only the request that asked for it is echoed",
            "ACK ECHO+ACK",
            """
            | group 7 | 00000010 0a00 0000 00000007 000007d1          | EVENT
            | group 7 | 00000010 0a00 0000 00000008 000007d1          | DATA of 1
            |           00000014 0002 0000 00000008 000007d1 00000000 | END 0 of 1
            |           00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            """),
        script(
            "T05 another process cannot end a request",
            "ACK",
            """
            | sender 4d2 | 00000014 0002 0000 00000007 000007d1 ffffffff | SKIP
            | sender 4d2 | 00000014 0002 0000 00000007 000007d1 00000000 | SKIP
            |              00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            """),
        script(
            "T06 requests of a window are answered in any order",
            "ACK DO DUMP DO+ECHO",
            """
            | 00000010 001c 0000 0000000a 000007d1          | LAST of 3
            | 00000014 0002 0000 00000008 000007d1 fffffffe | REFUSED -2 of 1
            | 00000010 001c 0002 00000009 000007d1          | DATA of 2
            | 00000010 001c 0000 00000007 000007d1          | DATA of 0
            | 00000014 0003 0002 00000009 000007d1 00000000 | END 0 of 2
            | 00000014 0002 0000 00000007 000007d1 00000009 | END 9 of 0
            """),
        script(
            "T38 requests of a window that have ended are answered again",
            "DO ACK",
            """
            | 00000010 001c 0000 00000007 000007d1          | LAST of 0
            | 00000010 001c 0000 00000007 000007d1          | SKIP
            | 00000014 0002 0000 00000008 000007d1 fffffffe | REFUSED -2 of 1
            | 00000014 0002 0000 00000008 000007d1 00000000 | SKIP
            | 00000014 0002 0000 00000007 000007d1 ffffffff | SKIP
            """),
        script(
            "T68 an error in the middle of a batch ends one request",
            "ACK ACK ACK",
            """
            | 00000014 0002 0000 00000007 000007d1 00000000 | END 0 of 0
            | 00000014 0002 0000 00000008 000007d1 ffffffef | REFUSED -17 of 1
            | 00000014 0002 0000 00000009 000007d1 00000000 | END 0 of 2
            """));
  }

  @ParameterizedTest(name = "{0}", quoteTextArguments = false)
  @MethodSource("scripts")
  void answersAreToldApart(String what, String asked, String script) {
    Answers answers = new Answers(asked);
    List<String> verdicts = new ArrayList<>();
    List<String> expected = new ArrayList<>();

    for (String line : script.lines().toList()) {
      String message = line.substring(0, line.lastIndexOf('|'));
      verdicts.add(answers.take(number("sender", message), number("group", message), message));
      expected.add(line.substring(line.lastIndexOf('|') + 1).strip());
    }

    assertThat(verdicts).as(what).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{5}", quoteTextArguments = false)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # asked  length   type flags sequence port     payload    interrupted  filtered
        DUMP | 00000010 001c 0002 00000007 000007d1          | false | false | 0 | T12 no mark
        DUMP | 00000010 001c 0012 00000007 000007d1          | true  | false | 0 | T12 NLM_F_DUMP_INTR on a message
        DUMP | 00000014 0003 0012 00000007 000007d1 00000000 | true  | false | 0 | T12 NLM_F_DUMP_INTR on the end
        DUMP | 00000010 0003 0012 00000007 000007d1          | true  | false | 0 | T12 NLM_F_DUMP_INTR on an end without payload
        DUMP | 00000014 0003 0012 00000007 000007d1 fffffff4 | true  | false | 0 | T12 NLM_F_DUMP_INTR on the end with an error
        DUMP | 00000014 0002 0010 00000007 000007d1 fffffff4 | true  | false | 0 | T12 NLM_F_DUMP_INTR on an error
        DUMP | 00000010 0001 0012 00000007 000007d1          | true  | false | 0 | T12 NLM_F_DUMP_INTR on a message without content
        DUMP | 00000010 001c 0022 00000007 000007d1          | false | true  | 0 | T12 NLM_F_DUMP_FILTERED on a message
        DUMP | 00000014 0003 0022 00000007 000007d1 00000000 | false | true  | 0 | T12 NLM_F_DUMP_FILTERED on the end
        DUMP | 00000010 001c 0032 00000007 000007d1          | true  | true  | 0 | T12 both
        DUMP | 00000010 001c ffcf 00000007 000007d1          | false | false | 0 | T12 all flags but these
        DUMP | 00000010 001c 0032 00000006 000007d1          | false | false | 0 | T14 both on a leftover of an earlier dump
        DUMP | 00000010 001c 0032 00000007 00000000          | false | false | 0 | T65 both on an event
        DUMP | 00000010 001c 0032 00000007 000007d1          | false | false | 3 | T65 both on a notification
        DUMP | 00000010 001c 0032 00000007 000007d2          | false | false | 0 | T02 both on an answer to another port
        DUMP | 00000010 001c 0032 00000063 000007d1          | false | false | 0 | T02 both on an answer to no request
      """)
  void marksOfTheDumpAreKept(
      String asked, String drawing, boolean interrupted, boolean filtered, int group, String what) {
    Answers answers = new Answers(asked);

    answers.take(0, group, drawing);

    assertThat(answers.exchange.isInterrupted()).as(what).isEqualTo(interrupted);
    assertThat(answers.exchange.isFiltered()).as(what).isEqualTo(filtered);
  }

  @Test
  @DisplayName("T12 a mark on one message holds for the dump")
  void markOnOneMessageHoldsForTheDump() {
    Answers answers = new Answers("DUMP");

    answers.take("00000010 001c 0032 00000007 000007d1");
    answers.take("00000010 001c 0002 00000007 000007d1");
    answers.take("00000014 0003 0002 00000007 000007d1 00000000");

    assertThat(answers.exchange.isInterrupted()).isTrue();
    assertThat(answers.exchange.isFiltered()).isTrue();
  }

  @Test
  @DisplayName("T12 the next dump starts without the marks of the last")
  void nextDumpStartsWithoutMarks() {
    Answers answers = new Answers("DUMP");
    answers.take("00000010 001c 0032 00000007 000007d1");

    answers.exchange.begin(PORT, 8, false);

    assertThat(answers.exchange.isInterrupted()).isFalse();
    assertThat(answers.exchange.isFiltered()).isFalse();
  }

  @ParameterizedTest(
      name = "T04 NLMSG_ERROR with a payload of {0} bytes is malformed",
      quoteTextArguments = false)
  @ValueSource(ints = {0, 1, 2, 3})
  void shortErrorIsMalformedAndEndsNothing(int payload) {
    Answers answers = new Answers("DO");

    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> answers.take(shortMessage(payload, 2, 7, PORT)));

    assertThat(answers.exchange.underWay()).isEqualTo(1);
    assertThat(answers.take("00000014 0002 0000 00000007 000007d1 00000000"))
        .isEqualTo("END 0 of 0");
  }

  @ParameterizedTest(
      name = "T13 NLMSG_DONE with a payload of {0} bytes is an end without error",
      quoteTextArguments = false)
  @ValueSource(ints = {0, 1, 2, 3})
  void shortDoneIsAnEnd(int payload) {
    Answers answers = new Answers("DUMP");

    assertThat(answers.take(shortMessage(payload, 3, 7, PORT))).isEqualTo("END 0 of 0");
  }

  @Test
  @DisplayName("T04 a short NLMSG_ERROR that answers no request does no harm")
  void shortErrorThatIsNoAnswerIsNotRead() {
    Answers answers = new Answers("DO");

    assertThat(answers.take(0x4d2, 0, shortMessage(0, 2, 7, PORT))).isEqualTo("SKIP");
    assertThat(answers.take(0, 3, shortMessage(0, 2, 7, PORT))).isEqualTo("EVENT");
    assertThat(answers.take(shortMessage(0, 2, 7, 0))).isEqualTo("EVENT");
    assertThat(answers.take(shortMessage(0, 2, 7, PORT + 1))).isEqualTo("WRONG_PORT");
    assertThat(answers.take(shortMessage(0, 2, 6, PORT))).isEqualTo("SKIP");
    assertThat(answers.take(shortMessage(0, 2, 8, PORT))).isEqualTo("WRONG_SEQUENCE");
  }

  @Test
  @DisplayName("T37 without a request all is for the listener, stale or wrong")
  void nothingIsAnAnswerBeforeTheFirstRequest() {
    Answers answers = new Answers(1, false, "");

    assertThat(answers.take("00000010 001c 0000 00000000 00000000")).isEqualTo("EVENT");
    assertThat(answers.take(0, 3, "00000010 001c 0000 00000001 000007d1")).isEqualTo("EVENT");
    assertThat(answers.take("00000010 001c 0000 00000001 000007d1")).isEqualTo("WRONG_SEQUENCE");
    assertThat(answers.exchange.underWay()).isZero();
  }

  @Test
  @DisplayName("T03 what was under way is stale after a new start")
  void newStartMakesAnswersStale() {
    Answers answers = new Answers("ACK DUMP");

    answers.begin(9, "ACK");

    assertThat(answers.take("00000010 001c 0000 00000007 000007d1")).isEqualTo("SKIP");
    assertThat(answers.take("00000014 0003 0002 00000008 000007d1 00000000")).isEqualTo("SKIP");
    assertThat(answers.take("00000014 0002 0000 00000009 000007d1 00000000"))
        .isEqualTo("END 0 of 0");
  }

  @Test
  @DisplayName("T02 what was tolerated once is not in the next exchange")
  void newStartForgetsWhatWasTolerated() {
    Answers answers = new Answers("ANY_SEQUENCE+ANY_PORT");

    answers.begin(8, "DO");

    assertThat(answers.take("00000010 001c 0000 00000000 000007d1")).isEqualTo("WRONG_SEQUENCE");
    assertThat(answers.take("00000010 001c 0000 00000008 00000000")).isEqualTo("EVENT");
  }

  @Test
  @DisplayName("T40 a request that was taken back is not awaited, and its number is unused")
  void requestTakenBackIsNotAwaited() {
    Answers answers = new Answers("DO DUMP");

    answers.removeLast();

    assertThat(answers.take("00000010 001c 0000 00000008 000007d1")).isEqualTo("WRONG_SEQUENCE");
    assertThat(answers.take("00000010 001c 0000 00000007 000007d1")).isEqualTo("LAST of 0");
  }

  @Test
  @DisplayName("T40 the request after one that was taken back has its number, not its state")
  void requestAfterOneTakenBackHasItsNumber() {
    Answers answers = new Answers("DO DUMP+ECHO");

    answers.removeLast();
    answers.add("DO");

    assertThat(answers.take(0, 3, "00000010 001c 0000 00000008 000007d1")).isEqualTo("EVENT");
    assertThat(answers.take("00000010 001c 0000 00000008 000007d1")).isEqualTo("LAST of 1");
  }

  @Test
  @DisplayName("T02 a tolerant request is alone again once the one behind it was taken back")
  void requestIsAloneAgain() {
    Answers answers = new Answers("ANY_SEQUENCE DO");

    answers.removeLast();

    assertThat(answers.take("00000010 001c 0000 00000000 000007d1")).isEqualTo("LAST of 0");
  }

  @Test
  @DisplayName("T65 number 0 is no echo once the transaction is over and nothing is asked")
  void numberZeroBehindATransaction() {
    Answers answers = new Answers("ACK+PART");

    answers.begin(9, "");

    assertThat(answers.take("00000010 0a0c 0400 00000000 000007d1")).isEqualTo("WRONG_SEQUENCE");
  }

  @Test
  @DisplayName("T06 a window of a thousand requests, answered from the last to the first")
  void windowOfManyRequests() {
    Answers answers = new Answers("ACK ".repeat(1000));

    List<String> verdicts =
        IntStream.range(0, 1000)
            .map(i -> 999 - i)
            .mapToObj(
                i ->
                    answers.take(
                        String.format(
                            "00000014 0002 0000 %08x 000007d1 %08x", FIRST + i, i % 3 - 1)))
            .toList();

    assertThat(verdicts)
        .isEqualTo(
            IntStream.range(0, 1000)
                .map(i -> 999 - i)
                .mapToObj(i -> (i % 3 == 0 ? "REFUSED " : "END ") + (i % 3 - 1) + " of " + i)
                .toList());
    assertThat(answers.exchange.underWay()).isZero();
  }

  @Test
  @DisplayName("T34 the number of the last end stays when messages come")
  void numberOfTheLastEndStays() {
    Answers answers = new Answers("ACK ACK DO");

    answers.take("00000014 0002 0000 00000007 000007d1 00000005");
    answers.take("00000010 001c 0000 00000008 000007d1");
    answers.take("00000014 0003 0002 00000008 000007d1 00000009");
    answers.take("00000010 001c 0000 00000009 000007d1");

    assertThat(answers.exchange.code()).isEqualTo(5);
  }

  @Test
  @DisplayName("T09 nothing came instead of an answer")
  void nothingCameInstead() {
    Answers answers = new Answers("ACK");

    answers.take("00000010 001c 0000 00000007 000007d1");

    assertThat(answers.exchange.strays().toString()).isEmpty();
  }

  @Test
  @DisplayName("T09 the last of the messages that came instead of an answer is told")
  void lastThatCameInsteadIsTold() {
    Answers answers = new Answers("DO");

    answers.take("00000010 001c 0000 00000000 00000000");
    answers.take("00000010 001d 0000 00000006 000007d1");
    answers.take("00000014 0002 0000 00000005 000007d1 ffffffea");

    assertThat(answers.exchange.strays().toString())
        .isEqualTo(
            "; messages that came instead: 3, the last of type 2 with sequence number 5 and port"
                + " 2001");
  }

  @ParameterizedTest(name = "T09 {1} is told", quoteTextArguments = false)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      00000010 001c 0000 00000007 00000000 | type 28 with sequence number 7 and port 0
      00000010 001c 0000 00000006 000007d1 | type 28 with sequence number 6 and port 2001
      00000010 ffff 0000 ffffffff 000007d1 | type 65535 with sequence number 4294967295 and port 2001
      00000010 001c 0000 00000007 fffffffe | type 28 with sequence number 7 and port 4294967294
      """)
  void messageThatCameInsteadIsTold(String drawing, String text) {
    Answers answers = new Answers("DO");

    answers.take(drawing);

    assertThat(answers.exchange.strays().toString())
        .startsWith("; messages that came instead: 1")
        .contains(text);
  }

  @Test
  @DisplayName("T09 what other processes send is not told")
  void whatOtherProcessesSendIsNotTold() {
    Answers answers = new Answers("DO");

    answers.take(0x4d2, 0, "00000010 001c 0000 00000007 000007d1");

    assertThat(answers.exchange.strays().toString()).isEmpty();
  }

  @Test
  @DisplayName("T09 what came instead of an earlier answer is not told again")
  void whatCameInsteadIsForgotten() {
    Answers answers = new Answers("DO");
    answers.take("00000010 001c 0000 00000006 000007d1");

    answers.begin(8, "DO");

    assertThat(answers.exchange.strays().toString()).isEmpty();
  }

  private static Arguments script(String what, String asked, String script) {
    return Arguments.of(what, asked, script);
  }

  /** Returns the hexadecimal number behind a word of a line, 0 if the word is not there. */
  private static int number(String word, String line) {
    int at = line.indexOf(word);
    return at < 0
        ? 0
        : Integer.parseUnsignedInt(line.substring(at + word.length()).strip().split(" ")[0], 16);
  }

  private static String shortMessage(int payload, int type, int sequence, int port) {
    return String.format("%08x %04x 0000 %08x %08x ", 16 + payload, type, sequence, port)
        + "ff ".repeat(payload);
  }

  /** An exchange, and beside it what it has to know of its requests. */
  private final class Answers {

    private final Exchange exchange = new Exchange();
    private final List<Boolean> underWay = new ArrayList<>();
    private final boolean wrapped;

    Answers(String asked) {
      this(FIRST, false, asked);
    }

    Answers(int first, boolean wrapped, String asked) {
      this.wrapped = wrapped;
      begin(first, asked);
    }

    void begin(int first, String asked) {
      exchange.begin(PORT, first, wrapped);
      underWay.clear();
      Stream.of(asked.split(" ")).filter(request -> !request.isEmpty()).forEach(this::add);
      check();
    }

    void add(String request) {
      if (!request.equals("NOTHING")) {
        exchange.add(Stream.of(request.split("\\+")).mapToInt(Answers::bit).sum());
        underWay.add(true);
      }
    }

    void removeLast() {
      exchange.removeLast();
      underWay.remove(underWay.size() - 1);
      check();
    }

    String take(String drawing) {
      return take(0, 0, drawing);
    }

    /** Returns the verdict in words: with what the exchange says of an answer, and of an end. */
    String take(int sender, int group, String drawing) {
      String bytes = drawing.replaceAll("(sender|group) [0-9a-f]+", "");
      ByteBuffer datagram = memory.of(bytes);
      MessageReader message = new MessageReader().read(datagram, 0, datagram.limit());
      assertThat(message.next()).isTrue();
      int verdict = exchange.accept(sender, group, message);
      int request = exchange.request();
      String words =
          switch (verdict) {
            case Exchange.SKIP -> "SKIP";
            case Exchange.DATA -> "DATA of " + request;
            case Exchange.LAST -> "LAST of " + request;
            case Exchange.END -> "END " + exchange.code() + " of " + request;
            case Exchange.REFUSED -> "REFUSED " + exchange.code() + " of " + request;
            case Exchange.EVENT -> "EVENT";
            case Exchange.WRONG_PORT -> "WRONG_PORT";
            case Exchange.WRONG_SEQUENCE -> "WRONG_SEQUENCE";
            default -> "verdict " + verdict;
          };
      if (verdict == Exchange.LAST || verdict == Exchange.END || verdict == Exchange.REFUSED) {
        underWay.set(request, false);
      }
      check();
      return words;
    }

    private void check() {
      assertThat(exchange.underWay())
          .isEqualTo((int) underWay.stream().filter(going -> going).count());
      assertThat(exchange.firstUnderWay()).isEqualTo(underWay.indexOf(true));
      for (int i = 0; i < underWay.size(); i++) {
        assertThat(exchange.isUnderWay(i))
            .as("request %d is under way", i)
            .isEqualTo(underWay.get(i));
      }
    }

    private static int bit(String name) {
      return switch (name) {
        case "DO" -> 0;
        case "ACK" -> Exchange.ACK;
        case "DUMP" -> Exchange.DUMP;
        case "ECHO" -> Exchange.ECHO;
        case "ANY_SEQUENCE" -> Exchange.ANY_SEQUENCE;
        case "ANY_PORT" -> Exchange.ANY_PORT;
        case "PART" -> Exchange.PART;
        default -> throw new IllegalArgumentException(name);
      };
    }
  }
}
