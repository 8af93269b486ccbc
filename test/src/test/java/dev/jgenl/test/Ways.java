package dev.jgenl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jgenl.Dump;
import dev.jgenl.Event;
import dev.jgenl.Genl;
import dev.jgenl.GenlConnection;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.GenlSubscription;
import dev.jgenl.KernelException;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The ways that the API has to ask for the same; each has to come to the same result. */
final class Ways {

  private Ways() {}

  /** Shows that the kernel refuses. */
  static KernelException refusal(ThrowingCallable call) {
    KernelException e = catchThrowableOfType(KernelException.class, call);
    assertThat(e).isNotNull();
    return e;
  }

  /** To have a request done. */
  enum Doing {
    EXECUTE {
      @Override
      Reply<GenlMessage> reply(Genl genl, GenlRequest request) throws NetlinkException {
        return genl.execute(request);
      }
    },
    BATCH {
      @Override
      Reply<GenlMessage> reply(Genl genl, GenlRequest request) throws NetlinkException {
        return genl.batch(List.of(request)).get(0).get();
      }
    },
    BATCH_AMID_OTHERS {
      @Override
      Reply<GenlMessage> reply(Genl genl, GenlRequest request) throws NetlinkException {
        GenlRequest echo = Lab.request(genl, Lab.ECHO, a -> a.putU32(Lab.V_U32, 7));
        List<Outcome<Reply<GenlMessage>>> outcomes =
            genl.batch(List.of(echo, request, echo.withoutAck(), request, echo));
        for (int i = 0; i < 5; i += 2) {
          Reply<GenlMessage> neighbour = outcomes.get(i).get();
          assertThat(neighbour.messages()).hasSize(1);
          assertThat(neighbour.messages().get(0).attributes().get(Lab.V_U32).u32()).isEqualTo(7);
        }
        outcomes.get(1).get();
        return outcomes.get(3).get();
      }
    },
    CONNECTION {
      @Override
      Reply<GenlMessage> reply(Genl genl, GenlRequest request) throws NetlinkException {
        try (GenlConnection connection = genl.connect()) {
          Reply<GenlMessage> first = connection.execute(request);
          Reply<GenlMessage> second = connection.execute(request);
          assertThat(second.messages()).hasSameSizeAs(first.messages());
          return second;
        }
      }
    };

    abstract Reply<GenlMessage> reply(Genl genl, GenlRequest request) throws NetlinkException;
  }

  /** To ask for the one message of an answer. */
  enum Asking {
    REQUEST {
      @Override
      GenlMessage message(Genl genl, GenlRequest request) throws NetlinkException {
        return genl.request(request, GenlMessage::copy);
      }
    },
    BATCH {
      @Override
      GenlMessage message(Genl genl, GenlRequest request) throws NetlinkException {
        return genl.batch(List.of(request), GenlMessage::copy).get(0).get();
      }
    },
    CONNECTION {
      @Override
      GenlMessage message(Genl genl, GenlRequest request) throws NetlinkException {
        try (GenlConnection connection = genl.connect()) {
          return connection.request(request, GenlMessage::copy);
        }
      }
    };

    abstract GenlMessage message(Genl genl, GenlRequest request) throws NetlinkException;
  }

  /** To read a dump. */
  enum Dumping {
    NEXT {
      @Override
      List<GenlMessage> messages(Genl genl, GenlRequest request) throws NetlinkException {
        List<GenlMessage> messages = new ArrayList<>();
        try (Dump<GenlMessage> dump = genl.dump(request)) {
          for (GenlMessage m = dump.next(); m != null; m = dump.next()) {
            messages.add(m);
          }
        }
        return messages;
      }
    },
    TO_LIST {
      @Override
      List<GenlMessage> messages(Genl genl, GenlRequest request) throws NetlinkException {
        try (Dump<GenlMessage> dump = genl.dump(request)) {
          return dump.toList();
        }
      }
    },
    STREAM {
      @Override
      List<GenlMessage> messages(Genl genl, GenlRequest request) throws NetlinkException {
        try (Stream<GenlMessage> stream = genl.dump(request).stream()) {
          return stream.toList();
        } catch (UncheckedIOException e) {
          throw (NetlinkException) e.getCause();
        }
      }
    },
    LIST {
      @Override
      List<GenlMessage> messages(Genl genl, GenlRequest request) throws NetlinkException {
        List<GenlMessage> messages = new ArrayList<>();
        try (GenlSubscription s = genl.subscribe(request, "other")) {
          Event<GenlMessage> event = s.next();
          while (event instanceof Event.Listed<GenlMessage> listed) {
            messages.add(listed.message());
            event = s.next();
          }
          assertThat(event).isInstanceOf(Event.Synchronized.class);
        }
        return messages;
      }
    },
    CONNECTION {
      @Override
      List<GenlMessage> messages(Genl genl, GenlRequest request) throws NetlinkException {
        try (GenlConnection connection = genl.connect();
            Dump<GenlMessage> dump = connection.dump(request)) {
          return dump.toList();
        }
      }
    };

    abstract List<GenlMessage> messages(Genl genl, GenlRequest request) throws NetlinkException;
  }
}
