package dev.gatefold.executor.faults.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to the server that breaks where it is told to: before a COMMIT gets there, before its reply
 * comes back, or at any byte. Whatever crosses it is passed on unchanged.
 */
public final class Wire implements AutoCloseable {

  private static final String COMMIT = "COMMIT\0";

  /** What shall happen. */
  public enum Break {
    NEVER,
    /** The server never hears of it. */
    BEFORE_COMMIT,
    /** The server has committed, and the client does not hear of it. */
    BEFORE_REPLY
  }

  private final ServerSocket socket;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Break> armed = new AtomicReference<>(Break.NEVER);
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong frozenUntil = new AtomicLong(System.nanoTime());

  private Wire(ServerSocket socket, int target) {
    this.socket = socket;
    this.target = target;
  }

  public static Wire to(int port) throws IOException {
    Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    daemon(wire::accept);
    return wire;
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Breaks at the COMMIT after so many others. */
  public void breakAtCommit(int others, Break how) {
    commits.set(others);
    armed.set(how);
  }

  /** Breaks everything once so many bytes more have crossed, in either direction. */
  public void breakAfter(long bytesMore) {
    bytes.set(bytesMore);
  }

  /** Lets nothing cross for a while; nothing is lost. */
  public void freeze(Duration time) {
    frozenUntil.set(System.nanoTime() + time.toNanos());
  }

  /** Breaks every connection now. */
  public void cut() {
    open.forEach(Wire::close);
  }

  /** From here on nothing more happens. */
  public void mend() {
    armed.set(Break.NEVER);
    bytes.set(Long.MAX_VALUE);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        connect(client);
      } catch (IOException e) {
        // Closed, or the server is down: the client sees its connection end.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      open.add(server);
      Link link = new Link(client, server);
      daemon(link::requests);
      daemon(link::replies);
    } catch (IOException e) {
      close(client);
      throw e;
    }
  }

  private final class Link {

    private final Socket client;
    private final Socket server;
    private volatile boolean deaf;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void requests() {
      pump(client, server, this::mayGo);
    }

    void replies() {
      pump(server, client, chunk -> !deaf);
    }

    private boolean mayGo(byte[] chunk) {
      if (armed.get() == Break.NEVER
          || !new String(chunk, StandardCharsets.ISO_8859_1).contains(COMMIT)
          || commits.getAndDecrement() > 0) {
        return true;
      }
      Break how = armed.getAndSet(Break.NEVER);
      deaf = how == Break.BEFORE_REPLY;
      return how != Break.BEFORE_COMMIT;
    }

    private void pump(Socket from, Socket to, Gate gate) {
      byte[] buffer = new byte[8192];
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
          byte[] chunk = Arrays.copyOf(buffer, read);
          thaw();
          if (!gate.lets(chunk)) {
            break;
          }
          long left = bytes.addAndGet(-read);
          if (left < 0) {
            out.write(chunk, 0, (int) Math.max(0, read + left));
            out.flush();
            cut();
            break;
          }
          out.write(chunk);
          out.flush();
        }
      } catch (IOException e) {
        // Either end is gone: so is the other, below.
        deaf = true;
      }
      close(client);
      close(server);
    }
  }

  private interface Gate {
    boolean lets(byte[] chunk);
  }

  private void thaw() {
    for (long left = frozenUntil.get() - System.nanoTime();
        left > 0;
        left = frozenUntil.get() - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a loopback socket failed", e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    cut();
  }
}
