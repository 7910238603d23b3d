package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatefold.planner.plan.StageName;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** Applications know constraints by name: a violation is told under that name at every stage. */
class ViolationTest {

  private static final String TABLE =
      """
      CREATE TABLE t (
        id int PRIMARY KEY, n int NOT NULL CONSTRAINT zz_check CHECK (n > 0), m text CONSTRAINT once UNIQUE);
      INSERT INTO t SELECT i, i, 'm' || i FROM generate_series(1, 100) i;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: t, column: n, type: bigint}
        - alter_column: {table: t, column: m, type: varchar(50)}
      """;

  @Test
  void isToldUnderTheNameThatItAlwaysHad() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE);
      assertNames(journey);
      for (StageName stage : StageName.values()) {
        journey.promote("x", stage);
        assertNames(journey);
      }
    }
  }

  private static void assertNames(Journey journey) {
    assertThat(violated(journey, "UPDATE t SET n = -1 WHERE id = 1")).isEqualTo("zz_check");
    assertThat(violated(journey, "UPDATE t SET m = 'm2' WHERE id = 1")).isEqualTo("once");
    assertThat(violated(journey, "INSERT INTO t VALUES (200, 5, 'm3')")).isEqualTo("once");
  }

  private static String violated(Journey journey, String sql) {
    PSQLException refused = catchThrowableOfType(PSQLException.class, () -> journey.sql(sql));
    return String.valueOf(refused.getServerErrorMessage().getConstraint());
  }
}
