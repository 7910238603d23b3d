package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rows get a value from {@code up}, and which keep theirs. */
class FilledColumnTest {

  private static final String SCHEMA =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total int);
      INSERT INTO orders SELECT i, i FROM generate_series(1, 100) i;
      """;

  private static String change(String column) {
    return "change: c\noperations:\n  - add_column: {table: orders, column: twice, type: int, "
        + column
        + "}\n";
  }

  @Test
  void whatAnApplicationWroteIsNeverOverwritten() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(change("up: total * 2, nullable: false"));
      journey.promoted("c", StageName.EXPAND);
      journey.sql("INSERT INTO orders (id, total) VALUES (101, 7)");
      journey.sql("INSERT INTO orders (id, total, twice) VALUES (102, 7, -1)");
      journey.sql("UPDATE orders SET twice = -2 WHERE id = 5");
      journey.sql("UPDATE orders SET total = 50 WHERE id = 6");
      assertThat(journey.rows("SELECT id, twice FROM orders WHERE twice IS NOT NULL ORDER BY id"))
          .containsExactly("5|-2", "6|100", "101|14", "102|-1");

      assertThat(journey.promote("c", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE twice = total * 2"))
          .containsExactly("100");
      assertThat(journey.rows("SELECT twice FROM orders WHERE id IN (5, 102) ORDER BY id"))
          .containsExactly("-2", "-1");
      journey.sql("INSERT INTO orders (id, total) VALUES (103, 8)");
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
      assertThatThrownBy(() -> journey.sql("INSERT INTO orders (id, total) VALUES (104, 8)"))
          .hasMessageContaining("null value in column \"twice\"");
      assertThat(journey.rollback("c", Optional.of(RolloutState.BACKFILLED)))
          .isInstanceOf(Outcome.Done.class);
      journey.sql("INSERT INTO orders (id, total) VALUES (104, 8)");
      assertThat(journey.rows("SELECT twice FROM orders WHERE id > 102")).containsOnly("16");
    }
  }

  @Test
  void aNullThatAnApplicationMeansStaysWhereItMay() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(change("up: total * 2"));
      journey.promoted("c", StageName.BACKFILL);
      journey.sql("UPDATE orders SET twice = NULL WHERE id = 5");
      assertThat(journey.rows("SELECT twice IS NULL FROM orders WHERE id = 5"))
          .containsExactly("t");
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void rowsOfWhichNoValueCanBeMadeAreNamed() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.sql("UPDATE orders SET total = 0 WHERE id IN (7, 9)");
      journey.submitted(change("up: 100 / total, nullable: false"));
      journey.promoted("c", StageName.EXPAND);
      journey.sql("INSERT INTO orders (id, total) VALUES (101, 0)");
      Outcome stopped = journey.promote("c", StageName.BACKFILL);
      assertThat(stopped.toString()).contains("7").contains("9").contains("division by zero");

      journey.sql("UPDATE orders SET total = 1 WHERE total = 0");
      assertThat(journey.promote("c", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE twice = 100 / total"))
          .containsExactly("101");
      assertThatThrownBy(() -> journey.sql("INSERT INTO orders (id, total) VALUES (102, 0)"))
          .hasMessageContaining("change c: no value can be made for public.orders.twice")
          .hasMessageContaining("division by zero");
    }
  }

  @Test
  void rowsWithoutAnyValueAreNamed() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.sql("UPDATE orders SET total = NULL WHERE id = 7");
      journey.submitted(change("up: total * 2, nullable: false"));
      journey.promoted("c", StageName.EXPAND);
      assertThat(journey.promote("c", StageName.BACKFILL).toString()).contains("7");
      journey.sql("UPDATE orders SET twice = 1 WHERE id = 7");
      assertThat(journey.promote("c", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void whatCannotBeDoneBesideTrafficIsRefused() throws Exception {
    assertRefused("nullable: false", "no-value");
    assertRefused("default: 'null', nullable: false", "no-value");
    assertRefused("generated: {as: total * 2, kind: stored}", "generated-rewrites");
    assertRefused("up: nonsense", "server-refuses");
    assertRefused("up: count(*)", "server-refuses");
    assertRefused("up: total || 'x'", "server-refuses");
  }

  @Test
  void aTriggerThatWouldHaveTheLastWordIsNamed() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.sql(
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
              + " CREATE TRIGGER \"\u00e4\" BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()");
      assertThat(journey.submit(change("up: total * 2")).toString()).contains("fires-later");
      assertThat(journey.submit(change("default: 7"))).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void theBackfillFiresNoTriggerOfUsers() throws Exception {
    try (Journey journey = Journey.asSuperuser(SCHEMA)) {
      journey.sql(
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql"
              + " AS 'BEGIN RAISE EXCEPTION ''fired''; END';"
              + " CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f()");
      journey.submitted(
          change("default: (random() * 9)::int, nullable: false")
              + "backfill: {user_triggers: skip}\n");
      journey.promoted("c", StageName.BACKFILL);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE twice IS NOT NULL"))
          .containsExactly("100");
    }
  }

  @Test
  void aPrimaryKeyComesAfterItsColumn() throws Exception {
    try (Journey journey = Journey.on("CREATE TABLE orders (total int)")) {
      assertThat(
              journey
                  .submit(
                      change("up: total, nullable: false")
                          + "  - add_constraint: {table: orders, name: p, primary_key: [twice]}\n")
                  .toString())
          .contains("new-column-key");
    }
  }

  private static void assertRefused(String column, String code) throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      assertThat(journey.submit(change(column)).toString()).contains(code);
    }
  }
}
