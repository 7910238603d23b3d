package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.executor.VerificationOrder;
import dev.gatefold.executor.engine.KeySink;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that differ are written anew from the side that somebody names. */
class RepairTest {

  private static final int ROWS = 3_000;

  private static final String TABLE =
      """
      CREATE TABLE orders (id int %s, total int NOT NULL, touched int NOT NULL DEFAULT 0);
      INSERT INTO orders SELECT i, i * 10 FROM generate_series(1, 3000) i;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN NEW.touched := NEW.touched + 1; RETURN NEW; END';
      CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column:
            table: orders
            column: total
            to: euros
            type: numeric
            up: total / 10
            down: (euros * 10)::int
      backfill: {user_triggers: skip}
      """;

  private static Journey at(StageName last) throws Exception {
    return at(last, "PRIMARY KEY");
  }

  private static Journey at(StageName last, String key) throws Exception {
    return Journey.on(TABLE.formatted(key)).submitted(CHANGE).promoted("x", last);
  }

  private static Outcome repair(Journey journey, Side... from) throws Exception {
    Optional<Side> side = List.of(from).stream().findFirst();
    return journey
        .rollouts()
        .verify(new ChangeName("x"), VerificationOrder.repairing(side), StageListener.SILENT);
  }

  private static Outcome verify(Journey journey) throws Exception {
    return journey.rollouts().verify(new ChangeName("x"), StageListener.SILENT);
  }

