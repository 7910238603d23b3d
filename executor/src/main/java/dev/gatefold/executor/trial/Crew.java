package dev.gatefold.executor.trial;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.backfill.pace.ThreadSleeper;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Finding.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Lets writers write: for a moment between two stages, or all the time while one runs. */
final class Crew {

  private static final Duration BREATH = Duration.ofMillis(1);

  /** Rows are picked by chance, and what constraints do not allow is forgiven. */
  private static final int MOST_ROUNDS = 10;

  private final Sleeper sleeper = new ThreadSleeper();
  private final Connections connections;
  private final List<Writer> writers;
  private final AtomicLong byOld = new AtomicLong();
  private final AtomicLong byNew = new AtomicLong();
  private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());

  Crew(Connections connections, List<Writer> writers) {
    this.connections = connections;
    this.writers = List.copyOf(writers);
  }

  boolean isEmpty() {
    return writers.isEmpty();
  }

  Written writes() {
    return new Written(byOld.get(), byNew.get());
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  void learn(Connection connection) throws SQLException {
    for (Writer writer : writers) {
      writer.learn(connection);
    }
  }

  /** A round of each; a few more of one that happens to write nothing. */
  void write(Set<Version> versions, RolloutState state) throws SQLException {
    for (Writer writer : writers) {
      try (Connection connection = connections.open()) {
        for (Version version : versions) {
          long before = written(version).get();
          boolean fine = true;
          for (int i = 0; fine && i < MOST_ROUNDS && written(version).get() == before; i++) {
            fine = round(writer, connection, version, state);
          }
        }
      }
    }
  }

  private AtomicLong written(Version version) {
    return version == Version.OLD ? byOld : byNew;
  }

  /** Work during which they write. */
  interface Work<E extends Exception> {
    void run() throws SQLException, InterruptedException, E;
  }

  /** Each writes round after round, on a thread and a connection of its own, until the end. */
  <E extends Exception> void during(Set<Version> versions, RolloutState state, Work<E> work)
      throws SQLException, InterruptedException, E {
    List<Round> rounds = new ArrayList<>();
    try {
      for (Writer writer : writers) {
        Round round = new Round(writer, versions, state, connections.open());
        rounds.add(round);
        round.thread.start();
      }
      work.run();
    } finally {
      for (Round round : rounds) {
        round.end();
      }
    }
  }

  /** Answers whether it may go on. */
  private boolean round(Writer writer, Connection connection, Version version, RolloutState state) {
    try {
      written(version).addAndGet(writer.write(connection, version, state));
      return true;
    } catch (SQLException e) {
      findings.add(
          new Finding(
              Kind.CLIENTS,
              state.word(),
              "a write of the %s version failed: %s"
                  .formatted(version == Version.OLD ? "old" : "new", SqlState.withoutDetail(e))));
      return false;
    }
  }

  private final class Round {

    private final Writer writer;
    private final Set<Version> versions;
    private final RolloutState state;
    private final Connection connection;
    private final Thread thread = new Thread(this::go, "gatefold trial writer");
    private volatile boolean over;

    Round(Writer writer, Set<Version> versions, RolloutState state, Connection connection) {
      this.writer = writer;
      this.versions = versions;
      this.state = state;
      this.connection = connection;
    }

    private void go() {
      boolean fine = true;
      try {
        while (fine && !over) {
          for (Version version : versions) {
            fine = fine && round(writer, connection, version, state);
          }
          // An application does other things too; this one must not take the machine for itself.
          sleeper.sleep(BREATH);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void end() throws SQLException, InterruptedException {
      over = true;
      thread.join();
      connection.close();
    }
  }
}
