package dev.jgenl.bench.client;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A way to speak netlink. Whatever is not right is thrown. Safe to share between threads. */
public interface Client {

  /** The attribute of a reply that is looked at: the family's number on the host, the echo else. */
  int REPLY_ATTRIBUTE = 1;

  /** The number that the controller has on every kernel. */
  int NLCTRL_ID = 16;

  /** CTRL_ATTR_FAMILY_NAME, which each message of a dump on the host has. */
  int FAMILY_NAME = 2;

  /** What a dump in the VM is told: how many messages, and how many bytes in each. */
  int LAB_COUNT = 4;

  int LAB_SIZE = 5;

  /** The attribute of a message of a dump in the VM that says which one it is, from 0 on. */
  int LAB_INDEX = 1;

  /** The most messages that a dump in the VM can have. */
  int LAB_COUNT_MAX = 1_000_000;

  /** What the client is made of, apart from the JDK. */
  String madeOf();

  /** Tells whether there is a way to do this; by default to speak Generic Netlink, no more. */
  default boolean can(Operation operation) {
    return Operation.GENERIC.contains(operation);
  }

  /**
   * Opens what a thread uses for the life of the process: a socket of its own, or what the library
   * offers in its place.
   */
  Connection connect() throws Exception;

  /** Opens a socket, resolves the family by its name, does one exchange and closes. */
  void cycle(String message) throws Exception;

  /** Used by one thread at a time. */
  interface Connection {

    /** Sends one request and reads its reply. */
    void exchange(String message) throws Exception;

    /** Does so many exchanges, without waiting for one before the next begins, if it can. */
    void pipeline(String message, int count) throws Exception;

    /**
     * Dumps once.
     *
     * @param payload in bytes, for a kernel that can be told
     * @param count how many messages, for a kernel that can be told
     * @return how many messages came
     */
    long dump(int payload, long count) throws Exception;

    /** Dumps all links once, of which there have to be so many. */
    default void links(int total) throws Exception {
      throw new UnsupportedOperationException();
    }

    /** Dumps all IPv4 routes once, of which there have to be so many. */
    default void routes(int total) throws Exception {
      throw new UnsupportedOperationException();
    }

    /**
     * Asks once for objects.
     *
     * @param operation one of {@link Operation#OF_OBJECTS}
     * @param total how many there have to be
     * @return the sum of the fields that bench/README.md names
     */
    default long objects(Operation operation, int total) throws Exception {
      throw new UnsupportedOperationException();
    }
  }

  /** What can be asked for. */
  enum Operation {
    CYCLE,
    EXCHANGE,
    PIPELINE,
    DUMP,
    LINKS,
    ROUTES,
    LINKINFO_GET,
    FEATURES_GET,
    GETLINK,
    GET_DEVICE;

    static final Set<Operation> GENERIC = EnumSet.of(CYCLE, EXCHANGE, PIPELINE, DUMP);

    static final Set<Operation> OF_OBJECTS =
        EnumSet.of(LINKINFO_GET, FEATURES_GET, GETLINK, GET_DEVICE);

    /** The one of this name in a line, such as {@code linkinfo-get}. */
    static Operation of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Fails unless a reply is right. */
  static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalStateException(otherwise);
    }
  }
}
