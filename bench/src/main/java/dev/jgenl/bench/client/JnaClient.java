package dev.jgenl.bench.client;

import static dev.jgenl.bench.client.Client.require;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The libnl of the system through JNA's direct mapping. Each thread has sockets of its own: one as
 * libnl makes it, with an acknowledgement of each exchange, and for a pipeline one without.
 */
public final class JnaClient implements Client {

  private static final String LIBNL = "libnl-3.so.200";
  private static final String LIBNL_GENL = "libnl-genl-3.so.200";

  private static final int NL_CB_VALID = 0;
  private static final int NL_CB_CUSTOM = 3;
  private static final int NL_OK = 0;
  private static final int NLM_F_DUMP = 0x300;
  private static final int NLMSG_HDRLEN = 16;
  private static final int GENL_HDRLEN = 4;
  private static final int NLA_HDRLEN = 4;

  /** What the system grants without privilege: the replies of a window fit in. */
  private static final int RECEIVE_BUFFER = 212_992;

  private static final int WINDOW = 32;

  private final Kernel kernel;

  private JnaClient(Kernel kernel) {
    this.kernel = kernel;
  }

  public static void main(String[] args) {
    Serve.main(args, JnaClient::new);
  }

  /** The functions of libnl-3, under their own names. */
  private static final class Nl {

    static {
      Native.register(Nl.class, LIBNL);
    }

    /** nl_recvmsg_msg_cb_t. */
    interface MessageCallback extends Callback {
      int invoke(Pointer msg, @Nullable Pointer arg);
    }

    static native @Nullable Pointer nl_socket_alloc();

    static native void nl_socket_free(Pointer sk);

    static native void nl_socket_disable_auto_ack(Pointer sk);

    static native int nl_socket_set_buffer_size(Pointer sk, int rxbuf, int txbuf);

    static native int nl_socket_modify_cb(
        Pointer sk, int type, int kind, MessageCallback func, @Nullable Pointer arg);

    static native int nl_socket_get_local_port(Pointer sk);

    static native int nl_send_auto(Pointer sk, Pointer msg);

    static native int nl_recvmsgs_default(Pointer sk);

    static native int nl_wait_for_ack(Pointer sk);

    static native String nl_geterror(int error);

    static native @Nullable Pointer nlmsg_alloc_size(long max);

    static native void nlmsg_free(Pointer msg);

    static native Pointer nlmsg_hdr(Pointer msg);

    static native @Nullable Pointer nlmsg_find_attr(Pointer nlh, int hdrlen, int attrtype);

    static native int nla_put_string(Pointer msg, int attrtype, String str);

    static native int nla_put_u32(Pointer msg, int attrtype, int value);

    static native String nla_get_string(Pointer nla);

    static native short nla_get_u16(Pointer nla);

    static native int nla_get_u32(Pointer nla);
  }

  /** The functions of libnl-genl-3. */
  private static final class NlGenl {

    static {
      Native.register(NlGenl.class, LIBNL_GENL);
    }

    static native int genl_connect(Pointer sk);

    static native int genl_ctrl_resolve(Pointer sk, String name);

    static native @Nullable Pointer genlmsg_put(
        Pointer msg, int port, int seq, int family, int hdrlen, int flags, byte cmd, byte version);
  }

  @Override
  public String madeOf() {
    NativeLibrary libnl = NativeLibrary.getInstance(LIBNL);
    return "libnl %d.%d.%d, JNA %s"
        .formatted(
            libnl.getGlobalVariableAddress("nl_ver_maj").getInt(0),
            libnl.getGlobalVariableAddress("nl_ver_min").getInt(0),
            libnl.getGlobalVariableAddress("nl_ver_mic").getInt(0),
            Native.VERSION);
  }

  @Override
  public Connection connect() {
    Socket plain = new Socket(kernel);
    plain.resolveDumpFamily();
    Socket piped = new Socket(kernel);
    piped.preparePipeline();
    return new Connection() {
      @Override
      public void exchange(String message) {
        plain.exchange(message);
      }

      @Override
      public void pipeline(String message, int count) {
        piped.pipeline(message, count);
      }

      @Override
      public long dump(int payload, long count) {
        return plain.dump(payload, count);
      }
    };
  }

  @Override
  public void cycle(String message) {
    try (Socket socket = new Socket(kernel)) {
      socket.exchange(message);
    }
  }

  /** A struct nl_sock, and what its callback has seen. */
  private static final class Socket implements AutoCloseable {

    private final Kernel kernel;
    private final Pointer sk;
    private final int port;
    private final int family;
    private int dumpFamily;

    /** Kept here, because libnl's pointer to it keeps nothing alive. */
    private final Nl.MessageCallback callback = this::onMessage;

    /** What the replies must hold; null during a dump. */
    private @Nullable String expected;

    private long messages;

    /** Of the last message. */
    private int sequence;

    /** An exception could not pass through libnl. */
    private @Nullable String wrong;

    Socket(Kernel kernel) {
      this.kernel = kernel;
      sk = allocated(Nl.nl_socket_alloc());
      check(NlGenl.genl_connect(sk), "genl_connect");
      port = Nl.nl_socket_get_local_port(sk);
      family = resolve(kernel.family);
      check(
          Nl.nl_socket_modify_cb(sk, NL_CB_VALID, NL_CB_CUSTOM, callback, null),
          "nl_socket_modify_cb");
    }