  /** Writes behind the sync's back. */
  static void spoil(Journey journey, String update) throws Exception {
    journey.sql(
        """
        ALTER TABLE orders DISABLE TRIGGER USER;
        %s;
        DO $do$ DECLARE g record; BEGIN
          FOR g IN SELECT tgname FROM pg_trigger WHERE tgname LIKE '~gate%%'
          LOOP EXECUTE format('ALTER TABLE orders ENABLE ALWAYS TRIGGER %%I', g.tgname); END LOOP;
          IF EXISTS (SELECT FROM pg_trigger WHERE tgname = 'touch') THEN
            ALTER TABLE orders ENABLE TRIGGER touch;
          END IF;
        END $do$;
        """
            .formatted(update));
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void bothWaysFromTheSideThatIsNamed(Side from) throws Exception {
    try (Journey journey = at(StageName.BACKFILL)) {
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id % 100 = 7");
      assertThat(repair(journey, from))
          .isInstanceOfSatisfying(
              Outcome.Done.class,
              done ->
                  assertThat(done.message())
                      .isEqualTo(
                          "3000 rows compared, 30 repaired from the %s side, none differs"
                              .formatted(from == Side.OLD ? "old" : "new")));
      assertThat(journey.rows("SELECT total, euros FROM orders WHERE id = 107"))
          .containsExactly(from == Side.OLD ? "1070|107" : "-10|-1");
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE total <> euros * 10"))
          .containsExactly("0");
      assertThat(journey.rows("SELECT sum(cardinality(keys)), min(side) FROM gatefold.repair"))
          .containsExactly(from == Side.OLD ? "30|old" : "30|new");
      assertThat(
              journey.rows(
                  "SELECT kind, text FROM gatefold.history WHERE kind LIKE 'repair%' ORDER BY id"))
          .first()
          .asString()
          .startsWith("repairs|public.orders from the ");
      assertThat(journey.rows("SELECT text FROM gatefold.history WHERE kind = 'repaired'"))
          .singleElement()
          .asString()
          .startsWith("30 rows of public.orders from the ")
          .contains(": 7, 107, 207, ")
          .endsWith("... (all in gatefold.repair)");
      // As in the backfill, the users' triggers did not fire where they need not.
      if (journey.rows("SELECT rolsuper FROM pg_roles WHERE rolname = user").contains("t")) {
        assertThat(journey.rows("SELECT sum(touched) FROM orders")).containsExactly("0");
      }
      journey.promoted("x", StageName.DROP);
    }
  }

  @Test
  void bothWaysItHasToBeToldFromWhichSide() throws Exception {
    try (Journey journey = at(StageName.BACKFILL)) {
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id = 7");
      assertThat(repair(journey))
          .isInstanceOfSatisfying(
              Outcome.OutOfOrder.class,
              refused -> assertThat(refused.cure()).contains("--from old", "--from new"));
      assertThat(journey.rows("SELECT euros FROM orders WHERE id = 7")).containsExactly("-1");
    }
  }

  @Test
  void whatApplicationsWroteStays() throws Exception {
    try (Journey journey = at(StageName.BACKFILL)) {
      // The way there and back ends elsewhere, from either side.
      journey.sql("UPDATE orders SET euros = 5.55 WHERE id = 8");
      journey.sql("UPDATE orders SET total = 77 WHERE id = 7");
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id IN (7, 9)");
      assertThat(repair(journey, Side.OLD)).isInstanceOf(Outcome.Done.class);
      assertThat(
              journey.rows("SELECT id, total, euros FROM orders WHERE id IN (7, 8, 9) ORDER BY id"))
          .containsExactly("7|77|7", "8|56|5.55", "9|90|9");
    }
  }

  @Test
  void aRowThatIsWrittenAtThatMomentIsLookedAtOnceMore() throws Exception {
    try (Journey journey = at(StageName.BACKFILL);
        Connection application = journey.database().connect();
        Statement statement = application.createStatement()) {
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id IN (7, 8)");
      application.setAutoCommit(false);
      statement.execute("UPDATE orders SET euros = 5.55 WHERE id = 8");
      StageListener committing =
          new StageListener() {
            @Override
            public void waiting(Step step, String reason) {
              try {
                application.commit();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }
          };
      assertThat(
              journey
                  .rollouts()
                  .verify(
                      new ChangeName("x"),
                      VerificationOrder.repairing(Optional.of(Side.OLD)),
                      committing))
          .isInstanceOfSatisfying(
              Outcome.Done.class, done -> assertThat(done.message()).contains(" 1 repaired "));
      assertThat(journey.rows("SELECT id, total, euros FROM orders WHERE id IN (7, 8) ORDER BY id"))
          .containsExactly("7|70|7", "8|56|5.55");
    }
  }

  @Test
  void aValueThatCannotBeComputedStaysAndIsNamed() throws Exception {
    try (Journey journey = at(StageName.BACKFILL)) {
      spoil(
          journey,
          "UPDATE orders SET euros = -id WHERE id BETWEEN 100 AND 110;"
              + "UPDATE orders SET euros = 1e12 WHERE id IN (103, 2000)");
      Outcome outcome = repair(journey, Side.NEW);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Differs.class,
              differs -> {
                assertThat(differs.message())
                    .isEqualTo(
                        "10 repaired from the new side, 2 rows still differ between old and new"
                            + " shape");
                assertThat(differs.rows())
                    .extracting(row -> row.key().toString())
                    .containsExactly("103", "2000");
                assertThat(differs.rows())
                    .allSatisfy(row -> assertThat(row.reason()).contains("integer out of range"));
              });
      assertThat(journey.rows("SELECT total FROM orders WHERE id IN (102, 104)"))
          .containsExactly("-1020", "-1040");
      assertThat(repair(journey, Side.OLD)).isInstanceOf(Outcome.Done.class);
      assertThat(verify(journey)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void onlyTheRangesThatDifferedAreLookedAtAfterAWholePass() throws Exception {
    try (Journey journey = at(StageName.BACKFILL)) {
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id = 2500");
      assertThat(verify(journey)).isInstanceOf(Outcome.Differs.class);
      String clean =
          "SELECT verification_id, number, compared_at FROM gatefold.verification_range"
              + " WHERE number = 1 ORDER BY 1";
      List<String> before = journey.rows(clean);
      assertThat(repair(journey, Side.OLD))
          .isInstanceOfSatisfying(
              Outcome.Done.class, done -> assertThat(done.message()).startsWith("3000 rows"));
      assertThat(journey.rows(clean)).isEqualTo(before);
      assertThat(
              journey.rows(
                  "SELECT mismatches, ended_at IS NULL FROM gatefold.verification ORDER BY id DESC LIMIT 1"))
          .containsExactly("0|f");
    }
  }

  @Test
  void aRepairThatIsPausedLeavesTheGateClosedAndGoesOn() throws Exception {
    try (Journey journey = at(StageName.BACKFILL)) {
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id IN (5, 2500)");
      assertThat(verify(journey)).isInstanceOf(Outcome.Differs.class);
      StageListener pausing =
          new StageListener() {
            @Override
            public void progress(Step step, Progress progress) {
              try {
                journey.rollouts().pause(new ChangeName("x"));
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }
          };
      assertThat(
              journey
                  .rollouts()
                  .verify(
                      new ChangeName("x"),
                      VerificationOrder.repairing(Optional.of(Side.OLD)),
                      pausing))
          .isInstanceOf(Outcome.Stopped.class);
      assertThat(journey.rows("SELECT euros FROM orders WHERE id IN (5, 2500) ORDER BY id"))
          .containsExactly("5", "-1");
      journey.rollouts().resume(new ChangeName("x"));
      assertThat(journey.rollouts().evidence(new ChangeName("x"), Optional.empty()))
          .isInstanceOfSatisfying(
              Outcome.Measured.class,
              measured ->
                  assertThat(measured.evidence().findings())
                      .anySatisfy(
                          it -> assertThat(it.detail()).startsWith("1 of the first 3000 rows")));
      assertThat(verify(journey))
          .isInstanceOfSatisfying(
              Outcome.Differs.class, differs -> assertThat(differs.mismatches()).isEqualTo(1));
      assertThat(repair(journey, Side.OLD)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void rowsThatMoveAreRepairedAndComparedInOneSnapshot() throws Exception {
    try (Journey journey = at(StageName.BACKFILL, "NOT NULL")) {
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id IN (7, 2999)");
      assertThat(repair(journey, Side.OLD))
          .isInstanceOfSatisfying(
              Outcome.Done.class, done -> assertThat(done.message()).contains(" 2 repaired "));
      assertThat(journey.rows("SELECT euros FROM orders WHERE id = 2999")).containsExactly("2999");
    }
  }

  @Test
  void beforeNewApplicationsWriteTheOldSideCounts() throws Exception {
    try (Journey journey =
        Journey.on(TABLE.formatted("PRIMARY KEY"))
            .submitted(CHANGE)
            .promoted("x", StageName.EXPAND)) {
      assertThat(repair(journey)).isInstanceOf(Outcome.OutOfOrder.class);
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.BACKFILL,
                  "backfill.verify.public.orders",
                  () -> spoil(journey, "UPDATE orders SET euros = -1 WHERE id = 7")))
          .isInstanceOf(Outcome.Differs.class);
      assertThat(repair(journey, Side.NEW)).isInstanceOf(Outcome.OutOfOrder.class);
      assertThat(repair(journey)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT total, euros FROM orders WHERE id = 7"))
          .containsExactly("70|7");
      journey.promoted("x", StageName.DROP);
    }
  }

  @Test
  void underTheNamesThatColumnsHaveAfterTheSwap() throws Exception {
    try (Journey journey = at(StageName.RETIRE)) {
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id = 7");
      assertThat(repair(journey, Side.OLD)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT euros FROM orders WHERE id = 7")).containsExactly("7");
      journey.promoted("x", StageName.DROP);
    }
  }

  @Test
  void aForeignKeyIsAskedForRepairedValuesToo() throws Exception {
    try (Journey journey =
        Journey.on(
                """
                CREATE TABLE customer (id int PRIMARY KEY);
                INSERT INTO customer SELECT generate_series(1, 9);
                CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customer);
                INSERT INTO orders SELECT i, i FROM generate_series(1, 9) i;
                """)
            .submitted(
                """
                change: x
                operations:
                  - rename_column: {table: orders, column: customer, to: buyer}
                """)
            .promoted("x", StageName.BACKFILL)) {
      journey.sql(
          """
          ALTER TABLE orders DISABLE TRIGGER ALL;
          UPDATE orders SET customer = 77 WHERE id = 7;
          ALTER TABLE orders ENABLE TRIGGER ALL;
          DO $do$ DECLARE g record; BEGIN
            FOR g IN SELECT tgname FROM pg_trigger WHERE tgname LIKE '~gate%'
            LOOP EXECUTE format('ALTER TABLE orders ENABLE ALWAYS TRIGGER %I', g.tgname); END LOOP;
          END $do$;
          """);
      assertThat(repair(journey, Side.OLD))
          .isInstanceOfSatisfying(
              Outcome.Differs.class,
              differs ->
                  assertThat(differs.rows())
                      .singleElement()
                      .satisfies(row -> assertThat(row.reason()).contains("foreign key")));
      assertThat(repair(journey, Side.NEW)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT customer, buyer FROM orders WHERE id = 7"))
          .containsExactly("7|7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "new"})
  void severalColumnsTogether(String from) throws Exception {
    try (Journey journey =
        Journey.on(
                """
                CREATE TABLE orders (id int PRIMARY KEY, name text NOT NULL, n int);
                INSERT INTO orders SELECT i, 'a' || i || ' b' || i, i FROM generate_series(1, 50) i;
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
                """)
            .submitted(
                """
                change: x
                operations:
                  - split_column:
                      table: orders
                      column: name
                      into:
                        - {column: first, type: text, up: "split_part(name, ' ', 1)"}
                        - {column: last, type: text, up: "split_part(name, ' ', 2)"}
                      down: first || ' ' || last
                  - rename_column: {table: orders, column: n, to: m}
                backfill: {user_triggers: skip}
                """)
            .promoted("x", StageName.BACKFILL)) {
      spoil(
          journey,
          "UPDATE orders SET last = 'z' WHERE id IN (7, 8); UPDATE orders SET n = 0 WHERE id = 8");
      assertThat(repair(journey, from.equals("old") ? Side.OLD : Side.NEW))
          .isInstanceOf(Outcome.Done.class);
      assertThat(
              journey.rows(
                  "SELECT name, first, last, n, m FROM orders WHERE id IN (7, 8) ORDER BY id"))
          .containsExactlyElementsOf(
              from.equals("old")
                  ? List.of("a7 b7|a7|b7|7|7", "a8 b8|a8|b8|0|0")
                  : List.of("a7 z|a7|z|7|7", "a8 z|a8|z|8|8"));
    }
  }

  @Test
  void everyKeyIsNamedToWhoeverWantsThem() throws Exception {
    try (Journey journey = at(StageName.BACKFILL)) {
      spoil(journey, "UPDATE orders SET euros = -1 WHERE id > 1000");
      List<String> taken = new ArrayList<>();
      KeySink sink =
          new KeySink() {
            @Override
            public void begin(TableName table) {
              taken.add(table.toString());
            }

            @Override
            public void take(List<Key> keys) {
              keys.forEach(key -> taken.add(key.toString()));
            }

            @Override
            public void anew() {
              throw new AssertionError("only a snapshot that is lost means beginning anew");
            }
          };
      assertThat(
              journey
                  .rollouts()
                  .verify(
                      new ChangeName("x"),
                      new VerificationOrder(false, Optional.empty(), Optional.of(sink)),
                      StageListener.SILENT))
          .isInstanceOfSatisfying(
              Outcome.Differs.class, differs -> assertThat(differs.rows()).hasSize(20));
      assertThat(taken).hasSize(1 + ROWS - 1000).startsWith("public.orders", "1001", "1002");
    }
  }
}
