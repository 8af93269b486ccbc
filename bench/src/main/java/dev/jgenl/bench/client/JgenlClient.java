package dev.jgenl.bench.client;

import static dev.jgenl.bench.client.Client.require;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.foobar.GenlClient;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.wire.Attribute;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** This library. Its threads share one {@link Genl}, which has a socket for each that waits. */
public final class JgenlClient {

  /** From linux/rtnetlink.h and linux/if_link.h: types, lengths of headers, attributes. */
  private static final int RTM_GETLINK = 18;

  private static final int RTM_GETROUTE = 26;
  static final int IFINFOMSG = 16;
  private static final int RTMSG = 12;
  private static final int IFLA_IFNAME = 3;
  private static final int RTA_DST = 1;
  private static final byte AF_INET = 2;

  static final NetlinkRequest LINKS = NetlinkRequest.of(RTM_GETLINK, new byte[IFINFOMSG]);

  /** The header begins with the family. */
  private static final NetlinkRequest ROUTES =
      NetlinkRequest.of(RTM_GETROUTE, Arrays.copyOf(new byte[] {AF_INET}, RTMSG));

  private JgenlClient() {}

  public static void main(String[] args) {
    Serve.main(args, kernel -> kernel == Kernel.HOST ? new OnHost() : new InVm());
  }

  static String version() {
    String pom = "/META-INF/maven/dev.jgenl/jgenl/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = Genl.class.getResourceAsStream(pom)) {
      if (in == null) { // built, but not packaged
        return "jgenl";
      }
      properties.load(in);
      return "jgenl " + properties.getProperty("version");
    } catch (IOException e) {
      return "jgenl";
    }
  }

  /** Through the API for any family. */
  private static final class OnHost implements Client, Client.Connection {

    private final Genl genl = Genl.open();
    private final GenlFamily nlctrl = genl.family(Kernel.HOST.family);
    private final Netlink route = Netlink.open(Netlink.ROUTE);

    OnHost() throws NetlinkException {}

    @Override
    public String madeOf() {
      return version();
    }

    @Override
    public Connection connect() {
      return this;
    }

    @Override
    public boolean can(Operation operation) {
      return !Operation.OF_OBJECTS.contains(operation);
    }

    @Override
    public void cycle(String message) throws NetlinkException {
      try (Genl opened = Genl.open()) {
        exchange(opened, opened.family(Kernel.HOST.family), message);
      }
    }

    @Override
    public void exchange(String message) throws NetlinkException {
      exchange(genl, nlctrl, message);
    }

    private static void exchange(Genl genl, GenlFamily family, String message)
        throws NetlinkException {
      requireRight(genl.request(request(family, message), OnHost::id));
    }

    @Override
    public void pipeline(String message, int count) throws NetlinkException {
      List<GenlRequest> requests = Collections.nCopies(count, request(nlctrl, message));
      for (Outcome<Integer> outcome : genl.batch(requests, OnHost::id)) {
        requireRight(outcome.get());
      }
    }

    @Override
    public long dump(int payload, long count) throws NetlinkException {
      long messages = 0;
      try (Dump<GenlMessage> dump = genl.dump(nlctrl, Kernel.HOST.dumpCommand)) {
        for (GenlMessage m : dump) {
          require(m.attributes().has(FAMILY_NAME), "a family without a name");
          messages++;
        }
      }
      return messages;
    }

    @Override
    public void links(int total) throws NetlinkException {
      int links = 0;
      try (Dump<NetlinkMessage> dump = route.dump(LINKS)) {
        for (NetlinkMessage m = dump.next(); m != null; m = dump.next()) {
          Attribute name = m.attributes(IFINFOMSG).get(IFLA_IFNAME);
          require(!name.string().isEmpty(), "a link without a name");
          links++;
        }
      }
      require(links == total, links + " links instead of " + total);
    }

    @Override
    public void routes(int total) throws NetlinkException {
      int routes = 0;
      try (Dump<NetlinkMessage> dump = route.dump(ROUTES)) {
        for (NetlinkMessage m = dump.next(); m != null; m = dump.next()) {
          Attribute destination = m.attributes(RTMSG).get(RTA_DST);
          require(destination.u32Be() >> 24 == 10, "a route with another destination");
          routes++;
        }
      }
      require(routes == total, routes + " routes instead of " + total);
    }

    private static GenlRequest request(GenlFamily family, String message) {
      return GenlRequest.of(
              family, Kernel.HOST.command, a -> a.putString(Kernel.HOST.attribute, message))
          .withoutAck();
    }

    private static int id(GenlMessage reply) {
      return reply.attributes().get(REPLY_ATTRIBUTE).u16();
    }

    private static void requireRight(int id) {
      require(id == NLCTRL_ID, "the controller has the number " + id);
    }
  }

  /** Through the typed client, except for the dump, which has none. */
  private static final class InVm implements Client, Client.Connection {

    private final Genl genl = Genl.open();
    private final GenlClient foobar = GenlClient.on(genl);
    private final GenlFamily lab = genl.family(Kernel.VM.dumpFamily);

    InVm() throws NetlinkException {}

    @Override
    public String madeOf() {
      return version();
    }

    @Override
    public Connection connect() {
      return this;
    }

    @Override
    public void cycle(String message) throws NetlinkException {
      try (GenlClient opened = GenlClient.open()) {
        requireRight(message, opened.echo(message));
      }
    }

    @Override
    public void exchange(String message) throws NetlinkException {
      requireRight(message, foobar.echo(message));
    }

    @Override
    public void pipeline(String message, int count) throws NetlinkException {
      for (String echo : foobar.echoAll(Collections.nCopies(count, message))) {
        requireRight(message, echo);
      }
    }

    @Override
    public long dump(int payload, long count) throws NetlinkException {
      GenlRequest request =
          GenlRequest.of(
              lab,
              Kernel.VM.dumpCommand,
              a -> a.putU32(LAB_COUNT, count).putU32(LAB_SIZE, payload));
      long messages = 0;
      try (Dump<GenlMessage> dump = genl.dump(request)) {
        for (GenlMessage m : dump) {
          require(m.attributes().get(LAB_INDEX).u32() == messages, "a message is out of order");
          messages++;
        }
      }
      require(messages == count, messages + " messages instead of " + count);
      return messages;
    }

    private static void requireRight(String message, String echo) {
      require(echo.equals(message), "the echo differs from what was sent");
    }
  }
}
