package dev.gatefold.executor.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.trial.Finding.Kind;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.BriefDdl;
import dev.gatefold.planner.plan.Undo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The trial sees all stages, and sees what is wrong with a plan that declares something else. */
class TrialTest {

  private static final String TABLES =
      """
      CREATE TABLE customers (id int PRIMARY KEY, code text UNIQUE);
      INSERT INTO customers SELECT i, 'c' || i FROM generate_series(1, 100) i;
      CREATE TABLE orders (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        total integer NOT NULL DEFAULT 0 CONSTRAINT total_positive CHECK (total >= 0),
        customer text REFERENCES customers (code) ON DELETE SET NULL DEFERRABLE,
        email varchar(80) CONSTRAINT email_key UNIQUE,
        note text);
      CREATE INDEX orders_total ON orders (total DESC, note) INCLUDE (customer) WHERE total > 10;
      CREATE UNIQUE INDEX orders_mail ON orders (lower(email), total);
      COMMENT ON COLUMN orders.total IS 'in cents; it''s exact';
      GRANT SELECT (total, email), UPDATE (customer) ON orders TO pg_monitor;
      INSERT INTO orders (total, customer, email)
      SELECT i, 'c' || (i % 100 + 1), 'm' || i FROM generate_series(1, 1000) i;
      """;

  @Test
  void aChangeGoesThereAndBackAndThereAgain() throws Exception {
    Proof.holds(
        TABLES,
        """
        change: orders-shape
        operations:
          - alter_column: {table: orders, column: total, type: bigint}
          - rename_column: {table: orders, column: customer, to: buyer}
          - rename_column: {table: orders, column: email, to: mail}
        """,
        """
        ALTER TABLE orders ALTER COLUMN total TYPE bigint;
        ALTER TABLE orders RENAME COLUMN customer TO buyer;
        ALTER TABLE orders RENAME COLUMN email TO mail;
        """);
  }

  @Test
  void applicationsOfBothVersionsWriteAllTheWhile() throws Exception {
    Report report =
        Proof.of(
            TABLES,
            """
            change: orders-shape
            operations:
              - alter_column: {table: orders, column: total, type: bigint}
              - rename_column: {table: orders, column: customer, to: buyer}
              - rename_column: {table: orders, column: email, to: mail}
            """,
            new SampleWriter());

    assertThat(report.findings()).isEmpty();
    assertThat(report.writes().total()).isGreaterThan(100);
  }

  @Test
  void aWriteThatFailsIsFound() throws Exception {
    Report report =
        Proof.of(
            TABLES,
            """
            change: orders-buyer
            operations:
              - rename_column: {table: orders, column: customer, to: buyer}
            """,
            // An application that was forgotten: its version should be gone by then.
            (connection, version, state) ->
                Query.of("UPDATE orders SET customer = NULL WHERE id = 1").update(connection));

    assertThat(report.findings(Kind.CLIENTS)).isNotEmpty();
    assertThat(report.findings(Kind.CLIENTS).get(0).message())
        .contains("a write of the new version failed", "customer");
    assertThat(report.findings()).hasSameSizeAs(report.findings(Kind.CLIENTS));
  }

  @Test
  void aWrongDeclarationIsFound() throws Exception {
    Report report =
        Proof.of(
            TABLES,
            """
            change: orders-buyer
            operations:
              - rename_column: {table: orders, column: customer, to: buyer}
            """);

    assertThat(report.findings()).isEmpty();
    assertThat(weakened(report, "expand.columns.public.orders", LockMode.SHARE_ROW_EXCLUSIVE))
        .containsExactly(
            "it takes ACCESS EXCLUSIVE on public.orders, but declares SHARE ROW EXCLUSIVE");
    assertThat(
            weakened(report, "backfill.index.public.orders.orders_total", LockMode.ROW_EXCLUSIVE))
        .containsExactly(
            "it takes SHARE UPDATE EXCLUSIVE on public.orders, but declares ROW EXCLUSIVE");
    assertThat(weakened(report, "backfill.both.public.orders", LockMode.ACCESS_EXCLUSIVE))
        .containsExactly(
            "it declares ACCESS EXCLUSIVE on public.orders, but takes SHARE ROW EXCLUSIVE");
    assertThat(elsewhere(report, "backfill.analyze.public.orders"))
        .containsExactly(
            "it takes SHARE UPDATE EXCLUSIVE on public.orders, which its plan does not name");
    assertThat(
            weakened(
                report, "backfill.index.public.orders.orders_total", LockMode.ACCESS_EXCLUSIVE))
        .contains("it reads all of public.orders while writers wait");
  }

  private static List<String> weakened(Report report, String step, LockMode lock) {
    return found(report, step, lock, List.of(TableName.parse("orders")));
  }

  private static List<String> elsewhere(Report report, String step) {
    return found(report, step, LockMode.SHARE_UPDATE_EXCLUSIVE, List.of());
  }

  private static List<String> found(
      Report report, String id, LockMode lock, List<TableName> tables) {
    StepReport seen =
        report.steps().stream().filter(it -> it.step().id().equals(id)).findFirst().orElseThrow();
    Step other =
        new BriefDdl(
            id, "other", List.of(), lock, tables, List.of(), Optional.empty(), new Undo.Nothing());
    return LockComparison.of(new StepReport(seen.leg(), other, seen.sight())).stream()
        .map(Finding::message)
        .toList();
  }
}
