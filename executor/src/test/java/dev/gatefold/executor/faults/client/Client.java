package dev.gatefold.executor.faults.client;

import dev.gatefold.executor.faults.client.Deployment.Running;
import dev.gatefold.executor.faults.history.History;
import dev.gatefold.executor.faults.history.Reading;
import dev.gatefold.executor.faults.history.Seen;
import dev.gatefold.executor.faults.history.Side;
import dev.gatefold.executor.faults.history.Transaction;
import dev.gatefold.executor.faults.history.Transaction.Outcome;
import dev.gatefold.executor.faults.history.Write;
import dev.gatefold.executor.faults.scenario.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One connection of an application. It repeats nothing: a failure is a failure. */
final class Client {

  private final int number;
  private final List<Column> columns;
  private final Session session;
  private final Generator generator;
  private final Keys keys;
  private final History history;
  private final Consumer<Refusal> refusals;
  private final RandomGenerator random;

  Client(
      int number,
      List<Column> columns,
      Session session,
      Generator generator,
      Keys keys,
      History history,
      Consumer<Refusal> refusals,
      RandomGenerator random) {
    this.number = number;
    this.columns = columns;
    this.session = session;
    this.generator = generator;
    this.keys = keys;
    this.history = history;
    this.refusals = refusals;
    this.random = random;
  }

  /** One thing that a user does; returns when its outcome is written down. */
  void act(Running running) {
    if (running.versions().isEmpty() || !connected()) {
      return;
    }
    Version version = running.versions().get(random.nextInt(running.versions().size()));
    Sql sql = new Sql(columns, version);
    if (random.nextInt(4) == 0) {
      read(sql, key(), running);
    } else {
      write(sql, generator.transaction(version, running), running);
    }
  }

  private long key() {
    return random.nextInt(3) == 0
        ? 1 + random.nextInt(Keys.SHARED)
        : keys.present(random).orElse(1L);
  }

  /** Where there is no server nothing is sent. */
  private boolean connected() {
    try {
      return !session.connection().isClosed();
    } catch (SQLException e) {
      return refused(e);
    }
  }

  private boolean refused(SQLException e) {
    refusals.accept(
        new Refusal(String.valueOf(e.getSQLState()), String.valueOf(e.getMessage()), false));
    return false;
  }

  private void read(Sql sql, long key, Running running) {
    try {
      read(sql, key, false, running);
    } catch (SQLException e) {
      refused(e);
      session.forget();
    }
  }

  private void read(Sql sql, long key, boolean lock, Running running) throws SQLException {
    long invoked = history.tick();
    Optional<Seen> seen = session.first(sql.read(key, lock), row -> seen(row, sql.shapesRead()));
    // Without a sync the two versions do not see each other's writes: that is no news.
    if (running.guarded()) {
      history.add(
          new Reading("client " + number, key, invoked, history.tick(), running.epochs(), seen));
    }
  }

  private static Seen seen(ResultSet row, List<Collection<Side>> shapes) throws SQLException {
    List<Map<Side, Optional<String>>> cells = new ArrayList<>();
    int at = 2;
    for (Collection<Side> sides : shapes) {
      Map<Side, Optional<String>> cell = new EnumMap<>(Side.class);
      for (Side side : sides) {
        cell.put(side, Optional.ofNullable(row.getString(at++)));
      }
      cells.add(cell);
    }
    return new Seen(row.getLong(1), cells);
  }

  private void write(Sql sql, List<Step> steps, Running running) {
    long txn = history.tick();
    List<Write> writes = new ArrayList<>(steps.stream().map(Step::write).toList());
    Outcome outcome;
    try {
      outcome = run(sql, txn, steps, writes, running);
    } catch (SQLException e) {
      outcome = Session.isLost(e) ? lookedUp(txn, steps, writes, e) : failed(steps, e);
    }
    history.add(new Transaction(txn, number, txn, history.tick(), outcome, writes));
    if (outcome == Outcome.COMMITTED) {
      writes.forEach(keys::committed);
    }
  }

  private Outcome run(Sql sql, long txn, List<Step> steps, List<Write> writes, Running running)
      throws SQLException {
    boolean block = steps.size() > 1 || random.nextInt(3) == 0;
    boolean commit = !block || random.nextInt(6) > 0;
    session.connection().setAutoCommit(!block);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.counted() && block && random.nextBoolean()) {
        read(sql, step.write().key(), true, running);
      }
      Optional<Long> version = session.first(step.bound(sql, txn), row -> row.getLong(1));
      if (version.isEmpty()) {
        missing(step.write().from(), running.epochs());
      } else if (step.counted()) {
        writes.set(i, step.write().at(version.get()));
      }
    }
    if (block) {
      if (commit) {
        session.connection().commit();
      } else {
        session.connection().rollback();
      }
      // What is read next must not open a transaction that nobody ends.
      session.connection().setAutoCommit(true);
    }
    return commit ? Outcome.COMMITTED : Outcome.ABORTED;
  }

  /** The row is this client's alone, and it was there. */
  private void missing(long key, List<Integer> epochs) {
    long now = history.tick();
    history.add(new Reading("client " + number, key, now, now, epochs, Optional.empty()));
  }

  private Outcome lookedUp(long txn, List<Step> steps, List<Write> writes, SQLException e) {
    refused(e);
    Map<Long, Long> marks = session.marks(txn);
    for (int i = 0; i < steps.size(); i++) {
      Write write = writes.get(i);
      if (steps.get(i).counted()) {
        writes.set(i, write.at(marks.getOrDefault(write.key(), write.version())));
      }
    }
    return marks.isEmpty() ? Outcome.ABORTED : Outcome.COMMITTED;
  }

  private Outcome failed(List<Step> steps, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    refusals.accept(
        new Refusal(
            state,
            steps.stream().map(Step::style).toList() + ": " + e.getMessage(),
            steps.stream().anyMatch(step -> step.mayBeRefused(state))));
    session.forget();
    return Outcome.ABORTED;
  }
}
