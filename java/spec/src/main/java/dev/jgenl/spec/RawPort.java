package dev.jgenl.spec;

import dev.jgenl.Dump;
import dev.jgenl.GenlPolicy;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.Subscription;
import dev.jgenl.netlink.Netlink;
import dev.jgenl.netlink.NetlinkMessage;
import dev.jgenl.netlink.NetlinkRequest;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.model.Group;
import dev.jgenl.spec.model.Protocol;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reaches a part of a protocol that is not Generic Netlink. */
record RawPort(Netlink netlink, Family family) implements Port<NetlinkRequest, NetlinkMessage> {

  @Override
  public NetlinkRequest newRequest(int id, byte[] header, Consumer<AttributeWriter> attributes) {
    return NetlinkRequest.of(id, header, attributes);
  }

  @Override
  public <T> T request(NetlinkRequest request, Function<NetlinkMessage, T> reader)
      throws NetlinkException {
    return netlink.request(request, reader);
  }

  @Override
  public Reply<NetlinkMessage> execute(NetlinkRequest request) throws NetlinkException {
    return netlink.execute(request);
  }

  @Override
  public Dump<NetlinkMessage> dump(NetlinkRequest request) throws NetlinkException {
    return netlink.dump(request);
  }

  @Override
  public List<Outcome<Reply<NetlinkMessage>>> batch(List<NetlinkRequest> requests) {
    return netlink.batch(requests);
  }

  @Override
  public boolean hasTransactions() {
    return family.protocol() instanceof Protocol.Raw raw && raw.number() == Netlink.NETFILTER;
  }

  @Override
  public List<Outcome<Reply<NetlinkMessage>>> transaction(List<NetlinkRequest> requests) {
    return netlink.transaction(requests.isEmpty() ? 0 : requests.get(0).type() >> 8, requests);
  }

  @Override
  public Subscription<NetlinkMessage> subscribe(List<String> groups) throws NetlinkException {
    return netlink.subscribe(numbers(groups));
  }

  @Override
  public Subscription<NetlinkMessage> subscribe(NetlinkRequest list, List<String> groups)
      throws NetlinkException {
    return netlink.subscribe(List.of(list), numbers(groups));
  }

  private int[] numbers(List<String> groups) {
    return groups.stream().mapToInt(this::number).toArray();
  }

  private int number(String group) {
    return family.groups().stream()
        .filter(g -> g.name().equals(group) && g.id().isPresent())
        .mapToInt(g -> g.id().getAsInt())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    family.name()
                        + ": "
                        + Names.printable(
                            "multicast group",
                            group,
                            family.groups().stream().map(Group::name).toList())));
  }

  @Override
  public GenlPolicy policy() {
    throw new UnsupportedOperationException(
        family.name() + ": the kernel tells its policy of families of Generic Netlink alone");
  }

  @Override
  public Class<NetlinkMessage> messageType() {
    return NetlinkMessage.class;
  }

  @Override
  public int id(NetlinkMessage message) {
    return message.type();
  }

  @Override
  public ByteBuffer header(NetlinkMessage message, int length) {
    return message.header(length);
  }

  @Override
  public Attributes attributes(NetlinkMessage message, int headerLength) {
    return message.attributes(headerLength);
  }
}
