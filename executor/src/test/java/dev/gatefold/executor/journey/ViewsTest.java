package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views over a changed column, and views over those: as direct DDL would have left them. */
class ViewsTest {

  private static final String TABLE =
      """
      CREATE TABLE %1$s.orders (id int PRIMARY KEY, total text, customer text);
      CREATE TABLE %1$s.customers (customer text, name text);
      INSERT INTO %1$s.orders SELECT i, i::text, 'c' || i FROM generate_series(1, 500) i;
      """;

  private static final String VIEWS =
      """
      CREATE VIEW %1$s.first AS SELECT * FROM %1$s.orders;
      CREATE VIEW %1$s.guarded WITH (security_barrier = true, check_option = local) AS
        SELECT id, total FROM %1$s.orders WHERE total <> '-1' AND customer <> 'total';
      CREATE VIEW %1$s."Odd "".' Name" ("Id", "To tal", amount) AS
        SELECT o.id, o.total, o.customer FROM %1$s.orders o;
      CREATE VIEW %1$s.second AS SELECT f.*, g.total AS again FROM %1$s.first f
        JOIN %1$s.guarded g ON g.id = f.id;
      CREATE VIEW %1$s.third AS SELECT total::text || '!' AS loud, total FROM %1$s.second;
      CREATE VIEW %1$s.twice AS SELECT a.id, b.total FROM %1$s.orders a
        JOIN %1$s.orders b ON a.total = b.total WHERE EXISTS (
          SELECT FROM %1$s.orders total WHERE total.total = b.total);
      CREATE VIEW %1$s.tricky AS SELECT id AS amount, total AS t FROM %1$s.orders ORDER BY total;
      CREATE VIEW %1$s.grouped AS SELECT id, total, count(*) FROM %1$s.orders GROUP BY id;
      CREATE VIEW %1$s_far.far AS SELECT total FROM %1$s.orders;
      CREATE VIEW %1$s.inside AS SELECT id FROM %1$s.orders WHERE total IS NOT NULL;
      GRANT SELECT, UPDATE ON %1$s.second TO pg_monitor WITH GRANT OPTION;
      GRANT SELECT ON %1$s.second TO PUBLIC;
      GRANT INSERT (total) ON %1$s.first TO pg_monitor;
      REVOKE DELETE ON %1$s.third FROM postgres;
      ALTER VIEW %1$s.third OWNER TO pg_monitor;
      COMMENT ON VIEW %1$s.first IS 'it''s first';
      COMMENT ON COLUMN %1$s.first.total IS 'in "euro"';
      COMMENT ON VIEW %1$s.tricky IS 'ordered';
      ALTER VIEW %1$s.first ALTER COLUMN total SET DEFAULT upper('none');
      CREATE TRIGGER instead INSTEAD OF INSERT ON %1$s.second
        FOR EACH ROW EXECUTE FUNCTION nothing();
      COMMENT ON TRIGGER instead ON %1$s.second IS 'not so';
      CREATE RULE ignored AS ON DELETE TO %1$s.third DO INSTEAD NOTHING;
      COMMENT ON RULE ignored ON %1$s.third IS 'never';
      CREATE RULE through AS ON UPDATE TO %1$s.grouped DO INSTEAD
        UPDATE %1$s.orders SET total = NEW.total WHERE id = OLD.id;
      """;

  private static final String NATURAL =
      "CREATE VIEW %1$s.joined AS SELECT * FROM %1$s.orders JOIN %1$s.customers USING (customer);";

  private static final String DROP =
      """
      DROP VIEW %1$s.first, %1$s.guarded, %1$s."Odd "".' Name", %1$s.second, %1$s.third, %1$s.twice,
        %1$s.tricky, %1$s.grouped, %1$s_far.far, %1$s.inside;
      """;

  private static final String RENAME =
      """
      change: shape
      operations:
        - rename_column: {table: orders, column: total, to: amount}
      """;

  private static final String RETYPE =
      """
      change: shape
      operations:
        - alter_column: {table: orders, column: total, type: varchar(40)}
      """;

  private static String schema(String views) {
    return """
    CREATE SCHEMA twin; CREATE SCHEMA twin_far; CREATE SCHEMA public_far;
    CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    GRANT CREATE ON SCHEMA public, twin TO pg_monitor;
    """
        + (TABLE + views).formatted("public")
        + (TABLE + views).formatted("twin");
  }

  /** For a superuser: one of the views belongs to another role. */
  private static Journey journey(String views) throws Exception {
    TestDatabase database = TestDatabase.forSuperuser();
    database.execute(schema(views));
    return Journey.on(database, Standbys.NONE);
  }

  private static List<String> withoutSchema(List<String> catalog) {
    return catalog.stream().map(line -> line.replaceAll("\\b(twin|public)(_far)?\\.", "")).toList();
  }

  private static void assertSame(List<String> changed, List<String> twin) {
    List<String> left = new ArrayList<>(withoutSchema(changed));
    List<String> right = new ArrayList<>(withoutSchema(twin));
    left.removeAll(withoutSchema(twin));
    right.removeAll(withoutSchema(changed));
    assertThat(left).isEqualTo(right);
  }

  @Test
  void aRenameIsFollowedAsTheServerWouldHaveFollowedIt() throws Exception {
    try (Journey journey = journey(VIEWS)) {
      journey.submitted(RENAME).promoted("shape", StageName.RETIRE);
      journey.sql(
          """
          UPDATE orders SET amount = 'new' WHERE id = 7;
          UPDATE guarded SET total = 'by view' WHERE id = 8;
          """);
      assertThat(journey.rows("SELECT total FROM third WHERE loud IN ('new!', 'by view!')"))
          .containsExactlyInAnyOrder("new", "by view");

      journey.promoted("shape", StageName.DROP);

      journey.sql("ALTER TABLE twin.orders RENAME COLUMN total TO amount");
      assertSame(journey.catalog("orders"), journey.catalog("twin.orders"));
    }
  }

  @Test
  void anotherTypeGoesThroughAllViewsAsIfTheyWereMadeAgain() throws Exception {
    try (Journey journey = journey(VIEWS + NATURAL)) {
      journey.submitted(RETYPE).promoted("shape", StageName.DROP);

      journey.sql(
          ((DROP + "DROP VIEW %1$s.joined; ALTER TABLE %1$s.orders ALTER total TYPE varchar(40);")
                  + VIEWS
                  + NATURAL)
              .formatted("twin"));
      assertSame(journey.catalog("orders"), journey.catalog("twin.orders"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"EXPAND", "BACKFILL", "RETIRE"})
  void eachStageBackToTheStart(StageName stage) throws Exception {
    for (String change : List.of(RENAME, RETYPE)) {
      try (Journey journey = journey(VIEWS)) {
        List<String> before = journey.catalog("orders");
        journey.submitted(change).promoted("shape", stage);
        if (stage == StageName.RETIRE) {
          journey.sql("UPDATE guarded SET total = 'by view' WHERE id = 8");
        }
        assertThat(journey.rollback("shape", Optional.of(RolloutState.PLANNED)))
            .isInstanceOf(Outcome.Done.class);
        assertThat(journey.catalog("orders")).isEqualTo(before);
        if (stage == StageName.RETIRE) {
          assertThat(journey.rows("SELECT total FROM orders WHERE id = 8"))
              .containsExactly("by view");
        }
      }
    }
  }
}
