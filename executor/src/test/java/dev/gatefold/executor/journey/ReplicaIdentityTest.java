package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The index by which subscribers know rows follows the column. */
class ReplicaIdentityTest {

  private static final String TABLES =
      """
      CREATE TABLE %1$s.t (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, c text);
      CREATE UNIQUE INDEX identity ON %1$s.t (a, b);
      ALTER TABLE %1$s.t REPLICA IDENTITY USING INDEX identity;
      INSERT INTO %1$s.t SELECT i, i, i FROM generate_series(1, 100) i;
      """;

  @Test
  void anIndexAsIdentityComesAlong() throws Exception {
    new Carrying(
            TABLES,
            "  - alter_column: {table: t, column: a, to: z, type: bigint}",
            "ALTER TABLE twin.t RENAME a TO z; ALTER TABLE twin.t ALTER z TYPE bigint")
        .holds();
  }

  @Test
  void soDoesAConstraintThatIsClusteredToo() throws Exception {
    new Carrying(
            """
            CREATE TABLE %1$s.t (id int PRIMARY KEY, a int NOT NULL CONSTRAINT one UNIQUE, b int);
            ALTER TABLE %1$s.t REPLICA IDENTITY USING INDEX one;
            ALTER TABLE %1$s.t CLUSTER ON one;
            """,
            "  - rename_column: {table: t, column: a, to: z}", "ALTER TABLE twin.t RENAME a TO z")
        .holds();
  }

  @Test
  void anIdentityTakesNoNull() throws Exception {
    assertThat(
            Carrying.refusals(
                TABLES, "  - alter_column: {table: t, column: a, to: z, nullable: true}"))
        .anyMatch(reason -> reason.contains("is the replica identity"));
  }
}
