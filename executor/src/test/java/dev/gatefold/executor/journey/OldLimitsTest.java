package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes of the new shape that a check or NOT NULL of the old shape would refuse. */
class OldLimitsTest {

  private static final String TABLE =
      """
      CREATE TABLE "Lager ""1" (
        id int PRIMARY KEY,
        "Größe" int NOT NULL,
        most int NOT NULL DEFAULT 100,
        CONSTRAINT positive CHECK ("Größe" > 0),
        CONSTRAINT "within 'most'" CHECK ("Größe" <= most OR id < 0));
      INSERT INTO "Lager ""1" SELECT i, i FROM generate_series(1, 50) i;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column:
            table: '"Lager ""1"'
            column: '"Größe"'
            to: millimetres
            type: bigint
            nullable: true
            up: '"Größe" - 10'
            down: 'millimetres + 10'
      """;

  /** In both, the old column still has its name; after retire it is hidden. */
  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"BACKFILL", "RETIRE"})
  void areRefusedInTheNameOfTheChange(StageName reached) throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.sql("UPDATE \"Lager \"\"1\" SET \"Größe\" = \"Größe\" + 20");
      journey.submitted(CHANGE).promoted("x", reached);

      // 95 is within "most" for the new shape; its image, 105, is not for the old one.
      state(journey, "UPDATE \"Lager \"\"1\" SET millimetres = 95 WHERE id = 1", "GF004")
          .contains("change x", "Größe", "check \"within 'most'\"");
      state(journey, "INSERT INTO \"Lager \"\"1\" (id, millimetres) VALUES (99, 95)", "GF004");
      state(journey, "UPDATE \"Lager \"\"1\" SET millimetres = NULL WHERE id = 1", "GF004")
          .contains("is NOT NULL");
      // What the new shape refuses itself is the application's own error.
      state(journey, "UPDATE \"Lager \"\"1\" SET millimetres = -100 WHERE id = 1", "23514");
      state(journey, "UPDATE \"Lager \"\"1\" SET millimetres = 200 WHERE id = 1", "23514");
      // Other columns are looked at as they are in this very write.
      journey.sql("UPDATE \"Lager \"\"1\" SET millimetres = 95, most = 105 WHERE id = 2");
      journey.sql("UPDATE \"Lager \"\"1\" SET millimetres = 90 WHERE id = 3");
      if (reached == StageName.BACKFILL) {
        // An old application meets the checks of the old column as it always did.
        state(journey, "UPDATE \"Lager \"\"1\" SET \"Größe\" = 101 WHERE id = 1", "23514");
        assertThat(
                journey.rows(
                    "SELECT \"Größe\" FROM \"Lager \"\"1\" WHERE id IN (1, 2, 3) ORDER BY id"))
            .containsExactly("21", "105", "100");
      }
    }
  }

  @Test
  void refuseNoValueOnceTheOldShapeIsGone() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.sql("UPDATE \"Lager \"\"1\" SET \"Größe\" = \"Größe\" + 20");
      journey.submitted(CHANGE).promoted("x", StageName.DROP);
      journey.sql("UPDATE \"Lager \"\"1\" SET millimetres = 95 WHERE id = 1");
      journey.sql("UPDATE \"Lager \"\"1\" SET millimetres = NULL WHERE id = 2");
    }
  }

  @Test
  void aForeignKeyOverMappedValuesIsRefusedByThePlanner() throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE p (code text PRIMARY KEY);
            CREATE TABLE t (id int PRIMARY KEY, code text REFERENCES p);
            """)) {
      Outcome outcome =
          journey.submit(
              """
              change: x
              operations:
                - alter_column: {table: t, column: code, to: kind, up: upper(code), down: lower(kind)}
              """);
      assertThat(outcome).isInstanceOf(Outcome.Refused.class);
      assertThat(outcome.toString()).contains("mapped-foreign-key", "t_code_fkey");
    }
  }

  private static AbstractStringAssert<?> state(Journey journey, String sql, String sqlState) {
    SQLException[] thrown = new SQLException[1];
    assertThatThrownBy(() -> journey.sql(sql))
        .isInstanceOfSatisfying(SQLException.class, e -> thrown[0] = e);
    assertThat(thrown[0].getSQLState()).as(thrown[0].getMessage()).isEqualTo(sqlState);
    return assertThat(thrown[0].getMessage());
  }
}
