package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Event;
import dev.jgenl.FamilyNotFoundException;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.RequestTimeoutException;
import dev.jgenl.transport.Errno;
import dev.jgenl.wire.AttributeWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The family genl_lab: the numbers of {@code genl_lab.h}, and what several tests ask of it. */
final class Lab {

  static final String NAME = "genl_lab";
  static final String HDR_NAME = "genl_lab_hdr";
  static final String INIT_NAME = "genl_lab_init";

  static final int ECHO = 1;
  static final int RAW = 2;
  static final int CHECK = 3;
  static final int DUMP = 4;
  static final int FAIL = 5;
  static final int REPLY = 6;
  static final int BURST = 7;
  static final int NOTIFY = 8;
  static final int ADMIN = 9;
  static final int NS_ADMIN = 10;
  static final int FORGE = 11;
  static final int REGISTER = 12;
  static final int DEREGISTER = 13;
  static final int EVENT = 14;
  static final int CHANGE = 15;

  static final int INDEX = 1;
  static final int TOTAL = 2;
  static final int PAYLOAD = 3;
  static final int COUNT = 4;
  static final int SIZE = 5;
  static final int DELAY = 6;
  static final int ERRNO = 7;
  static final int TEXT = 8;
  static final int INTR = 9;
  static final int COOKIE = 10;
  static final int NEST = 11;
  static final int DEPTH = 12;
  static final int BAD_TYPE = 13;
  static final int MISS_TYPE = 14;
  static final int SEQ = 15;
  static final int PORTID = 16;
  static final int UNPADDED = 17;
  static final int TOGETHER = 18;
  static final int GROUP = 19;
  static final int ABSOLUTE = 20;
  static final int FLAGS = 21;
  static final int VALUE = 22;
  static final int DONE = 23;
  static final int BARE = 24;

  static final int V_U8 = 1;
  static final int V_U16 = 2;
  static final int V_U32 = 3;
  static final int V_U64 = 4;
  static final int V_S8 = 5;
  static final int V_S16 = 6;
  static final int V_S32 = 7;
  static final int V_S64 = 8;
  static final int V_UINT = 9;
  static final int V_SINT = 10;
  static final int V_BE16 = 11;
  static final int V_BE32 = 12;
  static final int V_BE64 = 13;
  static final int V_BITFIELD32 = 14;
  static final int V_FLAG = 15;
  static final int V_STRING = 16;
  static final int V_UNTERMINATED = 17;
  static final int V_BINARY = 18;
  static final int V_NEST = 19;
  static final int V_ARRAY = 20;
  static final int V_NEST_ANY = 21;

  private Lab() {}

  static GenlRequest request(Genl genl, int command, Consumer<? super AttributeWriter> attributes)
      throws NetlinkException {
    return GenlRequest.of(genl.family(NAME), command, attributes);
  }

  /** Shows that the connection still gives right answers. */
  static void assertUsable(Genl genl) throws NetlinkException {
    for (long i = 0; i < 5; i++) {
      assertThat(echo(genl, 4_000_000_000L + i)).isEqualTo(4_000_000_000L + i);
    }
  }

  static long echo(Genl genl, long number) throws NetlinkException {
    return echo(genl, genl.family(NAME), number);
  }

  static long echo(Genl genl, GenlFamily family, long number) throws NetlinkException {
    GenlRequest request = GenlRequest.of(family, ECHO, a -> a.putU32(V_U32, number));
    return genl.<Long>request(request, m -> m.attributes().get(V_U32).u32());
  }

  static KernelException refusal(Genl genl, GenlRequest request) {
    return catchThrowableOfType(KernelException.class, () -> genl.execute(request));
  }

  static int index(GenlMessage message) {
    return message.attributes().get(INDEX).s32();
  }

  /** Checks the whole of a message of a dump, a reply or a burst. */
  static void assertMessage(GenlMessage message, int index, int total, int size) {
    assertThat(index(message)).isEqualTo(index);
    assertThat(message.attributes().get(TOTAL).s32()).isEqualTo(total);
    List<Byte> expected = new ArrayList<>();
    List<Byte> received = new ArrayList<>();
    message.attributes().stream()
        .filter(a -> a.type() == PAYLOAD)
        .forEach(a -> addAll(received, a.bytes()));
    for (int i = 0; i < size; i++) {
      expected.add((byte) (index + i));
    }
    assertThat(received).isEqualTo(expected);
  }

  private static void addAll(List<Byte> list, byte[] bytes) {
    for (byte b : bytes) {
      list.add(b);
    }
  }

  /** Sends notifications to a group and returns when the last was sent. */
  static void burst(Genl genl, int group, int count, int size) throws NetlinkException {
    genl.execute(
        request(genl, BURST, a -> a.putU32(GROUP, group).putU32(COUNT, count).putU32(SIZE, size)));
  }

  static List<Integer> indices(List<Event<GenlMessage>> events) {
    List<Integer> indices = new ArrayList<>();
    for (Event<GenlMessage> event : events) {
      if (event instanceof Event.Notification<GenlMessage> n) {
        indices.add(index(n.message()));
      }
    }
    return indices;
  }

  /** What is asked of a module that may be absent. */
  interface Action {
    void run() throws NetlinkException;
  }

  /** Runs; what may happen while the module is absent is an outcome, all else is thrown. */
  static Optional<NetlinkException> outcome(Action action) throws NetlinkException {
    try {
      action.run();
      return Optional.empty();
    } catch (FamilyNotFoundException | RequestTimeoutException e) {
      // A burst that was pending when the module went is never acknowledged.
      return Optional.of(e);
    } catch (KernelException e) {
      // The module was there when the family was resolved, and gone when the request came; or it
      // was going, and a dump could not keep it.
      if (!Set.of(Errno.ENOENT, Errno.EPROTONOSUPPORT).contains(e.error())) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  static void remove(String module) throws Exception {
    Command rmmod = Command.run("rmmod", module);
    assertThat(rmmod.status()).as(rmmod.output()).isZero();
  }

  static void insert(String module) throws Exception {
    String file = Path.of(System.getenv("JGENL_MODULES"), module + ".ko").toString();
    Command insmod = Command.run("insmod", file);
    assertThat(insmod.status()).as(insmod.output()).isZero();
  }
}
