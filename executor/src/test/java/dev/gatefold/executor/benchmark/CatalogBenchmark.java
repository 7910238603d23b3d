package dev.gatefold.executor.benchmark;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.snapshot.SnapshotPlanning;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.snapshot.SchemaSnapshot;
import dev.gatefold.planner.snapshot.SnapshotFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * How long a plan takes in a database of many tables: against the database, connection included,
 * and from a snapshot, server included.
 */
class CatalogBenchmark {

  private static final int TABLES = 5_000;
  private static final int ROUNDS = 3;

  // As a schema grows: keys, foreign keys to a few hubs, indexes, conditions, triggers, views.
  private static final String SCHEMA =
      """
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      DO $$
      BEGIN
        FOR i IN 1..%d LOOP
          EXECUTE format('CREATE TABLE t%%1$s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL, total integer DEFAULT 0 CHECK (total >= 0), hub bigint,
            created timestamptz NOT NULL DEFAULT now())', i);
          EXECUTE format('CREATE INDEX ON t%%1$s (name)', i);
          EXECUTE format('ALTER TABLE t%%s ADD FOREIGN KEY (hub) REFERENCES t%%s', i,
            1 + (i - 1) %% least(i, 50));
          EXECUTE format('CREATE TRIGGER touch BEFORE UPDATE ON t%%s FOR EACH ROW EXECUTE FUNCTION touch()', i);
          EXECUTE format('COMMENT ON TABLE t%%1$s IS ''table %%1$s''', i);
          IF i %% 5 = 0 THEN
            EXECUTE format('CREATE VIEW v%%1$s AS SELECT id, name, total FROM t%%1$s', i);
          END IF;
        END LOOP;
      END $$;
      ANALYZE\
      """;

  private static final String FILE =
      """
      change: totals
      operations:
        - alter_column: {table: %s, column: total, to: amount, type: bigint}
      backfill: {user_triggers: skip}
      """;

  @Test
  void planningAmongManyTables() throws Exception {
    Figures figures =
        new Figures("Planning among 5,000 tables, seconds", "what", "first", "second", "third");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("max_locks_per_transaction", "1024").start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      fill(url);
      row(figures, "plan, a table that nothing refers to", () -> plan(url, "t555"));
      row(figures, "plan, a table that 100 others refer to", () -> plan(url, "t5"));
      row(figures, "schema snapshot", () -> snapshot(url).objects());
      SchemaSnapshot snapshot = snapshot(url);
      row(figures, "writing and reading its file", () -> again(snapshot));
      row(
          figures,
          "plan --schema, a table that nothing refers to",
          () -> planFrom(snapshot, "t555"));
      row(
          figures,
          "plan --schema, a table that 100 others refer to",
          () -> planFrom(snapshot, "t5"));
    }
    figures.write("catalog");
  }

  private static void fill(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA.formatted(TABLES));
    }
  }

  private static void row(Figures figures, String what, Callable<?> work) throws Exception {
    String[] cells = new String[ROUNDS + 1];
    cells[0] = what;
    for (int round = 1; round <= ROUNDS; round++) {
      long began = System.nanoTime();
      work.call();
      cells[round] = Figures.number((System.nanoTime() - began) / 1e9);
    }
    figures.row(cells);
  }

  private static Change change(String table) throws Exception {
    return ChangeFile.read("totals.yaml", FILE.formatted(table));
  }

  private static Planning plan(String url, String table) throws Exception {
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(url))) {
      return mustBePlan(rollouts.plan(change(table)));
    }
  }

  private static Planning planFrom(SchemaSnapshot snapshot, String table) throws Exception {
    return mustBePlan(new SnapshotPlanning(snapshot).plan(change(table), FILE.formatted(table)));
  }

  private static Planning mustBePlan(Planning planning) {
    if (!(planning instanceof Plan)) {
      throw new IllegalStateException("the benchmark stops: " + planning);
    }
    return planning;
  }

  private static SchemaSnapshot snapshot(String url) throws Exception {
    try (LiveRollouts rollouts = LiveRollouts.open(DatabaseUrl.parse(url))) {
      return rollouts.snapshot();
    }
  }

  private static SchemaSnapshot again(SchemaSnapshot snapshot) throws Exception {
    return SnapshotFile.read("catalog.yaml", SnapshotFile.write(snapshot));
  }
}
