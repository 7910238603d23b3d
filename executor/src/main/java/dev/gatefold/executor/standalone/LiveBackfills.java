package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.window.ServerClock;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.filling.Fillings;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.store.PaceStore;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.StandalonePlan;
import dev.gatefold.planner.plan.StandalonePlanning;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Backfills in a database that this process is connected to. Not thread-safe. */
public final class LiveBackfills implements Backfills {

  /** Runs are numbered from one. */
  private static final long NO_RUN = 0;

  private final DataSource database;
  private final Connection connection;
  private final Standbys standbys;
  private final Timing timing;
  private final StandaloneStore backfills = new StandaloneStore();
  private final RunStore runs = new RunStore();
  private final PaceStore paces = new PaceStore();

  /** {@code connection} stays the caller's; work is done on others of the database. */
  public LiveBackfills(
      DataSource database, Connection connection, Standbys standbys, Timing timing) {
    this.database = database;
    this.connection = connection;
    this.standbys = standbys;
    this.timing = timing;
  }

  @Override
  public Outcome run(StandaloneBackfill backfill, String file, ProgressListener listener)
      throws SQLException {
    StandalonePlanning planning = Planned.now(connection, backfill);
    if (planning instanceof Refusal refusal) {
      return new Outcome.Refused(refusal);
    }
    Optional<Long> run =
        Transaction.in(connection, () -> new Foreground(connection).claim(backfill, file));
    if (run.isEmpty()) {
      return new Outcome.Waits(
          "another run of %s is under way or waits for a worker".formatted(backfill.name()),
          "See gatefold backfill list; end it with: gatefold backfill cancel " + backfill.name());
    }
    try {
      return spells(run.get(), listener)
          .patiently()
          .orElseGet(
              () ->
                  new Outcome.Waits(
                      "somebody else works on %s".formatted(backfill.name()),
                      "See gatefold backfill list."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Stopped("", "interrupted", List.of(), "Run the same command again.");
    }
  }

  private RunSpells spells(long run, ProgressListener listener) {
    return new RunSpells(database, standbys, timing, run, listener);
  }

  @Override
  public Optional<Ran> work(Function<ChangeName, ProgressListener> listeners) throws SQLException {
    for (Run run : runs.open(connection)) {
      Optional<Ran> ran =
          run.detached() && new Terms(connection, run).open()
              ? work(run, listeners.apply(run.name()))
              : Optional.empty();
      if (ran.isPresent()) {
        return ran;
      }
    }
    return Optional.empty();
  }

  private Optional<Ran> work(Run run, ProgressListener listener) throws SQLException {
    try {
      // Its window was closed: it is for whoever is there when it opens.
      return spells(run.id(), listener)
          .atOnce()
          .map(it -> new Ran(run, Optional.of(it).filter(end -> !(end instanceof Outcome.Waits))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new Ran(run, Optional.empty()));
    }
  }

  @Override
  public boolean help(Function<ChangeName, ProgressListener> listeners)
      throws SQLException, InterruptedException {
    return initialised() && new RunHelp(database, connection, standbys, timing).give(listeners);
  }

  @Override
  public Outcome schedule(StandaloneBackfill backfill, String file) throws SQLException {
    StandalonePlanning planning = Planned.now(connection, backfill);
    return planning instanceof StandalonePlan plan
        ? new Recording(connection, backfill, file, plan.looks().warning()).record()
        : new Outcome.Refused((Refusal) planning);
  }

  @Override
  public List<Standing> list() throws SQLException {
    if (!initialised()) {
      return List.of();
    }
    List<Run> newest = runs.newest(connection);
    List<Standing> all = new ArrayList<>();
    for (Standalone backfill : backfills.list(connection)) {
      Optional<Run> last =
          newest.stream().filter(run -> run.name().equals(backfill.name())).findFirst();
      all.add(new Standing(backfill, last, filling(backfill, last)));
    }
    return all;
  }

  private Filling filling(Standalone backfill, Optional<Run> last) throws SQLException {
    return new Fillings(connection)
        .of(
            Subject.run(last.map(Run::id).orElse(NO_RUN)),
            Subject.standalone(backfill.id()),
            () ->
                last.flatMap(Terms::written)
                    .or(() -> Terms.written(backfill.name(), backfill.file())));
  }

  private boolean initialised() throws SQLException {
    return Query.of("SELECT to_regclass('gatefold.standalone') IS NOT NULL").isTrue(connection);
  }

  @Override
  public Outcome cancel(ChangeName name) throws SQLException {
    Optional<Standalone> known = backfills.find(connection, name);
    return known.isEmpty()
        ? new Outcome.OutOfOrder(
            "there is no backfill \"%s\" in this database".formatted(name),
            "See gatefold backfill list.")
        : new Cancellation(connection, name).cancel();
  }

  @Override
  public Outcome pace(ChangeName name, Map<PaceSetting, String> values, boolean likeFile)
      throws SQLException {
    Optional<Standalone> known =
        initialised() ? backfills.find(connection, name) : Optional.empty();
    if (known.isEmpty()) {
      return new Outcome.OutOfOrder(
          "there is neither a change nor a backfill \"%s\" in this database".formatted(name),
          "See gatefold list and gatefold backfill list.");
    }
    Subject subject = Subject.standalone(known.get().id());
    Transaction.run(
        connection,
        () -> {
          if (likeFile) {
            paces.forget(connection, subject);
          }
          paces.give(connection, subject, values);
        });
    String given =
        paces.list(connection, subject).stream()
            .map(it -> it.setting().key() + " " + it.value())
            .collect(Collectors.joining(", "));
    return new Outcome.Done(
        "%s runs %s".formatted(name, given.isEmpty() ? "as its file says" : "with " + given),
        "A run that is under way follows within a second.");
  }

  @Override
  public Watch watch() throws SQLException {
    return initialised() ? watching() : Watch.IDLE;
  }

  private Watch watching() throws SQLException {
    return TimetableWatch.start(
        database, ServerClock.read(connection, timing.ticker()), timing.sleeper());
  }
}
