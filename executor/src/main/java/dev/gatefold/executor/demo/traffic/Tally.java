package dev.gatefold.executor.demo.traffic;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts and times every statement of every client. Thread-safe. */
final class Tally {

  private static final int MOST_PROBLEMS = 10;

  private final Span all = new Span();
  private final Set<Long> lost = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private Span phase = new Span();

  /** A statement. */
  interface Statement<T> {
    T run() throws SQLException;
  }

  /** Runs a statement; whatever it throws counts as failed. */
  <T> T timed(Statement<T> statement) throws SQLException {
    Span begun = phase();
    long start = System.nanoTime();
    try {
      T result = statement.run();
      record(begun, System.nanoTime() - start);
      return result;
    } catch (SQLException e) {
      record(begun, System.nanoTime() - start);
      failed(e);
      throw e;
    }
  }

  private synchronized Span phase() {
    return phase;
  }

  /** A statement that a phase ends in has stalled in both. */
  private synchronized void record(Span begun, long nanos) {
    all.add(nanos);
    phase.add(nanos);
    if (begun != phase) {
      begun.longest = Math.max(begun.longest, nanos);
    }
  }

  synchronized void failed(Exception e) {
    all.failed++;
    phase.failed++;
    problem("failed: " + e);
  }

  synchronized void lost(long id, String what) {
    if (lost.add(id)) {
      phase.lost++;
      problem("order " + id + ": " + what);
    }
  }

  private void problem(String text) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(text);
    }
  }

  synchronized void beginPhase() {
    phase = new Span();
  }

  synchronized Counts inPhase() {
    return phase.counts(phase.lost);
  }

  synchronized Counts total() {
    return all.counts(lost.size());
  }

  /** The first things that went wrong, in words. */
  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  private static final class Span {
    private long statements;
    private long failed;
    private long longest;
    private long lost;

    void add(long nanos) {
      statements++;
      longest = Math.max(longest, nanos);
    }

    Counts counts(long lostOrders) {
      return new Counts(statements, failed, Duration.ofNanos(longest), lostOrders);
    }
  }
}
