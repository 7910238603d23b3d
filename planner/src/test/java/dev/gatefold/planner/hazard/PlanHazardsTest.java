package dev.gatefold.planner.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.Planner;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hazards the plan of a change has: these and no others. */
final class PlanHazardsTest {

  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    database.execute(
        """
        CREATE TABLE parents (id int PRIMARY KEY, code text UNIQUE, bio text);
        CREATE TABLE profiles (parent int PRIMARY KEY REFERENCES parents);
        CREATE TABLE t (
          id int PRIMARY KEY, parent int REFERENCES parents, other int, n int NOT NULL DEFAULT 0,
          s varchar(5) DEFAULT 'x', w varchar(5), z varchar(5), u int CONSTRAINT u_key UNIQUE, c int CONSTRAINT positive CHECK (c > 0));
        CREATE INDEX t_other ON t (other);
        CREATE INDEX t_s ON t (s, n) WHERE n > 0;
        CREATE TABLE seq (id serial PRIMARY KEY, v int);
        CREATE TABLE sent (id int PRIMARY KEY, v int);
        CREATE PUBLICATION p FOR TABLE sent;
        """);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  /** Every replacement has these. */
  private static final String REPLACED =
      "backfill-writes columnless-insert drop-is-final orm-columns prepared-select-star space-kept ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          rename_column: {table: t, column: n, to: m}                     ! + waits-for-transactions
          rename_column: {table: seq, column: v, to: w}                   ! +
          rename_column: {table: seq, column: id, to: nr}                 ! + volatile-default unique-on-both waits-for-transactions
          rename_column: {table: t, column: u, to: v}                     ! + unique-on-both waits-for-transactions
          rename_column: {table: sent, column: v, to: w}                  ! + published
          rename_column: {table: t, column: parent, to: mother}           ! + locks-other-table
          split_column: {table: t, column: w, into: [{column: x, type: text, up: "left(w, 1)"}, {column: y, type: text, up: "substr(w, 2)"}], down: "x || y"} ! +
          merge_columns: {table: t, columns: [w, z], into: {column: x, type: text, up: "w || z"}, down: {w: "left(x, 1)", z: "substr(x, 2)"}} ! +
          alter_column: {table: t, column: other, type: bigint}           ! + cached-plan waits-for-transactions
          alter_column: {table: seq, column: v, type: json, up: "to_json(v)", down: "(v #>> '{}')::int", same_meaning: true, volatile: accepted} ! + cached-plan json-not-comparable
          alter_column: {table: t, column: w, type: varchar(9)}           ! cached-plan
          alter_column: {table: t, column: n, nullable: true}             ! null-appears
          alter_column: {table: t, column: s, default: "'y'"}             ! default-changed
          move_columns: {table: parents, to: profiles, columns: [bio], where: {id: parent}} ! columnless-insert prepared-select-star drop-is-final orm-columns space-kept backfill-writes tables-in-step
          add_column: {table: t, column: k, type: int}                    ! columnless-insert prepared-select-star
          add_column: {table: t, column: k, type: json, default: "'{}'"}  ! columnless-insert prepared-select-star json-not-comparable
          add_column: {table: t, column: k, type: uuid, nullable: false, default: gen_random_uuid()} ! columnless-insert prepared-select-star backfill-writes
          add_column: {table: t, column: k, type: int, up: n + 1}         ! columnless-insert prepared-select-star backfill-writes
          add_column: {table: sent, column: k, type: int}                 ! columnless-insert prepared-select-star published
          drop_column: {table: t, column: w}                              ! columnless-insert prepared-select-star drop-is-final orm-columns space-kept
          drop_column: {table: t, column: s}                              ! columnless-insert prepared-select-star drop-is-final orm-columns space-kept goes-along index-dropped waits-for-transactions
          drop_column: {table: t, column: parent}                         ! columnless-insert prepared-select-star drop-is-final orm-columns space-kept locks-other-table rule-gone
          create_table: {table: fresh, columns: [{name: id, type: int}], primary_key: [id]} ! none
          add_constraint: {table: t, name: k, foreign_key: {columns: [c], references: parents}} ! foreign-key-unindexed writes-refused
          add_constraint: {table: t, name: k, foreign_key: {columns: [other], references: parents}} ! writes-refused
          add_constraint: {table: t, name: k, check: "n > 0"}             ! writes-refused
          add_constraint: {table: t, name: k, unique: [other]} ! writes-refused waits-for-transactions
          drop_constraint: {table: t, name: positive}               ! rule-gone
          drop_constraint: {table: t, name: u_key}                  ! rule-gone upsert-loses-index
          drop_constraint: {table: t, name: t_parent_fkey}          ! rule-gone locks-other-table
          rename_constraint: {table: t, name: positive, to: above_zero} ! constraint-renamed
          create_index: {table: t, name: i, columns: [c]}                 ! waits-for-transactions
          drop_index: {table: t, name: t_other}                          ! index-dropped waits-for-transactions
          """)
  void ofAChange(String operation, String codes) throws Exception {
    String all = codes.startsWith("+") ? REPLACED + codes.substring(1) : codes;
    assertThat(codes(operation))
        .isEqualTo(
            new TreeSet<>(all.strip().equals("none") ? Set.of() : Set.of(all.strip().split(" +"))));
  }

  @Test
  void ofATableThatIsCopied() throws Exception {
    String change = "rebuild_table: {table: seq, primary_key: %s}\nsync: cdc";
    assertThat(codes(change.formatted("[id, v]")))
        .containsExactlyInAnyOrder("less-unique", "log-kept", "drop-is-final", "backfill-writes");
    assertThat(codes(change.formatted("[id]"))).doesNotContain("less-unique");
  }

  private static Set<String> codes(String operation) throws Exception {
    return hazards(operation).stream()
        .map(Hazard::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Hazard> hazards(String operation) throws Exception {
    Change change = ChangeFile.read("x", "change: x\noperations:\n  - " + operation);
    try (Connection connection = database.connect()) {
      return new Planner(new PostgresDialect())
          .plan(new CatalogReader(connection).read(change), change)
          .match(
              Plan::hazards,
              refusal -> {
                throw new AssertionError(refusal.reasons());
              });
    }
  }
}
