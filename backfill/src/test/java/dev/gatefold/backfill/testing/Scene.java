package dev.gatefold.backfill.testing;

import dev.gatefold.backfill.Backfill;
import dev.gatefold.backfill.BackfillJob;
import dev.gatefold.backfill.BackfillOutcome;
import dev.gatefold.backfill.Conditions;
import dev.gatefold.backfill.Desk;
import dev.gatefold.backfill.RowKeeper;
import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.lease.BackfillOwner;
import dev.gatefold.backfill.lease.RangeLedger;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A database with a fence, the tables of leases and a record of what the listener heard. */
public final class Scene implements AutoCloseable, ProgressListener {

  /** What happens when a batch has been committed. */
  @FunctionalInterface
  public interface AfterBatch {
    void happen(int batch) throws Exception;
  }

  public final TestDatabase database;
  public final TableFence fence;
  public final OwnTables tables;
  public final ManualTime time = new ManualTime();
  public final List<Progress> progress = new ArrayList<>();
  public final List<Waiting> waits = new ArrayList<>();
  private AfterBatch afterBatch = batch -> {};
  private Optional<RowKeeper> keeper = Optional.empty();

  private Scene(TestDatabase database) throws SQLException {
    this.database = database;
    this.fence = new TableFence(database);
    this.tables = new OwnTables(database);
  }

  public static Scene with(String sql) throws SQLException {
    Scene scene = new Scene(TestDatabase.create());
    scene.database.execute(sql);
    return scene;
  }

  /** A table {@code item} with rows 1 to n, whose text {@code total} shall be {@code total_n}. */
  public static Scene items(int rows) throws SQLException {
    return with(
        """
        CREATE TABLE item (id bigint PRIMARY KEY, total text, total_n integer);
        INSERT INTO item SELECT i, (i * 10)::text FROM generate_series(1, %d) AS i;
        """
            .formatted(rows));
  }

  /** Rows that cannot be converted are kept, in the table {@code kept}. */
  public void keep() throws SQLException {
    database.execute("CREATE TABLE kept (key text PRIMARY KEY, reason text)");
    keeper =
        Optional.of(
            row ->
                BoundStatement.of(
                    "INSERT INTO public.kept VALUES (?, ?)",
                    List.of(row.key().toString(), row.reason())));
  }

  public void afterBatch(AfterBatch whatHappens) {
    afterBatch = whatHappens;
  }

  public RowMapping itemMapping() throws SQLException {
    return Mappings.of(database, "item", Mappings.integer("total", "total_n"));
  }

  /** Ten rows a batch: the bound on the speed is also one on the batch. */
  public static BackfillSettings tenRows(UserTriggers triggers) {
    return new BackfillSettings(Duration.ofMillis(20), OptionalLong.of(10), triggers)
        .withWorkers(1);
  }

  public static BackfillJob job(RowMapping mapping) {
    return new BackfillJob(mapping, tenRows(UserTriggers.SKIP), false, true, OptionalLong.of(100));
  }

  public static BackfillJob keepingNew(RowMapping mapping) {
    return new BackfillJob(mapping, tenRows(UserTriggers.SKIP), true, true, OptionalLong.empty());
  }

  public BackfillOutcome run(BackfillJob job) throws Exception {
    try (Connection connection = database.connect()) {
      return run(connection, job);
    }
  }

  public BackfillOutcome run(Connection connection, BackfillJob job) throws Exception {
    return backfill(job, fence).run(connection, database::connect, job);
  }

  public Backfill backfill(BackfillJob job, BatchFence asked) {
    return new Backfill(
        new Desk(ledger(job), asked, keeper),
        Conditions.always(job.settings()),
        this,
        time.timing());
  }

  /** The ledger of the backfill, for one worker more. */
  public static RangeLedger ledger(BackfillJob job) {
    return new RangeLedger(BackfillOwner.rollout(1), job.rows(), "a test", RangeLedger.LEASE);
  }

  public void execute(String sql) {
    try {
      database.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A query with one value, as text. */
  public String value(String sql) throws SQLException {
    return String.join(",", database.queryLines(sql));
  }

  @Override
  public void progress(Progress seen) {
    progress.add(seen);
    try {
      afterBatch.happen(progress.size());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void waiting(Waiting seen) {
    waits.add(seen);
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
