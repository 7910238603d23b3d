package dev.gatefold.executor.notify;

import dev.gatefold.backfill.pace.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Brings to each endpoint what it has not been told yet. Not thread-safe. */
public final class Courier {

  /** How long an endpoint may take to answer, where there is time. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Outbox outbox;
  private final Post post;
  private final InstantSource clock;
  private final Ticker ticker;

  /**
   * Sends from the database that the connection leads to.
   *
   * @param connection in autocommit mode
   */
  public Courier(Connection connection, InstantSource clock, Ticker ticker) {
    this.outbox = new Outbox(connection);
    this.post = new Post(clock);
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Sends what is due. An endpoint that does not take a letter is left alone for a while.
   *
   * @param atMost after this time no further letter is sent; the next round goes on
   */
  public void round(List<Endpoint> endpoints, Duration atMost)
      throws SQLException, InterruptedException {
    long began = ticker.nanos();
    outbox.forget(clock.instant());
    for (Endpoint endpoint : endpoints) {
      outbox.address(endpoint, clock.instant());
      boolean goesOn = true;
      while (goesOn && ticker.nanos() - began < atMost.toNanos()) {
        Optional<Letter> letter = outbox.take(endpoint, clock.instant());
        goesOn = letter.isPresent() && send(endpoint, letter.get(), shorter(atMost, PATIENCE));
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private boolean send(Endpoint endpoint, Letter letter, Duration patience)
      throws SQLException, InterruptedException {
    Optional<String> problem = post.send(endpoint, letter, patience);
    if (problem.isEmpty()) {
      outbox.delivered(endpoint, letter, clock.instant());
    } else {
      outbox.failed(endpoint, letter, problem.get());
    }
    return problem.isEmpty();
  }
}
