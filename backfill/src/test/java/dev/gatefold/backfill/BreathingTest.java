package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside other sessions a batch gives way while it runs. */
class BreathingTest {

  private static final int ROWS = 60;

  /** The trigger is no user's: it fires whatever the batch does about theirs. */
  private static final String WITNESS =
      """
      CREATE TABLE witness (query text);
      CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN INSERT INTO public.witness VALUES (current_query()); RETURN NEW; END';
      CREATE TRIGGER witness BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION witness();
      ALTER TABLE item ENABLE ALWAYS TRIGGER witness;
      """;

  private Scene scene;

  @BeforeEach
  void start() throws Exception {
    scene = Scene.items(ROWS);
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private void run(Throttle throttle) throws Exception {
    BackfillJob job = Scene.job(scene.itemMapping());
    try (Connection connection = scene.database.connect()) {
      BackfillOutcome outcome =
          new Backfill(
                  new Desk(Scene.ledger(job), scene.fence),
                  new Conditions(throttle, job::settings),
                  scene,
                  scene.time.timing())
              .run(connection, scene.database::connect, job);
      assertThat(outcome).isEqualTo(new Finished(ROWS));
    }
    assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("" + ROWS);
  }

  private String breathed() throws Exception {
    return scene.value("SELECT count(*) FROM witness WHERE query LIKE '%gatefold.nap()%'");
  }

  @Test
  void underAnyPressureItBreathes() throws Exception {
    scene.execute(WITNESS);
    run(() -> Pressure.slow(0.9, "somebody is there"));
    assertThat(breathed()).isEqualTo("" + ROWS);
  }

  @Test
  void aloneItDoesNot() throws Exception {
    scene.execute(WITNESS);
    run(Throttle.OPEN);
    assertThat(breathed()).isEqualTo("0");
  }

  private static final String DENIED =
      "REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;"
          + "GRANT USAGE ON SCHEMA gatefold TO PUBLIC;";

  /** Some servers deny everybody whatever could hold a session. */
  @Test
  void whereNobodyMaySleepANapIsNothing() throws Exception {
    scene.database.asSuperuser(
        DENIED
            + """
              SET ROLE pg_read_all_stats;
              DO $do$
              BEGIN
                ASSERT gatefold.nap();
                ASSERT gatefold.slept() = 0;
                BEGIN
                  PERFORM pg_sleep(0);
                EXCEPTION WHEN insufficient_privilege THEN
                  RETURN;
                END;
                RAISE 'the role may sleep';
              END $do$;
              """);
  }

  /** A condition around the range would make the server read the whole table for each batch. */
  @ParameterizedTest
  @CsvSource({"true, Tid Range Scan", "false, Index"})
  void theRangeIsStillWhatTheServerLooksFor(boolean blocks, String scan) throws Exception {
    scene.execute(
        "INSERT INTO item SELECT i, '1' FROM generate_series(100, 20000) i; ANALYZE item");
    RowMapping mapping =
        blocks ? scene.itemMapping().fromBlockToBlock("a test") : scene.itemMapping();
    try (Connection connection = scene.database.connect()) {
      Ranges ranges = Ranges.of(mapping);
      KeyRange all = new KeyRange(Optional.empty(), ranges.end(connection).orElseThrow());
      KeyRange some = ranges.slice(connection, all, 100).range();
      BoundStatement update = new BatchSql(mapping, false).update(some, Breath.writing(0.5));
      assertThat(plan(connection, update)).contains(scan).contains("nap()");
    }
  }

  private static String plan(Connection connection, BoundStatement statement) throws Exception {
    return BoundStatement.of("EXPLAIN " + statement.sql(), statement.parameters())
        .query(
            connection,
            rows -> {
              StringBuilder text = new StringBuilder();
              while (rows.next()) {
                text.append(rows.getString(1)).append('\n');
              }
              return text.toString();
            });
  }
}
