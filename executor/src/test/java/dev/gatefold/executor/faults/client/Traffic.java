package dev.gatefold.executor.faults.client;

import dev.gatefold.executor.faults.history.History;
import dev.gatefold.executor.faults.scenario.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Some clients at work, until they are stopped. */
public final class Traffic implements AutoCloseable {

  public static final int CLIENTS = 3;

  /** What a user thinks about between two clicks, at most; keeps a small machine from drowning. */
  private static final Duration THOUGHT = Duration.ofMillis(80);

  private final Deployment deployment;
  private final History history;
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<Future<?>> running = new ArrayList<>();

  public Traffic(Deployment deployment, History history) {
    this.deployment = deployment;
    this.history = history;
  }

  /** What applications need in the database beside the table. */
  public static String schema() {
    return Sql.MARKS;
  }

  /**
   * Starts all clients; each uses the driver's statements in a way of its own.
   *
   * @param url the server itself
   * @param way how the applications get there
   * @param rows the keys from 1 on that the table begins with
   */
  public void start(String url, String way, List<Column> columns, int rows, SplittableRandom seed) {
    AtomicLong numbers = new AtomicLong(rows);
    for (int i = 0; i < CLIENTS; i++) {
      SplittableRandom random = seed.split();
      Keys keys = new Keys(i, CLIENTS, rows);
      Client client =
          new Client(
              i,
              columns,
              new Session(url, way + "&prepareThreshold=" + 2 * i),
              new Generator(columns, keys, numbers, random.split()),
              keys,
              history,
              refusals::add,
              random);
      running.add(threads.submit(() -> work(client, random.split())));
    }
  }

  private Void work(Client client, SplittableRandom random) throws InterruptedException {
    while (!stopped.get()) {
      deployment.during(client::act);
      LockSupport.parkNanos(random.nextLong(THOUGHT.toNanos()));
    }
    return null;
  }

  /** Every error that applications met. */
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** Lets each client finish what it is at; a fault of the client itself comes out here. */
  public void stop() throws ExecutionException, InterruptedException {
    stopped.set(true);
    for (Future<?> client : running) {
      client.get();
    }
  }

  @Override
  public void close() {
    stopped.set(true);
    threads.shutdownNow();
  }
}
