package dev.jgenl.bench.client;

import static dev.jgenl.bench.client.Client.require;

/**
 * A client that is measured by the objects that it makes of answers, and by nothing else. It adds
 * up the fields that bench/README.md names, which shows that it has read them.
 */
abstract class ObjectClient implements Client, Client.Connection {

  /** What ethtool is asked about. */
  static final String LINK = "veth0";

  /** What WireGuard is asked about. */
  static final String DEVICE = "wg0";

  /** Where the last bytes of port and address are in a struct sockaddr_in. */
  static final int PORT = 3;

  static final int ADDRESS = 7;

  @Override
  public final String madeOf() {
    return JgenlClient.version();
  }

  @Override
  public final boolean can(Operation operation) {
    return Operation.OF_OBJECTS.contains(operation);
  }

  @Override
  public final Connection connect() {
    return this;
  }

  @Override
  public final long objects(Operation operation, int total) throws Exception {
    Sum sum =
        switch (operation) {
          case LINKINFO_GET -> linkinfo();
          case FEATURES_GET -> features();
          case GETLINK -> links();
          case GET_DEVICE -> peers();
          default -> throw new UnsupportedOperationException();
        };
    require(sum.count == total, sum.count + " objects instead of " + total);
    return sum.fields;
  }

  Sum linkinfo() throws Exception {
    throw new UnsupportedOperationException();
  }

  Sum features() throws Exception {
    throw new UnsupportedOperationException();
  }

  Sum links() throws Exception {
    throw new UnsupportedOperationException();
  }

  Sum peers() throws Exception {
    throw new UnsupportedOperationException();
  }

  /** How many objects there were, and what their fields came to. */
  static final class Sum {

    private int count;
    private long fields;

    Sum object() {
      count++;
      return this;
    }

    Sum add(long field) {
      fields += field;
      return this;
    }

    /** A text counts with its length. */
    Sum add(String field) {
      return add(field.length());
    }

    /** Of bytes one counts. */
    Sum add(byte[] field, int index) {
      return add(field[index] & 0xff);
    }

    Sum add(boolean field) {
      return add(field ? 1 : 0);
    }
  }

  @Override
  public final void cycle(String message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public final void exchange(String message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public final void pipeline(String message, int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public final long dump(int payload, long count) {
    throw new UnsupportedOperationException();
  }
}
