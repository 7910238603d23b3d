package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of other tables go on referring to a column that changes. */
class ReferenceTest {

  private static final String TABLES =
      """
      CREATE TABLE %1$s.t (
        id int PRIMARY KEY, k int NOT NULL CONSTRAINT k_key UNIQUE, v varchar(10), x int);
      CREATE UNIQUE INDEX pair ON %1$s.t (x, v);
      CREATE TABLE %1$s."Child" (
        id int PRIMARY KEY,
        "R r" int CONSTRAINT to_k REFERENCES %1$s.t (k) ON UPDATE CASCADE ON DELETE CASCADE
          DEFERRABLE INITIALLY DEFERRED,
        x int, v varchar(10),
        CONSTRAINT to_pair FOREIGN KEY (x, v) REFERENCES %1$s.t (x, v) MATCH FULL
          ON DELETE SET NULL);
      COMMENT ON CONSTRAINT to_k ON %1$s."Child" IS 'one each';
      ALTER TABLE %1$s.t ADD parent int CONSTRAINT self REFERENCES %1$s.t (k) ON DELETE RESTRICT;
      INSERT INTO %1$s.t SELECT i, i, 'v' || i, i, CASE WHEN i > 1 THEN i - 1 END
      FROM generate_series(1, 100) i;
      INSERT INTO %1$s."Child" SELECT i, i, i, 'v' || i FROM generate_series(1, 50) i;
      """;

  @Test
  void foreignKeysToAColumnFollowIt() throws Exception {
    new Carrying(
            TABLES,
            """
              - alter_column: {table: t, column: k, to: z, type: bigint}
              - alter_column: {table: t, column: v, to: w, type: text}
            """,
            """
            ALTER TABLE twin.t RENAME k TO z;
            ALTER TABLE twin.t ALTER z TYPE bigint;
            ALTER TABLE twin.t RENAME v TO w;
            ALTER TABLE twin.t ALTER w TYPE text;
            """)
        .holds();
  }

  @Test
  void bothEndsOfOneMayChange() throws Exception {
    new Carrying(
            TABLES,
            """
              - alter_column: {table: t, column: k, type: bigint}
              - alter_column: {table: t, column: parent, to: above, type: bigint}
            """,
            """
            ALTER TABLE twin.t ALTER k TYPE bigint;
            ALTER TABLE twin.t RENAME parent TO above;
            ALTER TABLE twin.t ALTER above TYPE bigint;
            """)
        .holds();
  }

  @Test
  void oneThatIsNotValidStaysSo() throws Exception {
    new Carrying(
            """
            CREATE TABLE %1$s.t (id int PRIMARY KEY, k int UNIQUE);
            CREATE TABLE %1$s.c (r int);
            INSERT INTO %1$s.c VALUES (77);
            ALTER TABLE %1$s.c ADD CONSTRAINT late FOREIGN KEY (r) REFERENCES %1$s.t (k) NOT VALID;
            """,
            "  - rename_column: {table: t, column: k, to: z}", "ALTER TABLE twin.t RENAME k TO z")
        .holds();
  }

