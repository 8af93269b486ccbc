package dev.jgenl.spec;

import dev.jgenl.Dump;
import dev.jgenl.Genl;
import dev.jgenl.GenlFamily;
import dev.jgenl.GenlMessage;
import dev.jgenl.GenlPolicy;
import dev.jgenl.GenlRequest;
import dev.jgenl.NetlinkException;
import dev.jgenl.Outcome;
import dev.jgenl.Reply;
import dev.jgenl.Subscription;
import dev.jgenl.wire.AttributeWriter;
import dev.jgenl.wire.Attributes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reaches a family by Generic Netlink. */
record GenericPort(Genl genl, GenlFamily family) implements Port<GenlRequest, GenlMessage> {

  @Override
  public GenlRequest newRequest(int id, byte[] header, Consumer<AttributeWriter> attributes) {
    GenlRequest request = GenlRequest.of(family, id, attributes);
    return header.length == 0 ? request : request.withHeader(header);
  }

  @Override
  public <T> T request(GenlRequest request, Function<GenlMessage, T> reader)
      throws NetlinkException {
    return genl.request(request, reader);
  }

  @Override
  public Reply<GenlMessage> execute(GenlRequest request) throws NetlinkException {
    return genl.execute(request);
  }

  @Override
  public Dump<GenlMessage> dump(GenlRequest request) throws NetlinkException {
    return genl.dump(request);
  }

  @Override
  public List<Outcome<Reply<GenlMessage>>> batch(List<GenlRequest> requests) {
    return genl.batch(requests);
  }

  @Override
  public List<Outcome<Reply<GenlMessage>>> transaction(List<GenlRequest> requests) {
    throw new UnsupportedOperationException(family.name());
  }

  @Override
  public boolean hasTransactions() {
    return false;
  }

  @Override
  public Subscription<GenlMessage> subscribe(List<String> groups) throws NetlinkException {
    return genl.subscribe(family, groups.toArray(new String[0]));
  }

  @Override
  public Subscription<GenlMessage> subscribe(GenlRequest list, List<String> groups)
      throws NetlinkException {
    return genl.subscribe(list, groups.toArray(new String[0]));
  }

  @Override
  public GenlPolicy policy() throws NetlinkException {
    return genl.policy(family);
  }

  @Override
  public Class<GenlMessage> messageType() {
    return GenlMessage.class;
  }

  @Override
  public int id(GenlMessage message) {
    return message.command();
  }

  @Override
  public ByteBuffer header(GenlMessage message, int length) {
    return message.header();
  }

  @Override
  public Attributes attributes(GenlMessage message, int headerLength) {
    return message.attributes();
  }
}
