package dev.gatefold.executor.standalone;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.timetable.Cron;
import dev.gatefold.executor.timetable.Timetable;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.Schedule;
import dev.gatefold.planner.change.StandaloneBackfill;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Records a file for workers. */
final class Recording {

  private static final String WORK = "Workers run it: gatefold work. See: gatefold backfill list";

  private final Connection connection;
  private final StandaloneBackfill wanted;
  private final ChangeName name;
  private final String file;
  private final String note;
  private final StandaloneStore backfills = new StandaloneStore();
  private final RunStore runs = new RunStore();
  private final Timetable timetable = new Timetable();

  /** {@code warning} is what its runs may leave out; empty where nothing is. */
  Recording(Connection connection, StandaloneBackfill backfill, String file, String warning) {
    this.connection = connection;
    this.wanted = backfill;
    this.name = backfill.name();
    this.file = file;
    this.note = warning.isEmpty() ? WORK : WORK + ". " + warning;
  }

  Outcome record() throws SQLException {
    try {
      return Transaction.in(connection, this::recorded);
    } catch (DueNowException e) {
      return e.outcome();
    }
  }

  private Outcome recorded() throws SQLException {
    Optional<Standalone> before = backfills.lock(connection, name);
    Optional<Run> newest = runs.newest(connection, name);
    Standalone backfill = backfills.record(connection, wanted, file);
    runs.replaceFile(connection, backfill);
    return wanted.schedule().isPresent()
        ? scheduled(backfill, before, wanted.schedule().get())
        : once(backfill, before, newest);
  }

  private Outcome scheduled(Standalone backfill, Optional<Standalone> before, Schedule schedule)
      throws SQLException {
    Optional<Instant> known = before.flatMap(Standalone::next);
    boolean same =
        before.filter(it -> it.schedule().equals(Optional.of(schedule.words()))).isPresent();
    boolean sameFile = before.filter(it -> it.file().equals(file)).isPresent();
    if (same && known.isPresent()) {
      return done(sameFile ? "was scheduled before" : "is scheduled with the new file", known);
    }
    Instant next = new Cron(schedule).after(backfills.now(connection));
    backfills.schedule(connection, backfill.id(), Optional.of(schedule.words()));
    if (!timetable.put(connection, name.value(), next)) {
      throw new DueNowException(name);
    }
    return done("is scheduled", Optional.of(next));
  }

  private Outcome done(String what, Optional<Instant> next) {
    return new Outcome.Done(
        "%s %s; it begins next at %s".formatted(name, what, next.orElseThrow()), note);
  }

  private Outcome once(Standalone backfill, Optional<Standalone> before, Optional<Run> newest)
      throws SQLException {
    if (before.flatMap(Standalone::schedule).isPresent()) {
      backfills.schedule(connection, backfill.id(), Optional.empty());
      if (!timetable.remove(connection, name.value())) {
        throw new DueNowException(name);
      }
    }
    boolean again =
        newest
            .filter(run -> run.file().equals(file))
            .filter(run -> !run.state().over() || run.state() == State.DONE)
            .isPresent();
    if (again) {
      return new Outcome.Done(
          "%s was asked for before; its run is %s"
              .formatted(name, newest.orElseThrow().state().word()),
          "To run it again: gatefold backfill run FILE");
    }
    Optional<Long> run =
        runs.add(connection, backfill, State.WAITING, Optional.empty(), true, Optional.empty());
    return new Outcome.Done(
        run.isPresent()
            ? name + " waits for a worker"
            : name + " waits for a worker, now with this file",
        note);
  }
}