  /**
   * In each state of the two columns, a write to either does to the rows that refer what it did.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      nullValues = "-",
      textBlock =
          """
          CASCADE ! 500 ! -
          SET NULL ! null ! null
          SET DEFAULT ! 7 ! 7
          """)
  void actionsAreThoseOfOne(String action, String afterUpdate, String afterDelete)
      throws Exception {
    for (StageName stage : List.of(StageName.EXPAND, StageName.BACKFILL, StageName.RETIRE)) {
      for (String column : columns(stage)) {
        try (Journey journey = Journey.on(acting(action))) {
          journey.submitted(rename()).promoted("c", stage);
          journey.sql(
              "UPDATE t SET %1$s = 500 WHERE id = 1; DELETE FROM t WHERE id = 2".formatted(column));
          String label = action + " " + stage + " " + column;
          assertThat(journey.rows("SELECT r FROM c WHERE id = 1"))
              .as(label)
              .containsExactly(afterUpdate);
          assertThat(journey.rows("SELECT r FROM c WHERE id = 2"))
              .as(label)
              .isEqualTo(Optional.ofNullable(afterDelete).map(List::of).orElseGet(List::of));
          // Rows that came meanwhile refer to either, and back nothing is lost.
          journey.sql("INSERT INTO c VALUES (9, 9)");
          assertThatThrownBy(() -> journey.sql("INSERT INTO c VALUES (10, 999)"))
              .hasMessageContaining("foreign key");
          assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
              .isInstanceOf(Outcome.Done.class);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"RESTRICT", "NO ACTION"})
  void whatIsRestrictedStaysSo(String action) throws Exception {
    for (StageName stage : List.of(StageName.BACKFILL, StageName.RETIRE)) {
      for (String column : columns(stage)) {
        try (Journey journey = Journey.on(acting(action))) {
          journey.submitted(rename()).promoted("c", stage);
          assertThatThrownBy(
                  () -> journey.sql("UPDATE t SET %s = 500 WHERE id = 1".formatted(column)))
              .hasMessageContaining("foreign key");
          assertThatThrownBy(() -> journey.sql("DELETE FROM t WHERE id = 2"))
              .hasMessageContaining("foreign key");
          journey.sql("UPDATE t SET %s = 600 WHERE id = 100".formatted(column));
        }
      }
    }
  }

  private static List<String> columns(StageName stage) {
    return switch (stage) {
      case EXPAND -> List.of("k");
      case BACKFILL -> List.of("k", "z");
      case RETIRE, DROP -> List.of("z");
    };
  }

  private static String acting(String action) {
    return """
    CREATE TABLE t (id int PRIMARY KEY, k int NOT NULL UNIQUE);
    CREATE TABLE c (id int PRIMARY KEY,
      r int DEFAULT 7 REFERENCES t (k) ON UPDATE %1$s ON DELETE %1$s);
    INSERT INTO t SELECT i, i FROM generate_series(1, 100) i;
    INSERT INTO c SELECT i, i FROM generate_series(1, 5) i;
    """
        .formatted(action);
  }

  private static String rename() {
    return "change: c\noperations:\n"
        + "  - alter_column: {table: t, column: k, to: z, type: bigint}";
  }

  @Test
  void whatCannotFollowIsRefused() throws Exception {
    String tables =
        """
        CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE, s text UNIQUE, b text UNIQUE);
        CREATE TABLE c (r int REFERENCES t (k), s text REFERENCES t (s));
        CREATE TABLE parts (b text REFERENCES t (b)) PARTITION BY LIST (b);
        """;
    assertThat(
            Carrying.refusals(
                tables, "  - alter_column: {table: t, column: k, to: z, up: k + 1, down: z - 1}"))
        .anyMatch(reason -> reason.startsWith("referenced: foreign key c_r_fkey of public.c"));
    assertThat(
            Carrying.refusals(tables, "  - alter_column: {table: t, column: k, to: z, type: text}"))
        .anyMatch(reason -> reason.startsWith("referenced: foreign key c_r_fkey of public.c"));
    assertThat(Carrying.refusals(tables, "  - rename_column: {table: t, column: b, to: z}"))
        .anyMatch(reason -> reason.contains("parts_b_fkey") && reason.contains("partition"));
  }

  @Test
  void aTableOfOthersIsNotTouched() throws Exception {
    try (Journey journey =
        Journey.asOwner("parents_owner", "CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE)")) {
      journey.database().asSuperuser("CREATE TABLE theirs (r int REFERENCES t (k))");
      assertThat(journey.submit(rename()).toString()).contains("not-owner", "public.theirs");
    }
  }

  @Test
  void aColumnThatRefersBelongsToTheChange() throws Exception {
    try (Journey journey = Journey.on(acting("CASCADE"))) {
      journey.submitted(rename());
      assertThat(
              journey
                  .submit(
                      "change: other\noperations:\n  - rename_column: {table: c, column: r, to: q}")
                  .toString())
          .contains("column-claimed");
      journey.promoted("c", StageName.BACKFILL);
      journey.sql("CREATE INDEX harmless ON c (r); DROP TABLE t CASCADE");
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
    }
  }
}
