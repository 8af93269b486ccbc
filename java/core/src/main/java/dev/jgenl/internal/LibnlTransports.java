package dev.jgenl.internal;

import dev.jgenl.transport.Errno;
import dev.jgenl.transport.Transport;
import dev.jgenl.transport.TransportException;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens transports on libnl, all in one network namespace (docs/adr/0006). Safe to share between
 * threads; whoever creates one closes it, best before the transports that it has opened: their
 * namespace need not be kept then.
 */
public final class LibnlTransports implements Transport.Factory {

  /** Asked of the kernel once the library is loaded. */
  private static final class Kernel {
    static final boolean HAS_COOKIES = NlSocket.hasCookies();

    private Kernel() {}
  }

  private final @Nullable Path path;

  /** Whether threads are told apart by descriptor, from the start; else by cookie. */
  private final boolean byDescriptor;

  /** The descriptor of the namespace; or the negative errno of opening it, which may be later. */
  private int namespace;

  /** The cookie of the namespace; 0 before it was needed; a negative errno if it was not told. */
  private long cookie;

  /** Whether a socket has been opened, and so the namespace is settled. */
  private boolean settled;

  private boolean closed;

  /** The open transports: a list through their own fields, so that it never needs memory. */
  private @Nullable LibnlTransport newest;

  private LibnlTransports(@Nullable Path path, boolean byDescriptor, int namespace) {
    this.path = path;
    this.byDescriptor = byDescriptor;
    this.namespace = namespace;
  }

  /**
   * Creates one for a network namespace.
   *
   * @param networkNamespace a path such as {@code /run/netns/NAME}, opened once; null: the
   *     namespace of the calling thread, which must open the first transport itself, and at once
   * @return a factory
   * @throws TransportException if there is no network namespace at the path
   * @throws UnsatisfiedLinkError if the native library cannot be loaded
   */
  public static LibnlTransports inNamespace(@Nullable Path networkNamespace)
      throws TransportException {
    NativeLibrary.load();
    if (networkNamespace == null && Kernel.HAS_COOKIES) {
      return new LibnlTransports(null, false, -Errno.EBADF.number());
    }
    LibnlTransports factory = new LibnlTransports(networkNamespace, true, -Errno.EBADF.number());
    byte[] bytes = networkNamespace == null ? null : bytesOf(networkNamespace);
    factory.namespace = NlSocket.openNamespace(bytes);
    if (factory.namespace < 0) {
      throw noNamespace(networkNamespace, -factory.namespace);
    }
    return factory;
  }

  @Override
  public Transport open(int protocol, Transport.Purpose purpose) throws TransportException {
    boolean kernelOnly = purpose == Transport.Purpose.REQUESTS;
    LibnlTransport transport = new LibnlTransport(this);
    long handle = byDescriptor ? 0 : NlSocket.open(protocol, kernelOnly);
    synchronized (this) {
      transport.own(inNamespace(handle, protocol, kernelOnly));
      link(transport);
    }
    return transport;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (namespace >= 0) {
      NlSocket.closeNamespace(namespace);
      namespace = -Errno.EBADF.number();
    }
  }

  /** Called by a transport that is about to free its socket. */
  synchronized void closing(LibnlTransport transport) {
    if (transport == newest && transport.older == null && !closed) {
      keepNamespace(transport.handle());
    }
    unlink(transport);
  }

  /**
   * Returns the socket if it is in the right namespace, else one that is.
   *
   * @param opened the handle of one that the calling thread has opened; a negative errno; or 0 if
   *     it has not tried
   * @return a handle
   */
  private long inNamespace(long opened, int protocol, boolean kernelOnly)
      throws TransportException {
    if (closed) {
      NlSocket.free(Math.max(opened, 0));
      throw new TransportException(Errno.EBADF.number());
    }
    if (byDescriptor) {
      return NlSocket.isCurrent(namespace)
          ? opened(NlSocket.open(protocol, kernelOnly))
          : entered(NlSocket.openIn(namespace, protocol, kernelOnly));
    }
    opened(opened);
    if (!settled) {
      settled = true;
      return opened;
    }
    long its = NlSocket.cookie(opened);
    long ours = cookie();
    if (its == ours && its >= 0) {
      return opened;
    }
    NlSocket.free(opened);
    if (namespace < 0 && newest != null) {
      namespace = NlSocket.namespace(newest.handle());
    }
    if (namespace >= 0) {
      return entered(NlSocket.openIn(namespace, protocol, kernelOnly));
    }
    opened(Math.min(its, ours));
    return entered(namespace);
  }

  /** As long as none has been read, the first socket is open still: see {@link #closing}. */
  private long cookie() {
    if (cookie <= 0 && newest != null) {
      cookie = NlSocket.cookie(newest.handle());
    }
    return cookie;
  }

  /**
   * The last socket of the namespace goes: keeps the namespace if the system lets us, else only the
   * knowledge of which it was.
   */
  private void keepNamespace(long handle) {
    if (!byDescriptor) {
      cookie();
      if (namespace < 0) {
        namespace = NlSocket.namespace(handle);
      }
    }
  }

  private void link(LibnlTransport transport) {
    transport.older = newest;
    if (newest != null) {
      newest.newer = transport;
    }
    newest = transport;
  }

  private void unlink(LibnlTransport transport) {
    LibnlTransport older = transport.older;
    LibnlTransport newer = transport.newer;
    if (older != null) {
      older.newer = newer;
    }
    if (newer != null) {
      newer.older = older;
    } else {
      newest = older;
    }
    transport.older = null;
    transport.newer = null;
  }

  /** Requires what the system calls have returned to be no errno. */
  private static long opened(long result) throws TransportException {
    if (result < 0) {
      throw new TransportException((int) -result);
    }
    return result;
  }

  /** The same where a thread had to enter the namespace, which takes privilege. */
  private long entered(long result) throws TransportException {
    if (result == -Errno.EPERM.number()) {
      throw new TransportException(
          path == null
              ? "cannot open a netlink socket in the network namespace of the first, which this"
                  + " thread is not in: needs CAP_SYS_ADMIN and CAP_NET_ADMIN"
              : "cannot open a netlink socket in the network namespace "
                  + path
                  + ": needs CAP_SYS_ADMIN",
          Errno.EPERM.number());
    }
    return opened(result);
  }

  private static TransportException noNamespace(@Nullable Path path, int errno) {
    if (path == null) {
      return new TransportException("cannot open the network namespace of this thread", errno);
    }
    return new TransportException(
        errno == Errno.EINVAL.number()
            ? path + " is no network namespace"
            : "cannot open the network namespace " + path,
        errno);
  }

  /** Paths are encoded as the JDK does it; what cannot be encoded is not there. */
  private static byte[] bytesOf(Path path) throws TransportException {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw noNamespace(path, Errno.EINVAL.number());
    }
    String charset = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    byte[] bytes = CString.encode(path.toString(), Charset.forName(charset));
    if (bytes == null) {
      throw noNamespace(path, Errno.ENOENT.number());
    }
    return bytes;
  }
}
