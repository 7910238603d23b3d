package dev.gatefold.executor.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatefold.executor.store.Notice.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that takes letters, or does not. */
public final class Receiver implements AutoCloseable {

  public static final String SECRET = "correct horse battery staple";

  /** Never answers while the receiver is open. */
  static final int HANGS = 0;

  /** Closes the connection without an answer. */
  static final int HANGS_UP = -1;

  /** One letter as it came in; the names of its headers are in lower case. */
  public record Received(Map<String, String> headers, String body) {
    public Received {
      headers = Map.copyOf(headers);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();

  private Receiver(HttpServer server) {
    this.server = server;
  }

  public static Receiver open() throws IOException {
    Receiver receiver =
        new Receiver(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    receiver.server.createContext("/", receiver::handle);
    receiver.server.setExecutor(receiver.threads);
    receiver.server.start();
    return receiver;
  }

  /** The next answers, one each; after them 204 for ever. */
  synchronized Receiver answering(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  public String url() {
    return "http://127.0.0.1:%d/hook/T0P".formatted(server.getAddress().getPort());
  }

  Endpoint endpoint(Event... events) {
    return Endpoint.of("${HOOK}", URI.create(url()), SECRET, Set.of(events));
  }

  public List<Received> received() {
    return received;
  }

  private synchronized int next() {
    return answers.isEmpty() ? 204 : answers.removeFirst();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      received.add(new Received(headers, body));
      int status = next();
      if (status == HANGS) {
        closing.await();
      } else if (status != HANGS_UP) {
        exchange.getResponseHeaders().add("Location", url());
        exchange.sendResponseHeaders(status, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