    void resolveDumpFamily() {
      dumpFamily = resolve(kernel.dumpFamily);
    }

    /** Without acknowledgements libnl does not look at sequence numbers, of which it knows one. */
    void preparePipeline() {
      Nl.nl_socket_disable_auto_ack(sk);
      check(Nl.nl_socket_set_buffer_size(sk, RECEIVE_BUFFER, 0), "nl_socket_set_buffer_size");
    }

    void exchange(String message) {
      expected = message;
      messages = 0;
      sendRequest(message);
      receive();
      check(Nl.nl_wait_for_ack(sk), "nl_wait_for_ack");
      require(messages == 1, messages + " replies");
    }

    /** In windows whose replies the receive buffer holds. */
    void pipeline(String message, int count) {
      expected = message;
      messages = 0;
      for (int sent = 0; sent < count; ) {
        int window = Math.min(WINDOW, count - sent);
        for (int i = 0; i < window; i++) {
          sendRequest(message);
        }
        sent += window;
        while (messages < sent) {
          receive();
        }
      }
      require(messages == count, messages + " replies to " + count + " requests");
    }

    /** One nl_recvmsgs() reads a dump to its end. */
    long dump(int payload, long count) {
      expected = null;
      messages = 0;
      Pointer msg = message(2 * (NLA_HDRLEN + Integer.BYTES));
      put(msg, dumpFamily, NLM_F_DUMP, kernel.dumpCommand, kernel.dumpVersion);
      if (kernel == Kernel.VM) {
        check(Nl.nla_put_u32(msg, LAB_COUNT, (int) count), "nla_put_u32");
        check(Nl.nla_put_u32(msg, LAB_SIZE, payload), "nla_put_u32");
      }
      send(msg);
      receive();
      require(kernel == Kernel.HOST || messages == count, messages + " messages, not " + count);
      return messages;
    }

    @Override
    public void close() {
      Nl.nl_socket_free(sk);
    }

    private int resolve(String name) {
      return check(NlGenl.genl_ctrl_resolve(sk, name), name);
    }

    private void sendRequest(String text) {
      Pointer msg = message(NLA_HDRLEN + text.length() + 1);
      put(msg, family, 0, kernel.command, kernel.version);
      check(Nl.nla_put_string(msg, kernel.attribute, text), "nla_put_string");
      send(msg);
    }

    private static Pointer message(int attributes) {
      int padding = 3;
      return allocated(Nl.nlmsg_alloc_size(NLMSG_HDRLEN + GENL_HDRLEN + attributes + padding));
    }

    /** Zero as port and sequence number: libnl fills them in. */
    private static void put(Pointer msg, int family, int flags, int command, int version) {
      allocated(NlGenl.genlmsg_put(msg, 0, 0, family, 0, flags, (byte) command, (byte) version));
    }

    private void send(Pointer msg) {
      int err = Nl.nl_send_auto(sk, msg);
      Nl.nlmsg_free(msg);
      check(err, "nl_send_auto");
    }

    private void receive() {
      check(Nl.nl_recvmsgs_default(sk), "nl_recvmsgs_default");
      if (wrong != null) {
        throw new IllegalStateException(wrong);
      }
    }

    private int onMessage(Pointer msg, @Nullable Pointer arg) {
      Pointer nlh = Nl.nlmsg_hdr(msg);
      if (!isExpected(nlh)
          || !(expected == null ? isRightInDump(nlh) : isRightReply(nlh, expected))) {
        wrong = "message " + messages + " is not right";
      }
      messages++;
      return NL_OK;
    }

    /** Type, sequence number and port; several replies come in the order of their requests. */
    private boolean isExpected(Pointer nlh) {
      int last = sequence;
      sequence = nlh.getInt(8);
      boolean next = expected == null || messages == 0 || sequence == last + 1;
      return next
          && Short.toUnsignedInt(nlh.getShort(4)) == (expected == null ? dumpFamily : family)
          && nlh.getInt(12) == port;
    }

    private boolean isRightReply(Pointer nlh, String expected) {
      Pointer nla = Nl.nlmsg_find_attr(nlh, GENL_HDRLEN, REPLY_ATTRIBUTE);
      return nla != null
          && (kernel == Kernel.HOST
              ? Nl.nla_get_u16(nla) == NLCTRL_ID
              : Nl.nla_get_string(nla).equals(expected));
    }

    private boolean isRightInDump(Pointer nlh) {
      if (kernel == Kernel.HOST) {
        return Nl.nlmsg_find_attr(nlh, GENL_HDRLEN, FAMILY_NAME) != null;
      }
      Pointer index = Nl.nlmsg_find_attr(nlh, GENL_HDRLEN, LAB_INDEX);
      return index != null && Nl.nla_get_u32(index) == messages;
    }

    private static Pointer allocated(@Nullable Pointer pointer) {
      if (pointer == null) {
        throw new OutOfMemoryError("libnl");
      }
      return pointer;
    }

    /** Returns what libnl returned, unless that is an error. */
    private static int check(int result, String what) {
      if (result < 0) {
        throw new IllegalStateException(what + ": " + Nl.nl_geterror(result));
      }
      return result;
    }
  }
}
