package dev.gatefold.planner.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of SQL that a user wrote: of the dangerous kind this, of the harmless nothing. */
final class OwnSqlTest {

  private static final TableName T = TableName.parse("t");

  private static Schema schema;

  @BeforeAll
  static void read() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute(
          """
          CREATE TABLE t (id int PRIMARY KEY, a int, b text NOT NULL,
            g int GENERATED ALWAYS AS (a + 1) STORED, d int, CONSTRAINT b_key UNIQUE (b));
          CREATE INDEX t_a ON t (a);
          CREATE INDEX t_ad ON t (d, id);
          """);
      try (Connection connection = database.connect()) {
        schema =
            new CatalogReader(connection)
                .read(
                    ChangeFile.read(
                        "x",
                        "{change: x, operations: [{rename_column: {table: t, column: a, to: z}}]}"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          ALTER TABLE t ADD c int                                        ! columnless-insert prepared-select-star
          ALTER TABLE t ADD COLUMN c timestamptz NOT NULL DEFAULT now()  ! columnless-insert prepared-select-star
          ALTER TABLE t ADD c uuid DEFAULT gen_random_uuid()             ! columnless-insert prepared-select-star rewrite-under-lock
          ALTER TABLE public."t" ADD c bigserial                         ! columnless-insert prepared-select-star rewrite-under-lock
          ALTER TABLE t ADD c int GENERATED ALWAYS AS IDENTITY           ! columnless-insert prepared-select-star rewrite-under-lock
          ALTER TABLE t ADD c int GENERATED ALWAYS AS (a) STORED         ! columnless-insert prepared-select-star rewrite-under-lock
          ALTER TABLE t ADD c int GENERATED ALWAYS AS (a) VIRTUAL        ! columnless-insert prepared-select-star
          ALTER TABLE t ADD c int CHECK (c > 0)                          ! columnless-insert prepared-select-star scan-under-lock
          ALTER TABLE t ADD c int UNIQUE                                 ! columnless-insert prepared-select-star index-under-lock
          ALTER TABLE t ADD c json                                       ! columnless-insert prepared-select-star json-not-comparable
          ALTER TABLE t ADD c jsonb                                      ! columnless-insert prepared-select-star
          ALTER TABLE t ALTER a TYPE bigint                              ! cached-plan rewrite-under-lock
          ALTER TABLE t ALTER COLUMN b SET DATA TYPE varchar(3)          ! cached-plan rewrite-under-lock
          ALTER TABLE t ALTER a SET NOT NULL                             ! scan-under-lock writes-refused
          ALTER TABLE t ALTER b DROP NOT NULL                            ! null-appears
          ALTER TABLE t ALTER a SET DEFAULT 7                            ! default-changed
          ALTER TABLE t ALTER a SET STATISTICS 7                         !
          ALTER TABLE t ADD CHECK (a > 0)                                ! scan-under-lock writes-refused
          ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID         ! writes-refused
          ALTER TABLE t VALIDATE CONSTRAINT k                            !
          ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES t                 ! scan-under-lock writes-refused
          ALTER TABLE t ADD FOREIGN KEY (a, b) REFERENCES u NOT VALID    ! foreign-key-unindexed writes-refused
          ALTER TABLE t ADD CONSTRAINT k UNIQUE (a)                      ! index-under-lock writes-refused
          ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i            ! writes-refused
          ALTER TABLE t ADD EXCLUDE USING gist (a WITH =)                ! index-under-lock writes-refused
          ALTER TABLE t DROP CONSTRAINT b_key                            ! rule-gone upsert-loses-index
          ALTER TABLE t DROP a                                           ! columnless-insert drop-is-final generated-dropped orm-columns prepared-select-star space-kept
          ALTER TABLE t DROP COLUMN IF EXISTS a CASCADE                  ! columnless-insert dependents-dropped drop-is-final generated-dropped orm-columns prepared-select-star space-kept
          ALTER TABLE t DROP d                                           ! columnless-insert drop-is-final generated-dropped goes-along orm-columns prepared-select-star space-kept
          ALTER TABLE t RENAME a TO z                                    ! column-renamed
          ALTER TABLE t RENAME COLUMN a TO z                             ! column-renamed
          ALTER TABLE t RENAME TO z                                      ! table-renamed
          ALTER TABLE t SET SCHEMA z                                     ! table-renamed
          ALTER TABLE t RENAME CONSTRAINT b_key TO z                     ! constraint-renamed
          ALTER INDEX public.t_a RENAME TO z                             ! constraint-renamed
          ALTER TABLE t SET UNLOGGED                                     ! rewrite-under-lock
          ALTER TABLE t SET (fillfactor = 70)                            !
          ALTER TABLE t REPLICA IDENTITY FULL                            ! replica-identity-changed
          ALTER TABLE t ENABLE ROW LEVEL SECURITY                        ! row-security-changed
          CREATE POLICY p ON t USING (true)                              ! row-security-changed
          ALTER TABLE t ATTACH PARTITION z FOR VALUES FROM (1) TO (2)    ! partition-under-lock scan-under-lock
          ALTER TABLE t DETACH PARTITION z                               ! partition-under-lock
          ALTER TABLE t DETACH PARTITION z CONCURRENTLY                  ! waits-for-transactions
          CREATE TABLE z PARTITION OF t FOR VALUES IN (1)                ! partition-under-lock
          CREATE TABLE z (id int PRIMARY KEY, a int NOT NULL CHECK (a > 0) REFERENCES t) !
          CREATE INDEX ON t (a)                                          ! index-under-lock
          CREATE UNIQUE INDEX i ON t (a)                                 ! index-under-lock writes-refused
          CREATE INDEX CONCURRENTLY i ON t (a)                           ! waits-for-transactions
          CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)             ! if-not-exists waits-for-transactions
          REINDEX TABLE t                                                ! index-under-lock
          REINDEX (VERBOSE) TABLE CONCURRENTLY t                         ! waits-for-transactions
          DROP INDEX t_a                                                 ! index-dropped
          DROP INDEX public."t_a"                                        ! index-dropped
          VACUUM (FULL) t                                                ! rewrite-under-lock
          VACUUM t                                                       !
          CLUSTER t USING t_a                                            ! rewrite-under-lock
          REFRESH MATERIALIZED VIEW m                                    ! rewrite-under-lock
          REFRESH MATERIALIZED VIEW CONCURRENTLY m                       !
          TRUNCATE t                                                     ! data-deleted
          DROP TABLE z                                                   ! data-deleted drop-is-final
          DROP VIEW z CASCADE                                            ! dependents-dropped
          DELETE FROM t                                                  ! data-deleted rows-in-one-transaction
          DELETE FROM t WHERE a = 1                                      ! rows-in-one-transaction
          UPDATE t SET a = 1                                             ! rows-in-one-transaction
          INSERT INTO t (id, b) VALUES (1, 'UPDATE t SET a = 1')         !
          INSERT INTO t (id) SELECT id FROM z                            ! rows-in-one-transaction
          ALTER TYPE mood ADD VALUE 'so-so' BEFORE 'sad'                 ! enum-value-added
          ALTER TYPE mood RENAME VALUE 'so-so' TO 'meh'                  ! enum-value-renamed
          ALTER DOMAIN d ADD CHECK (VALUE > 0)                           ! scan-under-lock
          ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID    !
          CREATE VIEW abcdefghi_abcdefghi_abcdefghi_abcdefghi_abcdefghi_abcdefghi_abcd AS SELECT 1 ! name-too-long
          CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'TRUNCATE t; SELECT 1' !
          GRANT SELECT ON t TO PUBLIC -- DROP TABLE t                    !
          REVOKE SELECT ON t FROM PUBLIC                                 ! right-taken
          ALTER TABLE t ALTER CONSTRAINT k ENFORCED                      ! scan-under-lock
          LOCK TABLE t; UPDATE t SET a = 2 WHERE id = 1                  ! locks-held-together rows-in-one-transaction
          ALTER TABLE t ALTER a SET STATISTICS 5; ALTER TABLE t ALTER b SET STATISTICS 5 ! locks-held-together
          SELECT 1; SELECT 2                                             !
          (((                                                            !
          """)
  void isToldWhereItIsDangerous(String sql, String codes) {
    Set<String> expected = new TreeSet<>(codes == null ? Set.of() : Set.of(codes.split(" ")));
    if (schema.server().version() >= 15) {
      expected.remove("generated-dropped");
    }
    expected.add("unproven-sql");
    assertThat(codes(sql, true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "ALTER TABLE t ,; ALTER TABLE t ,",
        "ALTER TABLE t ADD; ALTER TABLE t DROP",
        "ALTER TABLE a.b.c.d ADD FOREIGN KEY (a) REFERENCES t, DROP COLUMN",
        "ALTER TABLE t ADD FOREIGN KEY () REFERENCES t",
        "ALTER TABLE \"\" DROP CONSTRAINT \"\", RENAME CONSTRAINT \"\" TO \"\"",
        "DROP INDEX",
        "CREATE INDEX ON (",
        "ALTER TABLE t REPLICA IDENTITY",
        "\"",
        "'",
        "$$",
        "/*"
      })
  void whatIsNoSqlIsTakenAsItIs(String sql) {
    assertThat(codes(sql, true)).isNotNull();
    assertThat(codes(sql.replace("t", "\"" + "x\"\"".repeat(20_000) + "\""), true)).isNotNull();
    assertThat(codes("(".repeat(50_000) + sql, true)).isNotNull();
  }

  @Test
  void ofOurOwnStepsNothingIsSaidThatTheyTakeCareOf() {
    for (String sql :
        List.of(
            "ALTER TABLE t ALTER a SET NOT NULL",
            "CREATE INDEX ON t (a)",
            "ALTER TABLE t RENAME a TO z",
            "UPDATE t SET a = 1")) {
      assertThat(codes(sql, false)).isSubsetOf("writes-refused");
    }
  }

  private static Set<String> codes(String sql, boolean unproven) {
    Step step =
        new Step.BriefDdl(
            "x",
            "sql",
            List.of(sql),
            LockMode.ACCESS_EXCLUSIVE,
            List.of(T),
            List.of(),
            Optional.empty(),
            new Undo.Nothing());
    Scene scene =
        new Scene(
            schema,
            Set.of(T),
            List.of(),
            List.of(Scene.Work.of(StageName.EXPAND, unproven, List.of(step))),
            List.of(),
            List.of(new Stage(StageName.EXPAND, List.of(step))));
    return Hazards.of(scene).stream()
        .map(Hazard::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
