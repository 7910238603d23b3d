package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.plan.StageName;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publications go on sending the columns that they name, and the same rows. */
class PublicationTest {

  private static final String TABLES =
      """
      CREATE TABLE %1$s.t (id int PRIMARY KEY, a int NOT NULL, b text, "C c" text, d int);
      CREATE TABLE %1$s.u (id int PRIMARY KEY);
      CREATE PUBLICATION %1$s_list FOR TABLE %1$s.t (id, a, b), %1$s.u;
      CREATE PUBLICATION %1$s_filter FOR TABLE %1$s.t WHERE (a > 5 AND "C c" <> 'a > 5')
        WITH (publish = 'insert');
      CREATE PUBLICATION %1$s_both FOR TABLE %1$s.t (id, a) WHERE (id > 0), %1$s.u;
      CREATE PUBLICATION %1$s_neither FOR TABLE %1$s.t (id, b) WHERE (id > 0);
      CREATE PUBLICATION %1$s_whole FOR TABLE %1$s.t;
      COMMENT ON PUBLICATION %1$s_list IS 'for the warehouse';
      INSERT INTO %1$s.t SELECT i, i, 'b' || i, 'c' FROM generate_series(1, 100) i;
      """;

  @BeforeEach
  void publicationsHaveListsFrom15On() throws Exception {
    try (Journey journey = Journey.on("SELECT 1")) {
      Assumptions.assumeTrue(
          journey
              .rows("SELECT current_setting('server_version_num')::int >= 150000")
              .equals(List.of("t")),
          "needs PostgreSQL 15");
    }
  }

  @Test
  void listsAndFiltersComeAlong() throws Exception {
    new Carrying(
            TABLES,
            """
              - alter_column: {table: t, column: a, type: bigint}
              - rename_column: {table: t, column: '"C c"', to: '"D ""d"'}
            """,
            """
            ALTER TABLE twin.t RENAME "C c" TO "D ""d";
            ALTER PUBLICATION twin_list DROP TABLE twin.t;
            ALTER PUBLICATION twin_filter DROP TABLE twin.t;
            ALTER PUBLICATION twin_both DROP TABLE twin.t;
            ALTER TABLE twin.t ALTER a TYPE bigint;
            ALTER PUBLICATION twin_list ADD TABLE twin.t (id, a, b);
            ALTER PUBLICATION twin_filter ADD TABLE twin.t WHERE (a > 5 AND "D ""d" <> 'a > 5');
            ALTER PUBLICATION twin_both ADD TABLE twin.t (id, a) WHERE (id > 0);
            """)
        .holds();
  }

  @Test
  void anotherSendersPublicationIsRefused() throws Exception {
    try (Journey journey =
        Journey.asOwner("publishing_owner", "CREATE TABLE t (id int PRIMARY KEY, a int, b int)")) {
      journey.database().asSuperuser("CREATE PUBLICATION theirs FOR TABLE t (id, a)");
      assertThat(journey.submit(rename("a")).toString())
          .contains("not-owner")
          .contains("publication theirs");
      journey.submitted(rename("b")).promoted("c", StageName.DROP);
    }
  }

  @Test
  void oneThatCameMeanwhileIsNotLost() throws Exception {
    try (Journey journey = Journey.on("CREATE TABLE t (id int PRIMARY KEY, a int)")) {
      journey.submitted(rename("a")).promoted("c", StageName.BACKFILL);
      assertThat(
              journey
                  .promoteWith(
                      "c",
                      StageName.RETIRE,
                      "retire.swap.public.t",
                      () -> journey.sql("CREATE PUBLICATION late FOR TABLE t (id, a)"))
                  .toString())
          .contains("publication of the old column was added");
    }
  }

  @Test
  void aRowFilterThatDoesNotFitIsRefused() throws Exception {
    String tables =
        """
        CREATE TYPE mood AS ENUM ('5', '6');
        CREATE TABLE t (id int PRIMARY KEY, a text);
        CREATE PUBLICATION f FOR TABLE t WHERE (a > '5') WITH (publish = 'insert');
        """;
    assertThat(
            Carrying.refusals(
                tables, "  - alter_column: {table: t, column: a, type: mood, down: \"a::text\"}"))
        .anyMatch(reason -> reason.contains("row filter"));
    assertThat(
            Carrying.refusals(
                tables, "  - alter_column: {table: t, column: a, type: int, down: \"a::text\"}"))
        .anyMatch(reason -> reason.startsWith("does-not-fit: publication f"));
  }

  private static String rename(String column) {
    return "change: c\noperations:\n  - rename_column: {table: t, column: %s, to: z}"
        .formatted(column);
  }
}
